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

    /// <summary>True for a list that should be empty.</summary>
    public static bool IsLate(string kind) => s_late.Contains(kind);

    public static string Sentence(OwnAnswer answer, Language words) =>
        answer.Worklists.Lists.MaxBy(list => list.Count) is { Count: > 0 } longest
            ? words.Say("waiting.sentence", ("list", words.Of("list", longest.Kind)), ("n", longest.Count))
            : words["waiting.none"];

    /// <summary>How many clients each worker has, by the workers' ids.</summary>
    public static Picture Load(OwnAnswer answer, Language words) => new(
        "load", words["own.load"], "", words["own.worker"], words["unit.clients"],
        [
            .. answer.CaseloadMetrics.ByWorker.OrderBy(one => one.WorkerId, StringComparer.Ordinal)
                .Select(one => new PictureRow(one.WorkerId, Figure.Of((long)one.Count), one.WorkerId)),
        ]);

    /// <summary>A code in words, and the code itself where a later program wrote one that has none here.</summary>
    public static string Known(string group, string? code, Language words) => code is null
        ? words["own.noBasis"]
        : words.Texts.TryGetValue($"{group}.{code}", out var text) ? text : code;
}
