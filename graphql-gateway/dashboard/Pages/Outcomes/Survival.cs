using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>How many are still on assistance, month after month (Kaplan and Meier).</summary>
public static class Survival
{
    /// <summary>Released tables know in which quarter of the year an exit was, and not in which month.</summary>
    private const int BandMonths = 3;

    /// <summary>The months of a sentence without a mean.</summary>
    private static readonly int[] s_said = [6, 12];

    public static Chart Of(OutcomesModel model, Language words)
    {
        var groups = model.Exit.Groups.Where(group => group.Curve is { Count: > 0 }).ToArray();
        var plot = new StepPlot([.. groups.Select(group => CurveOf(model, group, words))], words.Percent, words.Number)
        {
            Months = words["survival.months"],
            AtRisk = words["survival.atRisk"],
        };
        return new Chart(
            "survival", words["survival.title"], Sentence(model, groups, words),
            new Sheet(
                [
                    words["estimate.of"], words["survival.month"], words["survival.atRisk"], words["survival.stillOn"],
                    words["survival.low"], words["survival.high"],
                ],
                ["arm", "month", "at_risk", "still_on", "low", "high"],
                [
                    .. groups.SelectMany(group => Points(model, group).Select(point => (IReadOnlyList<Cell>)
                    [
                        Cells.Of(OutcomeCharts.NameOf(group.Label, words), group.Label),
                        Cells.Number((long)point.Month, words), Cells.Number(point.AtRisk, words),
                        Cells.Share(point.StillOn, words), Cells.Share(point.Interval?.Low, words),
                        Cells.Share(point.Interval?.High, words),
                    ])),
                ]),
            groups.Length == 0 ? null : plot)
        {
            Caveats = OutcomeCharts.Caveats(
                model.Exit, words, model.Exit.IsExact
                    ? ["survival.intervals", "survival.cut", "survival.gap"]
                    : ["survival.quarters", "survival.intervals", "survival.gap"]),
            Definition = EstimateWords.Definition(model.Exit, words),
        };
    }

    private static string Sentence(OutcomesModel model, GroupAnswer[] groups, Language words) => groups.Length == 0
        ? words[model.Exit.Withheld ? "outcomes.withheld" : "outcomes.none"]
        : !model.Exit.IsExact ? OfQuarters(groups, words)
        : words.Say("survival.sentence", ("arms", string.Join("; ", groups
            .Where(group => group.Of("RESTRICTED_MEAN_12")?.Estimate is not null).Select(group => words.Say(
                "survival.arm", ("arm", OutcomeCharts.NameOf(group.Label, words)),
                ("n", words.Number(group.Of("RESTRICTED_MEAN_12")!.Estimate!.Value, 1)))))));

    /// <summary>
    /// Shares and no mean: with every exit at the end of its quarter, a mean would be too long by most of a month.
    /// </summary>
    private static string OfQuarters(GroupAnswer[] groups, Language words) => words.Say(
        "survival.shares", ("arms", string.Join("; ", groups.Select(group => words.Say(
            "survival.armShares", ("arm", OutcomeCharts.NameOf(group.Label, words)),
            ("n", At(group, s_said[0], words)), ("m", At(group, s_said[1], words)))))));

    private static string At(GroupAnswer group, int month, Language words) =>
        group.Curve!.LastOrDefault(point => point.Month <= month) is { } point
            ? words.Number(point.StillOn * 100, 0)
            : words["figure.none"];

    private static IEnumerable<CurvePointAnswer> Points(OutcomesModel model, GroupAnswer group) =>
        group.Curve!.Where(point => model.Exit.IsExact || point.Month % BandMonths == 0);

    private static StepCurve CurveOf(OutcomesModel model, GroupAnswer group, Language words) => new(
        Arm.Of(group.Arm), OutcomeCharts.NameOf(group.Label, words),
        [.. Points(model, group).Select(point => (point.Month, point.StillOn, point.AtRisk))],
        [
            .. Points(model, group).Where(point => point.Interval is not null)
                .Select(point => (point.Month, point.Interval!.Low, point.Interval.High)),
        ])
    {
        IsJoined = !model.Exit.IsExact,
    };
}
