using System.Globalization;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>Published statistics of all residents: what changed since a base, in one arm less in another.</summary>
public static class PanelCharts
{
    private const string Effect = "MEAN_EFFECT";
    private const string Month = "MONTH_";
    private const int MonthsAYear = 12;

    /// <summary>The last month of the base: July 2017.</summary>
    private const int BaseThrough = (2017 * MonthsAYear) + 6;

    /// <summary>The middle of the twelve months of the base, from its end: what changes are counted from.</summary>
    private const double MiddleOfBase = -5.5;

    private static readonly PairTexts s_texts = new(
        "panelEffect.title", "panelEffect.more", "panelEffect.fewer", "panelEffect.unclear", "panelEffect.below",
        "panelEffect.above");

    public static string Lead(EvaluationModel model, Language words) =>
        OutcomesModel.Of(model.Asked).FirstOrDefault(pair => pair.Of(Effect)?.Estimate is not null) is { } pair
            ? EffectOf(words).Sentence(pair, words)
            : Why(model, words);

    public static IReadOnlyList<Chart> All(EvaluationModel model, Language words) =>
        [EffectChart(model, words), Months(model, words), Levels(model, words)];

    private static PairForest EffectOf(Language words) =>
        new("panel-effect", Effect, EstimateUnit.Thousandths(words), s_texts);

    private static Chart EffectChart(EvaluationModel model, Language words)
    {
        var chart = EffectOf(words).Of(model.Asked, Why(model, words), words);
        return chart with
        {
            Sheet = OutcomeCharts.SheetOf(
                model.Asked, EstimateUnit.Thousandths(words), words, measure => !measure.StartsWith(
                    Month, StringComparison.Ordinal) && measure != $"{Effect}_LOG"),
            Caveats =
            [
                words["panel.all"], words["panel.base"], words["panel.rampUp"], words["outcomes.colours"],
                words["outcomes.fewMunicipalities"], .. Missing(model, words), .. Refused(model, words),
            ],
        };
    }

    /// <summary>The difference of arms in each month, and the base in which they should be alike.</summary>
    private static Chart Months(EvaluationModel model, Language words)
    {
        MonthPanel[] panels =
        [
            .. OutcomesModel.Of(model.Asked).Select(pair => new MonthPanel(
                OutcomeCharts.Against(pair, words), Arm.Of(pair.Against),
                [
                    .. pair.Estimates.Where(IsKnownMonth).Select(one => (
                        NumberOf(one) - BaseThrough, one.Estimate!.Value, one.Interval?.Low, one.Interval?.High)),
                ])
            {
                Slope = pair.Of("PRE_TREND")?.Estimate,
            }).Where(panel => panel.Points.Count > 0),
        ];
        return new Chart(
            "panel-months", words["panelMonths.title"],
            panels.Length == 0 ? Why(model, words) : words["panelMonths.sentence"],
            new Sheet(
                [
                    words["estimate.of"], words["survival.month"], words["estimate.value"], words["estimate.low"],
                    words["estimate.high"],
                ],
                ["of", "month", "estimate", "low", "high"],
                [
                    .. panels.SelectMany(panel => panel.Points.Select(point => (IReadOnlyList<Cell>)
                    [
                        Cells.Of(panel.Title), CellOf(point.Month + BaseThrough, words),
                        Cells.Thousandths(point.Value, words), Cells.Thousandths(point.Low, words),
                        Cells.Thousandths(point.High, words),
                    ])),
                ]),
            panels.Length == 0 ? null : new MonthPlot(
                panels, EstimateUnit.Thousandths(words).Mark, words.Number)
            {
                Months = words["panelMonths.months"],
                Reference = MiddleOfBase,
            })
        {
            Caveats = [words["panelMonths.alike"], words["panel.rampUp"]],
            Definition = EstimateWords.Definition(model.Asked, words),
        };
    }

    /// <summary>Each arm's share, month by month: what the differences are made of.</summary>
    private static Chart Levels(EvaluationModel model, Language words)
    {
        ArmLine[] lines =
        [
            .. model.Asked.Groups.Select(group => new ArmLine(
                Arm.Of(group.Arm), OutcomeCharts.NameOf(group.Label, words),
                [.. group.Estimates.Where(IsKnownMonth).Select(one => (NumberOf(one), one.Estimate!.Value))]))
                .Where(line => line.Points.Count > 0),
        ];
        return new Chart(
            "panel-levels", words["panelLevels.title"],
            lines.Length == 0 ? words["panel.none"] : words.Say(
                "panelLevels.sentence", ("arms", string.Join("; ", lines.Select(line => words.Say(
                    "panelLevels.arm", ("arm", line.Name),
                    ("first", EstimateUnit.Thousandths(words).Mark(line.Points[0].Value)),
                    ("last", EstimateUnit.Thousandths(words).Mark(line.Points[^1].Value))))))),
            new Sheet(
                [words["estimate.of"], words["survival.month"], words["panelLevels.share"]], ["arm", "month", "share"],
                [
                    .. lines.SelectMany(line => line.Points.Select(point => (IReadOnlyList<Cell>)
                    [
                        Cells.Of(line.Name, line.Arm.Code), CellOf(point.Month, words),
                        Cells.Thousandths(point.Value, words),
                    ])),
                ]),
            lines.Length == 0 ? null : new ArmLines(
                lines, value => words.Number(value * 1000, 0), year => year.ToString(CultureInfo.InvariantCulture)))
        {
            Caveats = [words["panelLevels.notCompared"], .. Missing(model, words)],
            Definition = EstimateWords.Definition(model.Asked, words),
        };
    }

    private static string Why(EvaluationModel model, Language words) =>
        model.Asked.Groups.Count == 0 ? words["panel.none"] : model.Why(words);

    private static IEnumerable<string> Missing(EvaluationModel model, Language words) =>
        model.Asked.Excluded.Where(one => one.Reason == "MONTH_MISSING").Sum(one => one.Count) is > 0 and var missing
            ? [words.Count("panel.missing", missing)]
            : [];

    private static IEnumerable<string> Refused(EvaluationModel model, Language words) =>
        model.Asked.Refused.Select(one => words.Say(
            "panel.refused", ("one", OutcomeCharts.NameOf(one.Label, words)),
            ("other", OutcomeCharts.NameOf(one.Against, words)), ("why", words.Of("notCompared", one.Reason))));

    private static bool IsKnownMonth(EstimateAnswer one) =>
        one.Estimate is not null && one.Measure.StartsWith(Month, StringComparison.Ordinal);

    /// <summary>The calendar month of a measure, counted from the year 0.</summary>
    private static int NumberOf(EstimateAnswer one)
    {
        var month = one.Measure.AsSpan(Month.Length);
        return (int.Parse(month[..4], CultureInfo.InvariantCulture) * MonthsAYear)
            + int.Parse(month[5..], CultureInfo.InvariantCulture) - 1;
    }

    private static Cell CellOf(int month, Language words) => Cells.Of(
        EstimateWords.Month(month, words),
        string.Create(CultureInfo.InvariantCulture, $"{month / MonthsAYear}-{(month % MonthsAYear) + 1:00}"));
}
