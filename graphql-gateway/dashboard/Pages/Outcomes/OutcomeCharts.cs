using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>The charts of outcomes in one language, the main question first.</summary>
public static class OutcomeCharts
{
    public static IReadOnlyList<Chart> All(OutcomesModel model, Language words) =>
    [
        .. new[]
        {
            Differences.OfExit(model, words), Survival.Of(model, words), Differences.OfChange(model, words),
            Months.Of(model, words), Goals.Of(model, words), Goals.OfMethods(model, words),
            Outcomes.Decisions.Of(model, words),
        }.OfType<Chart>(),
    ];

    /// <summary>What the page says in one sentence.</summary>
    public static string Lead(OutcomesModel model, Language words)
    {
        var groups = model.Exit.Groups.Where(group => Rate(group)?.Estimate is not null).ToArray();
        return groups.Length == 0
            ? words[model.Exit.Withheld ? "outcomes.withheld" : "outcomes.none"]
            : words.Say(
                "outcomes.sentence", ("arms", string.Join("; ", groups.Select(group => words.Say(
                    "outcomes.arm", ("arm", NameOf(group.Label, words)),
                    ("n", (long)Math.Round(
                        Rate(group)!.Estimate!.Value * 100, MidpointRounding.AwayFromZero)),
                    ("between", EstimateWords.Between(Rate(group)!, words)))))));
    }

    /// <summary>Of which years the figures are, where not of all that were asked for; null where of all.</summary>
    public static string? YearsShown(OutcomesModel model, Language words)
    {
        var (shown, hidden) = (NamesOf(model, true), NamesOf(model, false));
        return hidden.Length == 0 ? null
            : shown.Length == 0 ? words.Say("outcomes.noYear", ("hidden", hidden))
            : words.Say("outcomes.years", ("shown", shown), ("hidden", hidden));
    }

    private static string NamesOf(OutcomesModel model, bool isShown) => string.Join(
        ", ", model.Years.Where(year => year.IsShown == isShown)
            .Select(year => year.Year.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public static EstimateAnswer? Rate(GroupAnswer group) => group.Of("EXITED_12");

    public static string NameOf(string label, Language words) =>
        words.Texts.TryGetValue($"arm.{label}", out var name) ? name : words["arm.NONE"];

    /// <summary>Estimates of groups and comparisons: the table below the drawing.</summary>
    /// <param name="answer">Whose estimates.</param>
    /// <param name="unit">In which unit.</param>
    /// <param name="words">The language.</param>
    /// <param name="takes">Which measures.</param>
    public static Sheet SheetOf(
        EvaluationAnswer answer, EstimateUnit unit, Language words, Func<string, bool> takes) =>
        EstimateWords.Sheet(
            answer.Groups.SelectMany(group => group.Estimates.Select(one => new EstimateRow(
                    NameOf(group.Label, words), group.Label, one)))
                .Concat(OutcomesModel.Of(answer).SelectMany(pair => pair.Estimates.Select(
                    one => new EstimateRow(
                        Against(pair, words), $"{pair.Label}-{pair.Against}", one, IsDifference: true))))
                .Where(row => takes(row.Estimate.Measure)),
            unit, words);

    public static string Against(ComparisonAnswer pair, Language words) => words.Say(
        "outcomes.against", ("one", NameOf(pair.Label, words)), ("other", NameOf(pair.Against, words)));

    public static IReadOnlyList<string> Caveats(EvaluationAnswer answer, Language words, params string[] keys) =>
    [
        .. keys.Select(key => words[key]), .. answer.Withheld ? (string[])[words["evaluation.withheld"]] : [],
    ];
}
