using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>Differences of arms on one scale: the experiment against both controls, and what each side means.</summary>
public static class Differences
{
    /// <summary>The primary outcome, and what stands for it where it would show small groups.</summary>
    private static readonly string[] s_changes = ["MEAN_CHANGE_OF_MUNICIPALITIES", "FEWER_MONTHS_SHARE"];

    private static readonly PairTexts s_exit = new(
        "exitDifference.title", "exitDifference.more", "exitDifference.fewer", "exitDifference.unclear",
        "exitDifference.below", "exitDifference.above");

    private static readonly PairTexts s_fewer = new(
        "fewerMonths.title", "fewerMonths.more", "fewerMonths.fewer", "fewerMonths.unclear", "fewerMonths.below",
        "fewerMonths.above");

    private static readonly PairTexts s_mean = new(
        "meanChange.title", "meanChange.more", "meanChange.fewer", "meanChange.unclear", "meanChange.below",
        "meanChange.above");

    public static Chart OfExit(OutcomesModel model, Language words) =>
        new PairForest("exit-difference", "EXITED_12", EstimateUnit.Shares(words), s_exit)
            .Of(model.Exit, Why(model, model.Exit, words), words) with
        {
            Caveats = OutcomeCharts.Caveats(
                model.Exit, words, "outcomes.intention", "outcomes.colours", "outcomes.fewMunicipalities",
                "outcomes.simulated"),
        };

    public static Chart OfChange(OutcomesModel model, Language words)
    {
        var measure = s_changes.FirstOrDefault(
            one => model.Change.Comparisons.Any(pair => pair.Of(one) is not null)
                || model.Change.Groups.Any(group => group.Of(one) is not null)) ?? s_changes[0];
        var isShare = measure == s_changes[1];
        var unit = isShare ? EstimateUnit.Shares(words) : EstimateUnit.Numbers(words);
        return new PairForest("change-difference", measure, unit, isShare ? s_fewer : s_mean)
            .Of(model.Change, Why(model, model.Change, words), words) with
        {
            Caveats = OutcomeCharts.Caveats(
                model.Change, words, isShare
                    ? ["outcomes.replaced", "outcomes.colours", "outcomes.regression", "outcomes.fewMunicipalities"]
                    : ["outcomes.regression", "outcomes.primary", "outcomes.fewMunicipalities"]),
        };
    }

    /// <summary>Why there is nothing to compare: a reason and never an empty picture.</summary>
    private static string Why(OutcomesModel model, EvaluationAnswer answer, Language words) => words[
        model.IsOwn ? "outcomes.ownAlone" : answer.Withheld ? "outcomes.tooFewShown" : "outcomes.tooFew"];
}
