namespace OsstOrleans.Gateway.Import;

/// <summary>
/// Where records of a file end, so that a part of it can be read by itself: by the rules of <see cref="CsvLines"/> and
/// <see cref="NdjsonLines"/>. A quoted cell of CSV may hold line breaks.
/// </summary>
/// <param name="isCsv">Whether quotes mean anything.</param>
/// <param name="separators">What stands between cells of CSV.</param>
/// <param name="isLast">The file ends with these bytes.</param>
internal readonly struct RecordCut(bool isCsv, string separators, bool isLast)
{
    /// <summary>Whole records at the beginning of some bytes.</summary>
    /// <param name="bytes">They begin with a record.</param>
    /// <param name="most">Not more records than these; empty ones count.</param>
    /// <returns>How many bytes, with their line ends, and how many line ends are among them.</returns>
    public (int Bytes, long Lines) Of(ReadOnlySpan<byte> bytes, int most)
    {
        var (cut, cutLines, lines, records) = (0, 0L, 0L, 0);
        var (isQuoted, isAtStart) = (false, true);
        for (var i = 0; i < bytes.Length && records < most; i++)
        {
            var ends = EndsAt(bytes, i);
            lines += ends ? 1 : 0;
            if (isQuoted)
            {
                // A doubled quote closes and opens again.
                isQuoted = bytes[i] != (byte)'"';
                isAtStart = !isQuoted;
            }
            else if (ends)
            {
                (cut, cutLines, records, isAtStart) = (i + 1, lines, records + 1, true);
            }
            else
            {
                isQuoted = isCsv && isAtStart && bytes[i] == (byte)'"';
                isAtStart = separators.Contains((char)bytes[i], StringComparison.Ordinal);
            }
        }
        return isLast && records < most ? (bytes.Length, lines) : (cut, cutLines);
    }

    /// <summary>A line feed; in CSV a carriage return alone, too.</summary>
    private bool EndsAt(ReadOnlySpan<byte> bytes, int at) => bytes[at] switch
    {
        (byte)'\n' => true,
        (byte)'\r' when isCsv => at + 1 < bytes.Length ? bytes[at + 1] != (byte)'\n' : isLast,
        _ => false,
    };
}
