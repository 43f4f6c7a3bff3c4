using OpenTelemetry;
using OpenTelemetry.Logs;
using OsstOrleans.Silo.Cluster.Logs;

namespace OsstOrleans.Gateway.Telemetry;

/// <summary>
/// Lets our own lines out as they are, because they are written without personal data, and Orleans' as its loggers left
/// them: without keys of grains. Of others' lines (the web server quotes requests and faults) only their names leave,
/// and of a fault only its type.
/// </summary>
internal sealed class LogScrubber : BaseProcessor<LogRecord>
{
    /// <summary>The category of the program's own lines; those of its parts have the names of their types.</summary>
    public const string OwnCategory = "osst";

    private const string OwnTypes = "OsstOrleans.";

    public override void OnEnd(LogRecord data)
    {
        var type = data.Exception is KeylessFault fault ? fault.OfType : data.Exception?.GetType().FullName;
        if (data.CategoryName?.StartsWith("Orleans.", StringComparison.Ordinal) == true)
        {
            return;
        }
        data.Exception = null;
        if (data.CategoryName == OwnCategory
            || data.CategoryName?.StartsWith(OwnTypes, StringComparison.Ordinal) == true)
        {
            return;
        }
        data.FormattedMessage = null;
        data.Body = data.EventId.Name ?? "an event without a name";
        data.Attributes = type is null ? null : [KeyValuePair.Create<string, object?>("exception.type", type)];
    }
}
