using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>The study's outcomes beside each other: the primary one, and the secondary ones with Holm's adjustment.
/// </summary>
public static class FamilyCharts
{
    /// <summary>What is usually taken as hardly chance.</summary>
    private const double Level = 0.05;

    public static string Lead(EvaluationModel model, Language words)
    {
        var tested = Outcomes(model).Where(one => P(one) is not null).ToArray();
        if (tested.Length == 0)
        {
            return model.Why(words);
        }
        var secondary = tested.Where(one => one.AdjustedP is not null).ToArray();
        var main = tested.FirstOrDefault(one => one.AdjustedP is null);
        return string.Join(' ', new[]
        {
            words[main is null ? "family.noPrimary" : main.P < Level ? "family.primary" : "family.primaryUnclear"],
            words.Say(
                "family.secondary", ("all", secondary.Length),
                ("n", secondary.Count(one => one.AdjustedP < Level))),
        });
    }

    public static IReadOnlyList<Chart> All(EvaluationModel model, Language words) =>
    [
        .. new[]
        {
            Chances(model, words),
            Estimates(model, "family-shares", "familyShares.title", EstimateUnit.Shares(words), IsShare, words),
            Estimates(
                model, "family-months", "familyMonths.title", EstimateUnit.Numbers(words),
                measure => !IsShare(measure) && !IsOfResidents(measure), words),
            Estimates(
                model, "family-residents", "familyResidents.title", EstimateUnit.Thousandths(words), IsOfResidents,
                words),
        }.OfType<Chart>(),
    ];

    /// <summary>Each outcome's p, adjusted where it is one of several.</summary>
    private static Chart Chances(EvaluationModel model, Language words)
    {
        var tested = Outcomes(model).Where(one => P(one) is not null).ToArray();
        return new Chart(
            "family", words["family.chances"], Lead(model, words),
            EstimateWords.Sheet(
                OutcomesModel.Of(model.Asked).SelectMany(pair => pair.Estimates.Select(one => new EstimateRow(
                    OutcomeCharts.Against(pair, words), $"{pair.Label}-{pair.Against}", one, IsDifference: true)
                {
                    Unit = IsShare(one.Measure) ? EstimateUnit.Shares(words)
                        : IsOfResidents(one.Measure) ? EstimateUnit.Thousandths(words)
                        : null,
                })),
                EstimateUnit.Numbers(words), words),
            tested.Length == 0 ? null : new Forest(
                [
                    .. tested.Select(one => new ForestRow(
                        EstimateWords.Measure(one.Measure, words),
                        one.AdjustedP is { } adjusted
                            ? words.Say(
                                "family.adjusted", ("p", Written(one.P!.Value)), ("adjusted", Written(adjusted)))
                            : words.Say("family.unadjusted", ("p", Written(one.P!.Value))),
                        P(one), null, null)),
                ],
                value => words.Number(value, 1))
            {
                Ends = [0, 1],
                Zero = Level,
                Directions = (words["family.below"], words["family.above"]),
            })
        {
            Caveats = [words["family.named"], words["family.holm"], words["family.intervals"]],
            Definition = EstimateWords.Definition(model.Asked, words),
        };

        string Written(double p) => words.Number(p, 3);
    }

    /// <summary>Outcomes of one unit with their intervals; null where there is none.</summary>
    private static Chart? Estimates(
        EvaluationModel model, string key, string title, EstimateUnit unit, Func<string, bool> takes, Language words)
    {
        var rows = Outcomes(model).Where(one => takes(one.Measure) && one.Estimate is not null).ToArray();
        return rows.Length == 0 ? null : new Chart(
            key, words[title], words["family.sides"],
            EstimateWords.Sheet(
                rows.Select(one => new EstimateRow(
                    EstimateWords.Measure(one.Measure, words), one.Measure, one, IsDifference: true)), unit, words),
            new Forest(
                [
                    .. rows.Select(one => new ForestRow(
                        EstimateWords.Measure(one.Measure, words),
                        EstimateWords.Text(one, unit.Write, unit.Mark, words),
                        one.Estimate, one.Interval?.Low, one.Interval?.High)),
                ],
                unit.Mark)
            {
                Zero = 0,
                LastMarkOf = unit.End,
            })
        {
            Caveats = [words["family.intervals"]],
            Definition = EstimateWords.Definition(model.Asked, words),
        };
    }

    private static IEnumerable<EstimateAnswer> Outcomes(EvaluationModel model) =>
        OutcomesModel.Of(model.Asked).SelectMany(pair => pair.Estimates);

    private static double? P(EstimateAnswer one) => one.AdjustedP ?? one.P;

    private static bool IsShare(string measure) => measure.EndsWith(".EXITED_12", StringComparison.Ordinal);

    private static bool IsOfResidents(string measure) => measure.StartsWith("PANEL.", StringComparison.Ordinal);
}
