using System.Globalization;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>The event study: did the arms go alike before the referral, and how afterwards?</summary>
public static class Months
{
    private const string Prefix = "MONTH_";

    /// <summary>Null where it is not asked: it is for coordinators of their own municipalities.</summary>
    public static Chart? Of(OutcomesModel model, Language words)
    {
        if (model.EventStudy is not { } answer)
        {
            return null;
        }
        var pairs = OutcomesModel.Of(answer).ToArray();
        MonthPanel[] panels = pairs.Length > 0
            ? [.. pairs.Select(pair => PanelOf(pair, words))]
            : [.. answer.Groups.Select(group => PanelOf(group, words)).Where(panel => panel.Points.Count > 0)];
        return new Chart(
            "months", words["months.title"],
            panels.Length == 0 ? words["outcomes.none"] : words[pairs.Length > 0 ? "months.sentence" : "months.alone"],
            new Sheet(
                [
                    words["estimate.of"], words["survival.month"], words["estimate.value"], words["estimate.low"],
                    words["estimate.high"],
                ],
                ["of", "month", "estimate", "low", "high"],
                [
                    .. panels.SelectMany(panel => panel.Points.Select(point => (IReadOnlyList<Cell>)
                    [
                        Cells.Of(panel.Title), Cells.Number((long)point.Month, words), Cells.Share(point.Value, words),
                        Cells.Share(point.Low, words), Cells.Share(point.High, words),
                    ])),
                ]),
            panels.Length == 0 ? null : new MonthPlot(panels, words.Percent, words.Number)
            {
                Months = words["survival.months"],
            })
        {
            Caveats = OutcomeCharts.Caveats(
                answer, words, pairs.Length > 0 ? "months.alike" : "months.noControl", "outcomes.regression"),
            Definition = EstimateWords.Definition(answer, words),
        };
    }

    private static MonthPanel PanelOf(ComparisonAnswer pair, Language words) =>
        new(OutcomeCharts.Against(pair, words), Arm.Of(pair.Against), PointsOf(pair.Estimates))
        {
            Slope = pair.Of("PRE_TREND")?.Estimate,
        };

    private static MonthPanel PanelOf(GroupAnswer group, Language words) => new(
        OutcomeCharts.NameOf(group.Label, words), Arm.Of(group.Arm), PointsOf(group.Estimates));

    private static (int Month, double Value, double? Low, double? High)[] PointsOf(
        IReadOnlyList<EstimateAnswer> estimates) =>
    [
        .. estimates.Where(one => one.Measure.StartsWith(Prefix, StringComparison.Ordinal) && one.Estimate is not null)
            .Select(one => (
                int.Parse(one.Measure[Prefix.Length..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                one.Estimate!.Value, one.Interval?.Low, one.Interval?.High)),
    ];
}
