using System.Buffers.Binary;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Verification;

/// <summary>
/// The anchors of chains whose first lines have ended. Who has the key could end a chain too early and leave one: its
/// own time, and that in its writer's name, which was given when the chain began, must be old enough.
/// </summary>
/// <param name="seals">Of this log's rows.</param>
/// <param name="now">The time.</param>
/// <param name="differences">Takes what is found.</param>
internal sealed class AnchorCheck(RowSeals seals, DateTimeOffset now, List<string> differences)
{
    private readonly List<LogAnchor> _anchors = [];

    /// <summary>Takes an anchor; any other note is none.</summary>
    public void Add(in StoredNote note)
    {
        if (note.Row.Shelf != LogAnchor.Shelf)
        {
            return;
        }
        var anchor = LogAnchor.Of(note.Row);
        _anchors.Add(anchor);
        if (!note.Seal.Span.SequenceEqual(seals.Of(note.Row)))
        {
            differences.Add($"{anchor.Log} log: the anchor of {anchor.Writer:N} differs from its seal");
        }
        var oldest = now.AddYears(-LogEnds.Years);
        if (anchor.At > oldest || BeganAt(anchor.Writer) > oldest)
        {
            differences.Add(
                $"{anchor.Log} log: lines of {anchor.Writer:N} were ended before {LogEnds.Years} years had passed");
        }
    }

    /// <summary>Those of one log.</summary>
    public IEnumerable<LogAnchor> Of(string log) => _anchors.Where(anchor => anchor.Log == log);

    /// <summary>A writer's name begins with the milliseconds since 1970.</summary>
    private static DateTimeOffset BeganAt(Guid writer) => DateTimeOffset.FromUnixTimeMilliseconds(
        (long)(BinaryPrimitives.ReadUInt64BigEndian(writer.ToByteArray(bigEndian: true)) >> 16));
}
