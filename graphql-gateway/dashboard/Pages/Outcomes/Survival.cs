using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>How many are still on assistance, month after month (Kaplan and Meier).</summary>
public static class Survival
{
    /// <summary>Months that have an interval (<c>STILL_ON_3</c> to <c>STILL_ON_12</c>).</summary>
    private static readonly int[] s_months = [3, 6, 9, 12];

    public static Chart Of(OutcomesModel model, Language words)
    {
        var groups = model.Exit.Groups.Where(group => group.Curve is { Count: > 0 }).ToArray();
        var plot = new StepPlot([.. groups.Select(group => CurveOf(group, words))], words.Percent, words.Number)
        {
            Months = words["survival.months"],
            AtRisk = words["survival.atRisk"],
        };
        return new Chart(
            "survival", words["survival.title"], Sentence(model, groups, words),
            new Sheet(
                [words["estimate.of"], words["survival.month"], words["survival.atRisk"], words["survival.stillOn"]],
                ["arm", "month", "at_risk", "still_on"],
                [
                    .. groups.SelectMany(group => group.Curve!.Select(point => (IReadOnlyList<Cell>)
                    [
                        Cells.Of(OutcomeCharts.NameOf(group.Label, words), group.Label),
                        Cells.Number((long)point.Month, words), Cells.Number(point.AtRisk, words),
                        Cells.Share(point.StillOn, words),
                    ])),
                ]),
            groups.Length == 0 ? null : plot)
        {
            Caveats = OutcomeCharts.Caveats(model.Exit, words, "survival.intervals", "survival.cut", "survival.gap"),
            Definition = EstimateWords.Definition(model.Exit.Definition, words),
        };
    }

    private static string Sentence(OutcomesModel model, GroupAnswer[] groups, Language words) => groups.Length == 0
        ? words[model.Exit.Withheld ? "outcomes.withheld" : "outcomes.none"]
        : words.Say("survival.sentence", ("arms", string.Join("; ", groups
            .Where(group => group.Of("RESTRICTED_MEAN_12")?.Estimate is not null).Select(group => words.Say(
                "survival.arm", ("arm", OutcomeCharts.NameOf(group.Label, words)),
                ("n", words.Number(group.Of("RESTRICTED_MEAN_12")!.Estimate!.Value, 1)))))));

    private static StepCurve CurveOf(GroupAnswer group, Language words) => new(
        Arm.Of(group.Arm), OutcomeCharts.NameOf(group.Label, words),
        [.. group.Curve!.Select(point => (point.Month, point.StillOn, point.AtRisk))],
        [
            .. s_months.Select(month => (Month: month, group.Of(Measure(month))?.Interval))
                .Where(one => one.Interval is not null)
                .Select(one => (one.Month, one.Interval!.Low, one.Interval.High)),
        ]);

    private static string Measure(int month) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"STILL_ON_{month}");
}
