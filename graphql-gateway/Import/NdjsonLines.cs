using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Import;

/// <summary>
/// Lines of JSON objects (NDJSON), UTF-8 with or without a byte order mark. One line is in memory at a time; a line
/// that is longer than allowed is passed over and reported.
/// </summary>
internal static class NdjsonLines
{
    private static readonly byte[] Mark = Encoding.UTF8.Preamble.ToArray();

    /// <param name="kind">What the lines are.</param>
    /// <param name="file">The file's bytes.</param>
    /// <param name="skip">So many lines are passed over unread.</param>
    public static async IAsyncEnumerable<SourceLine> Read(ImportKind kind, Stream file, long skip)
    {
        var reader = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 1 << 20, leaveOpen: true));
        var (ordinal, number, isCut) = (0L, 0L, false);
        while (true)
        {
            var read = await reader.ReadAsync();
            var rest = read.Buffer;
            while (Next(ref rest, read.IsCompleted) is { } line)
            {
                number++;
                if (isCut)
                {
                    isCut = false;
                    yield return new SourceLine(++ordinal, number, null, TooLong);
                }
                else if (!IsBlank(line, number) && ++ordinal > skip)
                {
                    yield return LineOf(kind, ordinal, number, line);
                }
            }
            if (!read.IsCompleted && rest.Length > SourceLine.MostBytes)
            {
                (isCut, rest) = (true, rest.Slice(rest.End));
            }
            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                if (isCut)
                {
                    yield return new SourceLine(++ordinal, ++number, null, TooLong);
                }
                yield break;
            }
        }
    }

    private static Grains.Rejection TooLong { get; } = SourceLine.Unusable(
        ImportCodes.LineTooLong, $"A line has at most {SourceLine.MostBytes} bytes.");

    /// <summary>The next line without its end; null when it has not come whole.</summary>
    private static byte[]? Next(ref ReadOnlySequence<byte> rest, bool isLast)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            var line = rest.Slice(0, end).ToArray();
            rest = rest.Slice(rest.GetPosition(1, end));
            return line;
        }
        if (!isLast || rest.IsEmpty)
        {
            return null;
        }
        var last = rest.ToArray();
        rest = rest.Slice(rest.End);
        return last;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line, long number) =>
        WithoutMark(line, number).Trim(" \t\r"u8).IsEmpty;

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> line, long number) =>
        number == 1 && line.StartsWith(Mark) ? line[Mark.Length..] : line;

    private static SourceLine LineOf(ImportKind kind, long ordinal, long number, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > SourceLine.MostBytes)
        {
            return new SourceLine(ordinal, number, null, TooLong);
        }
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return new SourceLine(ordinal, number, null, NotUtf8);
        }
        var (line, problem) = LineJson.Read(kind, WithoutMark(bytes, number));
        return new SourceLine(ordinal, number, line, problem);
    }

    /// <summary>Both forms of files say it in the same words.</summary>
    public static Grains.Rejection NotUtf8 { get; } = SourceLine.Unusable(
        ImportCodes.EncodingInvalid, "The line is not in UTF-8; a spreadsheet saves it so as 'CSV UTF-8'.");
}
