using OpenTelemetry;
using OpenTelemetry.Logs;

namespace OsstOrleans.Gateway.Telemetry;

/// <summary>
/// Lets our own lines out as they are, because they are written without personal data. Of others' lines (the web server
/// quotes requests and faults) only their names leave, and of a fault only its type.
/// </summary>
internal sealed class LogScrubber : BaseProcessor<LogRecord>
{
    /// <summary>The category of our own lines: the program's name.</summary>
    public const string OwnCategory = "osst";

    public override void OnEnd(LogRecord data)
    {
        var type = data.Exception?.GetType().FullName;
        data.Exception = null;
        if (data.CategoryName == OwnCategory)
        {
            return;
        }
        data.FormattedMessage = null;
        data.Body = data.EventId.Name ?? "an event without a name";
        data.Attributes = type is null ? null : [KeyValuePair.Create<string, object?>("exception.type", type)];
    }
}
