using System.Globalization;
using System.Text;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Storage;

/// <summary>
/// What is left of lines that ended: where the rest of their chain goes on from. It is a note, so it has a seal of its
/// own, and moves with the log.
/// </summary>
/// <param name="Log">One of <see cref="LogChain.Logs"/>.</param>
/// <param name="Writer">Whose chain.</param>
/// <param name="Number">The last line that ended; all before it did, too.</param>
/// <param name="Seal">That line's seal.</param>
/// <param name="At">That line's time.</param>
internal sealed record LogAnchor(string Log, Guid Writer, long Number, ReadOnlyMemory<byte> Seal, DateTimeOffset At)
{
    public const string Shelf = "log-anchors";

    public NoteRow ToRow() => new(Shelf, $"{Log} {Writer:N}", Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{Number} {Convert.ToHexStringLower(Seal.Span)} {At.ToUnixTimeMilliseconds()}")));

    /// <exception cref="StoreFault">The row is damaged.</exception>
    public static LogAnchor Of(in NoteRow row) =>
        row.Key.Split(' ') is [var log, var writer] && Guid.TryParseExact(writer, "N", out var id)
        && Encoding.ASCII.GetString(row.Value.Span).Split(' ') is [var number, var seal, var at]
        && seal.Length % 2 == 0 && seal.All(char.IsAsciiHexDigitLower)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            ? new LogAnchor(log, id, last, Convert.FromHexString(seal), DateTimeOffset.FromUnixTimeMilliseconds(ms))
            : throw new StoreFault("An anchor of the logs about clients is damaged.");
}

/// <summary>Ends lines of the logs about clients when their time is over.</summary>
internal interface ILogEnds
{
    /// <summary>
    /// Deletes the first lines of a log, up to the first that is not older than an instant, and leaves an anchor of
    /// each chain that loses some; all or nothing.
    /// </summary>
    /// <param name="log">One of <see cref="LogChain.Logs"/>.</param>
    /// <param name="before">Only lines of before it.</param>
    /// <param name="max">About so many at most.</param>
    /// <returns>How many ended; 0 when none is left to end.</returns>
    ValueTask<long> EndLines(string log, DateTimeOffset before, int max);
}
