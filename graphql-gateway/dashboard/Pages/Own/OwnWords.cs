using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Own;

/// <summary>What the pages of the own municipality say.</summary>
public static class OwnWords
{
    private static readonly string[] s_late =
        ["CONTACT_OVERDUE", "MEETING_OUTCOMES", "DISCUSSIONS_OVERDUE", "OWN_WORKERS_MISSING"];

    /// <summary>By what a client can be found: fields of the contract's <c>ClientSearch</c>, and the client's own id.
    /// </summary>
    public static IReadOnlyList<string> Ways { get; } = [Name, IdentityCode, "clientId"];

    public const string Name = "name";

    public const string IdentityCode = "identityCode";

    /// <summary>Lists whose day is the last one of a time limit.</summary>
    private static readonly string[] s_limits =
    [
        "NEW_REFERRALS", "CONTACT_OVERDUE", "REVIEWS_DUE", "DISCUSSIONS_DUE", "DISCUSSIONS_OVERDUE",
        "ASSESSMENT_STARTS_DUE",
    ];

    private static readonly string[] s_meetings = ["MEETINGS_TODAY", "MEETING_OUTCOMES"];

    /// <summary>What the day of a list is: the end of a time limit, a meeting, or since when.</summary>
    public static string DayHead(string kind, Language words) => words[
        s_limits.Contains(kind) ? "own.due" : s_meetings.Contains(kind) ? "own.meetingOn" : "own.since"];

    /// <summary>The day of a list, and for a time limit how late it is.</summary>
    public static string DayOf(string kind, DateOnly day, DateOnly today, Language words) =>
        s_limits.Contains(kind) ? NextStep.Day(day, today, words) : words.Day(day);

    /// <summary>True for a list that should be empty.</summary>
    public static bool IsLate(string kind) => s_late.Contains(kind);

    public static string Sentence(OwnAnswer answer, Language words) =>
        answer.Worklists.Lists.MaxBy(list => list.Count) is { Count: > 0 } longest
            ? words.Say("waiting.sentence", ("list", words.Of("list", longest.Kind)), ("n", longest.Count))
            : words["waiting.none"];

    /// <summary>How many clients with an open matter each worker has, by workers' ids; each leads to them.</summary>
    public static Picture Load(OwnAnswer answer, Language words) => new(
        "load", words["own.load"], "", words["own.worker"], words["unit.clients"],
        [
            .. answer.CaseloadMetrics.ByWorker.OrderBy(one => one.WorkerId, StringComparer.Ordinal)
                .Select(one => new PictureRow(one.WorkerId, Figure.Of(OpenOf(answer, one)), one.WorkerId)
                {
                    Href = $"/own/workers/{Uri.EscapeDataString(one.WorkerId)}",
                    IsOver = OpenOf(answer, one) > answer.Municipality?.CaseloadLimit,
                }),
        ])
    {
        Limit = answer.Municipality?.CaseloadLimit,
    };

    /// <summary>What the load says: the limit, and whose clients are in no bar.</summary>
    public static IReadOnlyList<string> LoadNotes(OwnAnswer answer, Language words)
    {
        var closed = ClosedOf(answer).Sum(one => (long)one.Count);
        return
        [
            answer.Municipality?.CaseloadLimit is { } limit
                ? words.Say(
                    "own.limit", ("n", limit),
                    ("over", answer.CaseloadMetrics.ByWorker.Count(one => OpenOf(answer, one) > limit)))
                : words["own.noLimit"],
            words[answer.CaseloadMetrics.Withheld ? "own.loadPart" : "own.loadMeans"],
            .. closed > 0 ? (string[])[words.Say("own.loadClosed", ("n", closed))]
                : KnowsClosed(answer) ? [] : [words["own.loadAll"]],
        ];
    }

    /// <summary>
    /// A worker gets the load of all, and closed matters of the own clients alone: these cannot be taken off that.
    /// </summary>
    private static bool KnowsClosed(OwnAnswer answer) => answer.Closed.Withheld == answer.CaseloadMetrics.Withheld;

    private static IReadOnlyList<WorkerAnswer> ClosedOf(OwnAnswer answer) =>
        KnowsClosed(answer) ? answer.Closed.ByWorker : [];

    private static long OpenOf(OwnAnswer answer, WorkerAnswer worker) =>
        worker.Count - (ClosedOf(answer).FirstOrDefault(one => one.WorkerId == worker.WorkerId)?.Count ?? 0);

    /// <summary>A code in words, and the code itself where a later program wrote one that has none here.</summary>
    public static string Known(string group, string? code, Language words) => code is null
        ? words["own.noBasis"]
        : words.Texts.TryGetValue($"{group}.{code}", out var text) ? text : code;

    /// <summary>
    /// What was used, in words: the log has a word and, after a space, of which list or by what, as
    /// <c>worklist ReviewsDue</c> and <c>find-clients by=name</c>.
    /// </summary>
    public static string Used(string what, Language words)
    {
        var parts = what.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
        var first = Known("used", parts.Length == 0 ? what : parts[0].TrimEnd(':'), words);
        return parts.Length < 2 ? first
            : words.Say("client.usedOf", ("what", first), ("which", string.Join(
                ", ", parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => Which(part, words)))));
    }

    private static string Which(string part, Language words)
    {
        var pair = part.Split('=', 2);
        var code = pair[^1].TrimEnd(';');
        var list = string.Concat(code.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}"))
            .ToUpperInvariant();
        return pair.Length == 2 && words.Texts.TryGetValue($"used.{pair[0]}", out var key) ? $"{key} {code}"
            : words.Texts.TryGetValue($"list.{list}", out var name)
            || words.Texts.TryGetValue(pair[0] == "by" ? $"by.{code}" : $"used.{code}", out name) ? name : part;
    }
}
