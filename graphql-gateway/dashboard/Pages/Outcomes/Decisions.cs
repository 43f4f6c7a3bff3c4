using System.Globalization;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>What was decided on methods, on a time line: what the outcomes of methods are read beside.</summary>
public static class Decisions
{
    /// <summary>Municipalities that decided alike on a day are named up to so many.</summary>
    private const int MostNames = 3;

    /// <summary>Null where nothing was decided.</summary>
    public static Chart? Of(OutcomesModel model, Language words)
    {
        var all = AllOf(model, words).OrderBy(one => one.Decision.From).ToArray();
        if (all.Length == 0)
        {
            return null;
        }
        var (first, last) = Span(model, all);
        var rows = all.GroupBy(one => one.Decision.Method.Name).OrderBy(row => row.First().Decision.From)
            .Select(row => (row.Key, MarksOf(row, words))).ToArray();
        return new Chart(
            "decisions", words["decisions.title"], Sentence(all, words), SheetOf(all, words),
            new TimeRows(rows, first, last))
        {
            Caveats = [words["decisions.public"], words["decisions.noEffect"]],
        };
    }

    private static IEnumerable<Decided> AllOf(OutcomesModel model, Language words) =>
    [
        .. model.Decisions.Programmes.SelectMany(
            one => one.MethodDecisions.Select(decision => new Decided(one.Name, decision))),
        .. model.Decisions.Municipalities
            .Where(one => !model.IsOwn || model.Scope.MunicipalitiesFor(model.Viewer)?.Contains(one.Code) == true)
            .SelectMany(one => one.MethodDecisions.Select(decision => new Decided(
                words.Code == "sv" ? one.SwedishName ?? one.Name : one.Name, decision))),
    ];

    /// <summary>At least the programme's time, so that a day says how far into it it is.</summary>
    private static (DateOnly First, DateOnly Last) Span(OutcomesModel model, Decided[] all)
    {
        var (first, last) = (all[0].Decision.From, all[^1].Decision.From);
        return model.Answer.Programme is not { } programme ? (first, last.AddMonths(1))
            : (first < programme.StartsOn ? first : programme.StartsOn,
                last > programme.EndsOn ? last.AddMonths(1) : programme.EndsOn);
    }

    private static IReadOnlyList<TimeMark> MarksOf(IEnumerable<Decided> row, Language words) =>
    [
        .. row.GroupBy(one => (one.Decision.From, one.Decision.Choice)).Select(alike => new TimeMark(
            alike.Key.From,
            words.Say(
                "decisions.mark", ("day", alike.Key.From), ("choice", words.Of("choice", alike.Key.Choice)),
                ("who", Names([.. alike.Select(one => one.Who)], words))),
            alike.Key.Choice == "DROP" ? "arm-neither" : "arm-osst")),
    ];

    private static string Names(string[] names, Language words) => names.Length <= MostNames
        ? string.Join(", ", names)
        : words.Say(
            "decisions.names", ("names", string.Join(", ", names.Take(MostNames))), ("n", names.Length - MostNames));

    private static string Sentence(Decided[] all, Language words) => words.Say(
        "decisions.sentence", ("n", all.Length),
        ("methods", all.Select(one => one.Decision.Method.Code).Distinct().Count()),
        ("first", all[0].Decision.From), ("last", all[^1].Decision.From));

    private static Sheet SheetOf(Decided[] all, Language words) => new(
        [
            words["decisions.from"], words["methods.method"], words["decisions.choice"], words["decisions.who"],
            words["decisions.reference"],
        ],
        ["from", "method", "choice", "decided_by", "reference"],
        [
            .. all.Select(one => (IReadOnlyList<Cell>)
            [
                Cells.Of(
                    words.Day(one.Decision.From), one.Decision.From.ToString("O", CultureInfo.InvariantCulture)),
                Cells.Of(one.Decision.Method.Name, one.Decision.Method.Code),
                Cells.Of(words.Of("choice", one.Decision.Choice), one.Decision.Choice), Cells.Of(one.Who),
                Cells.Of(one.Decision.Reference ?? words["figure.none"], one.Decision.Reference ?? ""),
            ]),
        ]);

    private sealed record Decided(string Who, MethodDecisionAnswer Decision);
}
