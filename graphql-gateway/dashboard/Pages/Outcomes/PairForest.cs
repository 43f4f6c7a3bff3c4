using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Outcomes;

/// <summary>
/// A measure's differences of arms on one scale: the experiment against both controls, and what each side means.
/// </summary>
/// <param name="Key">The chart's key.</param>
/// <param name="Measure">The measure.</param>
/// <param name="Unit">How it is written.</param>
/// <param name="Texts">Keys of its words.</param>
public sealed record PairForest(string Key, string Measure, EstimateUnit Unit, PairTexts Texts)
{
    /// <summary>The chart of an answer.</summary>
    /// <param name="answer">The estimates.</param>
    /// <param name="why">Why there is nothing to compare, where there is nothing.</param>
    /// <param name="words">The language.</param>
    public Chart Of(EvaluationAnswer answer, string why, Language words)
    {
        var pairs = OutcomesModel.Of(answer).Where(pair => pair.Of(Measure)?.Estimate is not null).ToArray();
        var rows = pairs.Select(pair => (Pair: pair, Estimate: pair.Of(Measure)!)).Select(one => new ForestRow(
            OutcomeCharts.Against(one.Pair, words), EstimateWords.Text(one.Estimate, Unit.Write, Unit.Mark, words),
            one.Estimate.Estimate, one.Estimate.Interval?.Low, one.Estimate.Interval?.High,
            Arm.Of(one.Pair.Against)));
        return new Chart(
            Key, words[Texts.Title], pairs.Length == 0 ? why : Sentence(pairs[0], words),
            OutcomeCharts.SheetOf(answer, Unit, words, measure => measure == Measure),
            pairs.Length == 0 ? null : new Forest([.. rows], Unit.Mark)
            {
                Zero = 0,
                Directions = (words[Texts.Below], words[Texts.Above]),
                LastMarkOf = Unit.End,
            })
        {
            Definition = EstimateWords.Definition(answer, words),
        };
    }

    /// <summary>What the first of the pairs says: it is the primary comparison.</summary>
    public string Sentence(ComparisonAnswer pair, Language words)
    {
        var one = pair.Of(Measure)!;
        if (one.Interval is not { } interval)
        {
            return words["outcomes.noInterval"];
        }
        var key = interval.Low > 0 ? Texts.More : interval.High < 0 ? Texts.Fewer : Texts.Unclear;
        return words.Say(
            key, ("one", OutcomeCharts.NameOf(pair.Label, words)), ("other", OutcomeCharts.NameOf(pair.Against, words)),
            ("n", Unit.Mark(Math.Abs(one.Estimate!.Value))), ("low", Unit.Mark(interval.Low)),
            ("high", Unit.Mark(interval.High)));
    }
}

/// <summary>Keys of what is said of a difference.</summary>
/// <param name="Title">The chart's heading.</param>
/// <param name="More">Said when the interval is above nought.</param>
/// <param name="Fewer">Said when it is below.</param>
/// <param name="Unclear">Said when it is on both sides.</param>
/// <param name="Below">What a value below nought means.</param>
/// <param name="Above">What one above means.</param>
public sealed record PairTexts(string Title, string More, string Fewer, string Unclear, string Below, string Above);
