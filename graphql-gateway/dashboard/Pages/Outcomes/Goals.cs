using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>Goals in AVAIN: how many were attained, by what they were about and by the method used.</summary>
public static class Goals
{
    public static Chart Of(OutcomesModel model, Language words)
    {
        var goals = model.Answer.AvainOutcomes;
        return Rows(
            "goals", words["goals.title"], words["goals.goal"], model,
            goals.ByGoalClass.Select(one => (one.GoalClass, one.Attainment, "goals")),
            new Reading("goals.range", "goals.one"), words) with
        {
            Caveats =
            [
                words["goals.association"], words["goals.notAssessed"],
                goals.FilledWithClientShare is { } share
                    ? words.Say("goals.together", ("share", words.Percent(share)))
                    : words["goals.togetherUnknown"],
                .. goals.Withheld ? (string[])[words["evaluation.withheld"]] : [],
            ],
        };
    }

    /// <summary>Null where no method may be shown.</summary>
    public static Chart? OfMethods(OutcomesModel model, Language words) =>
        model.Answer.AvainOutcomes.ByMethod is { Count: > 0 } methods
            ? Rows(
                "methods", words["methods.title"], words["methods.method"], model,
                methods.Select(one => (one.Method, one.Attainment, "method used")),
                new Reading("methods.range", "methods.one"), words) with
            {
                Caveats = [words["methods.association"], words["methods.several"], words["goals.notAssessed"]],
            }
            : null;

    private static Chart Rows(
        string key, string title, string head, OutcomesModel model,
        IEnumerable<(CodeAnswer Code, AttainmentAnswer Attainment, string Group)> parts, Reading reading,
        Language words)
    {
        var all = parts.Select(one => (one.Code, one.Attainment, Interval: IntervalOf(model, one.Group, one.Code)))
            .ToArray();
        var assessed = all.Where(one => one.Attainment.Share is not null).ToArray();
        var rows = assessed.Select(one => new ForestRow(
            one.Code.Name,
            words.Say(
                "goals.text", ("share", words.Percent(one.Attainment.Share!.Value)), ("n", one.Attainment.Attained),
                ("all", one.Attainment.Assessed)),
            one.Attainment.Share, one.Interval?.Low, one.Interval?.High));
        var definition = EstimateWords.Definition(model.Answer.Evaluation.Avain, words);
        return new Chart(
            key, title,
            Sentence(model, [.. assessed.Select(one => (one.Code.Name, one.Attainment, one.Interval))], reading, words),
            SheetOf(head, [.. all], words),
            assessed.Length == 0 ? null : new Forest([.. rows], words.Percent) { Ends = [0, 1] })
        {
            Definition = definition,
        };
    }

    private static string Sentence(
        OutcomesModel model,
        IReadOnlyList<(string Name, AttainmentAnswer Attainment, IntervalAnswer? Interval)> rows, Reading reading,
        Language words)
    {
        if (rows.Count == 0)
        {
            return words[model.Answer.AvainOutcomes.Withheld ? "outcomes.withheld" : "goals.none"];
        }
        var (most, least) = (rows.MaxBy(row => row.Attainment.Share), rows.MinBy(row => row.Attainment.Share));
        if (rows.Count == 1)
        {
            return words.Say(reading.One, ("most", most.Name), ("n", Hundred(most.Attainment)));
        }
        // The best and the worst of many rows part by chance alone: no row is called better than another.
        return words.Say(reading.Range, ("n", Hundred(most.Attainment)), ("m", Hundred(least.Attainment)));
    }

    private static Sheet SheetOf(
        string head, IReadOnlyList<(CodeAnswer Code, AttainmentAnswer Attainment, IntervalAnswer? Interval)> rows,
        Language words) => new(
        [
            head, words["goals.attained"], words["goals.partly"], words["goals.not"], words["goals.unassessed"],
            words["goals.share"], words["estimate.low"], words["estimate.high"],
        ],
        ["code", "attained", "partly", "not_attained", "not_assessed", "attained_share", "low", "high"],
        [
            .. rows.Select(row => (IReadOnlyList<Cell>)
            [
                Cells.Of(row.Code.Name, row.Code.Code), Cells.Number((long)row.Attainment.Attained, words),
                Cells.Number((long)row.Attainment.Partly, words), Cells.Number((long)row.Attainment.NotAttained, words),
                Cells.Number((long)row.Attainment.NotAssessed, words), Cells.Share(row.Attainment.Share, words),
                Cells.Share(row.Interval?.Low, words), Cells.Share(row.Interval?.High, words),
            ]),
        ]);

    /// <summary>The evaluation names its groups by kind and code.</summary>
    private static IntervalAnswer? IntervalOf(OutcomesModel model, string kind, CodeAnswer code) =>
        model.Answer.Evaluation.Avain.Groups.FirstOrDefault(group =>
            group.Label.StartsWith($"{kind}: ", StringComparison.Ordinal)
            && group.Label.EndsWith($" {code.Code}", StringComparison.Ordinal))?.Of("ATTAINED")?.Interval;

    /// <summary>What is said where intervals lie apart, where they overlap, and of one row alone.</summary>
    private sealed record Reading(string Range, string One);

    private static long Hundred(AttainmentAnswer one) =>
        (long)Math.Round((one.Share ?? 0) * 100, MidpointRounding.AwayFromZero);
}
