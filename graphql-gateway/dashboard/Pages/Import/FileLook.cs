using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using OsstOrleans.Dashboard.Desk;

namespace OsstOrleans.Dashboard.Pages.Import;

/// <summary>What the beginning of a file shows of it.</summary>
public sealed class FileLook
{
    /// <summary>So many lines are shown.</summary>
    private const int MostShown = 5;

    /// <summary>A letter has at most four bytes, and the beginning may end within one.</summary>
    private const int MostOfLetter = 3;

    private const string BirthYear = "birthYear";
    private const string IdentityCode = "personalIdentityCode";

    private static readonly string[] s_names = ["externalId", "clientId"];

    private readonly ImportForm _form;

    /// <param name="form">What the file should hold.</param>
    /// <param name="isCsv">Else it is NDJSON.</param>
    /// <param name="head">How many bytes of the start name the columns.</param>
    /// <param name="start">The file's first bytes.</param>
    /// <param name="read">Its first lines.</param>
    public FileLook(ImportForm form, bool isCsv, int head, ReadOnlyMemory<byte> start, ReadPart read)
    {
        (_form, IsCsv, Read) = (form, isCsv, read);
        Encoding = EncodingOf(start.Span);
        Lines = [.. read.Records.Take(MostShown).Select(line => (line, ValuesOf(line)))];
        Columns = isCsv
            ? [.. ColumnsOf(start.Span[..Math.Min(head, start.Length)]).Intersect(form.Fields)]
            : [.. form.Fields.Where(field => read.Records.Any(line => ValuesOf(line).ContainsKey(field)))];
    }

    public bool IsCsv { get; }

    public ReadPart Read { get; }

    /// <summary>A word of the texts, <c>encoding.UTF8</c> and others.</summary>
    public string Encoding { get; }

    /// <summary>The fields of the kind that the file has.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The first lines with their values by field; none where a line cannot be read.</summary>
    public IReadOnlyList<(ReadLine Line, IReadOnlyDictionary<string, string> Values)> Lines { get; }

    /// <summary>Needed fields that the file does not have; alternatives stand with a stroke between them.</summary>
    public IReadOnlyList<string> Missing =>
    [
        .. _form.NamesClients && !Columns.Intersect(s_names).Any() ? (string[])[string.Join(" / ", s_names)] : [],
        .. _form.Needed.Except(Columns).Where(name => name != BirthYear || !Columns.Contains(IdentityCode)),
    ];

    /// <summary>False when no line of the file could be taken.</summary>
    public bool IsUsable => Read is { Fault: null, Records.Count: > 0 } && (!IsCsv || Missing.Count == 0);

    private static IReadOnlyDictionary<string, string> ValuesOf(ReadLine line) => line.Json is { } json
        ? JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json.Span)!
            .ToDictionary(one => one.Key, one => TextOf(one.Value))
        : new Dictionary<string, string>();

    private static string TextOf(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static IEnumerable<string> ColumnsOf(ReadOnlySpan<byte> head) =>
        System.Text.Encoding.UTF8.GetString(head).TrimStart('\ufeff').TrimEnd().Split('\n')[^1]
            .Split([',', ';', '\t', '|']).Select(name => name.Trim().Trim('"').Trim());

    private static string EncodingOf(ReadOnlySpan<byte> start)
    {
        if (start.Contains((byte)0))
        {
            return "OTHER_TEXT";
        }
        for (var cut = 0; cut <= Math.Min(MostOfLetter, start.Length); cut++)
        {
            if (Utf8.IsValid(start[..^cut]))
            {
                return start.StartsWith(System.Text.Encoding.UTF8.Preamble) ? "UTF8_MARKED" : "UTF8";
            }
        }
        return "OTHER";
    }
}
