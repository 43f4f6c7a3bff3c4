using System.Text.Json;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Sessions;

namespace OsstOrleans.Dashboard.Pages.Import;

/// <summary>What became of a line of a file.</summary>
/// <param name="Status">As the contract has it, e.g. <c>ACCEPTED</c>.</param>
/// <param name="Code">Why it was refused or not needed; null when it was taken.</param>
public sealed record LineEnd(ReadLine Line, string Status, string? Code, string? Field);

/// <summary>Sends lines of a file as the viewer.</summary>
/// <param name="desk">Asks.</param>
/// <param name="viewer">Who imports.</param>
/// <param name="job">The import that the lines belong to.</param>
/// <param name="isRehearsal">Decides everything and stores nothing.</param>
public sealed class LinesSend(IDesk desk, Viewer viewer, ImportJob job, bool isRehearsal)
{
    /// <summary>As many as <c>osst import --url</c> sends together.</summary>
    public const int MostLines = 250;

    public const string Refused = "REJECTED";
    private const string ValueTooLarge = "FIELD_UNREADABLE";

    /// <summary>Fewer lines may be taken, or one of them is to be found that the contract cannot carry.</summary>
    private static readonly string[] s_tooMuch =
    [
        InquiryRefused.LimitLines, GraphQLErrorCodes.LimitCost, GraphQLErrorCodes.Timeout, GraphQLErrorCodes.Variables,
    ];

    private readonly Document _document =
        Document.Import(desk.ImportForms.First(form => form.Kind == job.Kind).Name)!;

    /// <summary>What became of each line, in their order.</summary>
    /// <exception cref="InquiryRefused">They were not taken; the same lines may be sent again.</exception>
    public async Task<IReadOnlyList<LineEnd>> Send(IReadOnlyList<ReadLine> lines)
    {
        var ends = new Queue<LineEnd>(await Ask([.. lines.Where(line => line.Json is not null)]));
        return [.. lines.Select(line => line.Json is null
            ? new LineEnd(line, Refused, line.Code, line.Field)
            : ends.Dequeue())];
    }

    private async Task<IReadOnlyList<LineEnd>> Ask(IReadOnlyList<ReadLine> lines)
    {
        if (lines.Count == 0)
        {
            return [];
        }
        try
        {
            var answer = await desk.Ask<Dictionary<string, TakenAnswer>>(viewer, _document, new
            {
                input = new
                {
                    source = job.Source,
                    importId = job.Import,
                    lineNumbers = lines.Select(line => line.Record),
                    dryRun = isRehearsal,
                    lines = lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line.Json!.Value.Span)),
                },
            });
            return [.. lines.Zip(answer.Values.Single().Results, (line, end) => new LineEnd(
                line, end.Status, end.Error?.LineCode ?? end.Error?.Code, end.Error?.Field))];
        }
        catch (InquiryRefused why) when (s_tooMuch.Contains(why.Code) && lines.Count > 1)
        {
            var half = lines.Count / 2;
            return [.. await Ask([.. lines.Take(half)]), .. await Ask([.. lines.Skip(half)])];
        }
        catch (InquiryRefused why) when (why.Code == GraphQLErrorCodes.Variables)
        {
            return [new LineEnd(lines[0], Refused, ValueTooLarge, "line")];
        }
    }
}
