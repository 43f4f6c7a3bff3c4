using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>Differences of arms on one scale: the experiment against both controls, and what each side means.</summary>
public static class Differences
{
    /// <summary>The primary outcome, and what stands for it where it would show small groups.</summary>
    private static readonly string[] s_changes = ["MEAN_CHANGE_OF_MUNICIPALITIES", "FEWER_MONTHS_SHARE"];

    public static Chart OfExit(OutcomesModel model, Language words) => Of(
        "exit-difference", words["exitDifference.title"], model, model.Exit, "EXITED_12", isShare: true,
        new Reading("exitDifference.more", "exitDifference.fewer", "exitDifference.unclear"),
        (words["exitDifference.below"], words["exitDifference.above"]), words) with
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
        var reading = isShare
            ? new Reading("fewerMonths.more", "fewerMonths.fewer", "fewerMonths.unclear")
            : new Reading("meanChange.more", "meanChange.fewer", "meanChange.unclear");
        return Of(
            "change-difference", words[isShare ? "fewerMonths.title" : "meanChange.title"], model, model.Change,
            measure, isShare, reading,
            isShare
                ? (words["fewerMonths.below"], words["fewerMonths.above"])
                : (words["meanChange.below"], words["meanChange.above"]),
            words) with
        {
            Caveats = OutcomeCharts.Caveats(
                model.Change, words, isShare
                    ? ["outcomes.replaced", "outcomes.colours", "outcomes.regression", "outcomes.fewMunicipalities"]
                    : ["outcomes.regression", "outcomes.primary", "outcomes.fewMunicipalities"]),
        };
    }

    private static Chart Of(
        string key, string title, OutcomesModel model, EvaluationAnswer answer, string measure, bool isShare,
        Reading reading, (string Below, string Above) directions, Language words)
    {
        var pairs = OutcomesModel.Of(answer).Where(pair => pair.Of(measure)?.Estimate is not null).ToArray();
        var rows = pairs.Select(pair => (Pair: pair, Estimate: pair.Of(measure)!)).Select(one => new ForestRow(
            OutcomeCharts.Against(one.Pair, words), EstimateWords.Text(one.Estimate, Write, Plain, words),
            one.Estimate.Estimate, one.Estimate.Interval?.Low, one.Estimate.Interval?.High,
            Arm.Of(one.Pair.Against)));
        return new Chart(
            key, title,
            pairs.Length == 0 ? Why(model, answer, words) : Say(pairs[0], measure, isShare, reading, words),
            OutcomeCharts.SheetOf(answer, isShare, words, measure),
            pairs.Length == 0 ? null : new Forest([.. rows], Plain)
            {
                Zero = 0,
                Directions = directions,
                LastMarkOf = Write,
            })
        {
            Definition = EstimateWords.Definition(answer.Definition, words),
        };

        string Plain(double value) => isShare ? words.Number(value * 100, 0) : words.Number(value, 1);

        string Write(double value) => isShare
            ? words.Say("unit.points", ("n", words.Number(value * 100, 0)))
            : words.Number(value, 1);
    }

    /// <summary>Why there is nothing to compare: a reason and never an empty picture.</summary>
    private static string Why(OutcomesModel model, EvaluationAnswer answer, Language words) => words[
        model.IsOwn ? "outcomes.ownAlone" : answer.Withheld ? "outcomes.tooFewShown" : "outcomes.tooFew"];

    private static string Say(
        ComparisonAnswer pair, string measure, bool isShare, Reading reading, Language words)
    {
        var one = pair.Of(measure)!;
        if (one.Interval is not { } interval)
        {
            return words["outcomes.noInterval"];
        }
        var key = interval.Low > 0 ? reading.More : interval.High < 0 ? reading.Fewer : reading.Unclear;
        return words.Say(
            key, ("one", OutcomeCharts.NameOf(pair.Label, words)), ("other", OutcomeCharts.NameOf(pair.Against, words)),
            ("n", Of(Math.Abs(one.Estimate!.Value))), ("low", Of(interval.Low)), ("high", Of(interval.High)));

        string Of(double value) => isShare ? words.Number(value * 100, 0) : words.Number(value, 1);
    }

    /// <summary>What is said when the interval is above nought, below it, or on both sides.</summary>
    private sealed record Reading(string More, string Fewer, string Unclear);
}
