using System.Text;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Import;

/// <summary>
/// Reads a file in parts, each by itself and as <c>osst import</c> reads the whole: nothing of it is kept in between.
/// </summary>
internal static class FileParts
{
    private const string Separators = ",;\t|";

    /// <summary>By this first line spreadsheets say what stands between cells.</summary>
    private const string Hint = "sep=";

    /// <summary>UTF-16 shows itself by then.</summary>
    private const int LookBytes = 256;

    /// <summary>What pages say about files of each kind.</summary>
    public static IReadOnlyList<ImportForm> Forms { get; } =
    [
        .. ImportKinds.All.Select(kind => new ImportForm(
            ImportKinds.NameOf(kind), kind.ToString(), ImportKinds.NamesClients(kind),
            [.. LineJson.FieldsOf(kind).Keys], ImportKinds.NeededBy(kind))),
    ];

    /// <summary>The first line of a CSV file, with empty ones before it and a hint: its bytes and line ends.</summary>
    public static (int Bytes, long Lines) HeadOf(ReadOnlySpan<byte> start, bool isLast)
    {
        var cut = new RecordCut(isCsv: true, Separators, isLast);
        var (length, lines) = (0, 0L);
        while (length < start.Length && cut.Of(start[length..], most: 1) is { Bytes: > 0 } next)
        {
            var line = Encoding.UTF8.GetString(start.Slice(length, next.Bytes)).Trim('\ufeff', ' ', '\r', '\n');
            (length, lines) = (length + next.Bytes, lines + next.Lines);
            if (line.Length > 0 && !line.StartsWith(Hint, StringComparison.Ordinal))
            {
                break;
            }
        }
        return (length, lines);
    }

    /// <summary>Reads as many whole records of a part as are asked for.</summary>
    public static async ValueTask<ReadPart> Read(FilePart part)
    {
        if (IsOtherText(part))
        {
            return new ReadPart(0, part.Lines, []) { Fault = new FileFault(FileRefusal.OtherText, 1) };
        }
        var (head, separator) = HeadAndSeparator(part.Head);
        var cut = new RecordCut(part.IsCsv, separator.ToString(), part.IsLast);
        var (length, lines) = cut.Of(part.Bytes.Span, part.Most);
        var records = new List<ReadLine>();
        if (length == 0 && part.Bytes.Length > 0)
        {
            return new ReadPart(0, part.Lines, []) { Fault = new FileFault(FileRefusal.LineEndless, part.Lines + 1) };
        }
        var headLines = cut.Of(head, int.MaxValue).Lines;
        try
        {
            var whole = new MemoryStream([.. head, .. part.Bytes[..length].Span]);
            await foreach (var line in Lines(part, whole, separator))
            {
                records.Add(Told(line, part, headLines));
            }
        }
        catch (FileRefusal why)
        {
            var isOfColumns = why.Code is FileRefusal.ColumnUnknown or FileRefusal.ColumnsUnnamed;
            return new ReadPart(length, part.Lines + lines, records)
            {
                Fault = new FileFault(why.Code, isOfColumns ? why.At : why.At - headLines + part.Lines),
            };
        }
        return new ReadPart(length, part.Lines + lines, records);
    }

    private static async IAsyncEnumerable<SourceLine> Lines(FilePart part, MemoryStream whole, char separator)
    {
        var kind = ImportKinds.Find(part.Kind)!.Value;
        if (!part.IsCsv)
        {
            await foreach (var line in NdjsonLines.Read(kind, whole, skip: 0))
            {
                yield return line;
            }
            yield break;
        }
        using var csv = new CsvLines(kind, whole, separator);
        foreach (var line in csv.Read(skip: 0))
        {
            yield return line;
        }
    }

    /// <summary>A line by its place in the whole file.</summary>
    private static ReadLine Told(SourceLine line, FilePart part, long headLines)
    {
        var read = part.Day is { } day && line.Line is { OccurredOn: null } undated ? undated.On(day) : line.Line;
        var told = new ReadLine(part.Records + line.Ordinal, line.Number - headLines + part.Lines);
        return (line.Problem ?? read?.Missing()) is { } why
            ? told with { Code = why.Code, Field = why.Field }
            : told with { Json = LineJson.Write(read!) };
    }

    /// <summary>
    /// The names of columns have none of these signs, so the most frequent one in the first line stands between cells,
    /// in every part of the file.
    /// </summary>
    private static (byte[] Head, char Separator) HeadAndSeparator(ReadOnlyMemory<byte> head)
    {
        var text = Encoding.UTF8.GetString(head.Span).TrimStart('\ufeff', ' ', '\r', '\n');
        if (text.StartsWith(Hint, StringComparison.Ordinal) && text.Length > Hint.Length)
        {
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            return (Encoding.UTF8.GetBytes(end < 0 ? "" : text[(end + 1)..]), text[Hint.Length]);
        }
        return (head.ToArray(), Separators.MaxBy(sign => text.Count(one => one == sign)));
    }

    private static bool IsOtherText(FilePart part)
    {
        var start = part.Head.IsEmpty ? part.Bytes.Span : part.Head.Span;
        return start[..Math.Min(start.Length, LookBytes)].Contains((byte)0);
    }
}
