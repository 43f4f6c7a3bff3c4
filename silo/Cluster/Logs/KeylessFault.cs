using System.Text;

namespace OsstOrleans.Silo.Cluster.Logs;

/// <summary>
/// An exception as a log may have it: its type and where it came from, and the same of those inside it. Messages name
/// grains, and may quote personal text.
/// </summary>
public sealed class KeylessFault : Exception
{
    private readonly string _words;

    internal KeylessFault(Exception fault)
        : base(fault.GetType().FullName) =>
        (OfType, StackTrace, _words) = (fault.GetType().FullName!, fault.StackTrace, Words(fault));

    /// <summary>The type of the exception that it stands for.</summary>
    public string OfType { get; }

    /// <inheritdoc/>
    public override string? StackTrace { get; }

    /// <inheritdoc/>
    public override string ToString() => _words;

    private static string Words(Exception fault)
    {
        var words = new StringBuilder();
        for (var (inner, before) = ((Exception?)fault, ""); inner is not null; inner = inner.InnerException)
        {
            words.Append(before).AppendLine(inner.GetType().FullName).AppendLine(inner.StackTrace);
            before = "---> ";
        }
        return words.ToString().TrimEnd();
    }
}
