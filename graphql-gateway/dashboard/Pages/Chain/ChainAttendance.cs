using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Chain;

/// <summary>
/// Do clients who were referred for a need come more often than those whose assistance was reduced? With intervals, and
/// with what the difference cannot say.
/// </summary>
public static class ChainAttendance
{
    private const string Measure = "ATTENDED_90";
    private static readonly string[] s_groups = ["NEED", "REDUCTION"];

    /// <summary>The difference, from the measure that allows for municipalities to the one that does not.</summary>
    private static readonly string[] s_differences = ["RISK_DIFFERENCE_MANTEL_HAENSZEL", "RISK_DIFFERENCE"];

    /// <summary>Null where it is not asked.</summary>
    public static Chart? Of(ChainModel model, Language words)
    {
        if (model.Attendance is not { } answer)
        {
            return null;
        }
        var groups = s_groups.Select(label => (Label: label, Estimate: answer.Group(label)?.Of(Measure)))
            .Where(one => one.Estimate?.Estimate is not null).Select(one => (one.Label, Estimate: one.Estimate!))
            .ToArray();
        var rows = groups.Select(one => new ForestRow(
            words.Of("came", one.Label),
            words.Say("estimate.ofN", ("text", EstimateWords.Share(one.Estimate, words)), ("n", one.Estimate.N)),
            one.Estimate.Estimate,
            one.Estimate.Interval?.Low, one.Estimate.Interval?.High));
        var forest = new Forest([.. rows], words.Percent) { Ends = [0, 1] };
        return new Chart(
            "attendance", words["attendance.title"], Sentence(answer, groups, words),
            EstimateWords.Sheet(
                groups.Select(one => new EstimateRow(
                    words.Of("came", one.Label), one.Label, one.Estimate)), EstimateUnit.Shares(words), words),
            groups.Length == 0 ? null : forest)
        {
            Caveats =
            [
                words["attendance.first"], words["attendance.noEffect"], words["attendance.persons"],
                .. answer.Withheld ? (string[])[words["evaluation.withheld"]] : [],
            ],
            Definition = EstimateWords.Definition(answer, words),
        };
    }

    private static long Came(EstimateAnswer one) => (long)Math.Round(one.Estimate!.Value * one.N);

    private static string Sentence(
        EvaluationAnswer answer, (string Label, EstimateAnswer Estimate)[] groups, Language words)
    {
        if (groups is not [var need, var reduced])
        {
            return words[answer.Withheld ? "attendance.withheld" : "attendance.none"];
        }
        if (Math.Min(need.Estimate.N, reduced.Estimate.N) < ChainCharts.FewestOfHundred)
        {
            return words.Say(
                "attendance.few", ("needAll", need.Estimate.N), ("need", Came(need.Estimate)),
                ("reducedAll", reduced.Estimate.N), ("reduced", Came(reduced.Estimate)));
        }
        var came = words.Say(
            "attendance.sentence", ("need", ChainCharts.Hundred(need.Estimate.Estimate)),
            ("needBetween", EstimateWords.Between(need.Estimate, words)),
            ("reduced", ChainCharts.Hundred(reduced.Estimate.Estimate)),
            ("reducedBetween", EstimateWords.Between(reduced.Estimate, words)));
        var difference = answer.Comparisons.SelectMany(one => one.Estimates)
            .Where(one => one.Interval is not null).OrderBy(one => Array.IndexOf(s_differences, one.Measure))
            .FirstOrDefault(one => s_differences.Contains(one.Measure));
        var verdict = difference?.Interval switch
        {
            null => "attendance.unclear",
            { Low: > 0 } => "attendance.more",
            { High: < 0 } => "attendance.less",
            _ => "attendance.unclear",
        };
        return $"{came} {words[verdict]}";
    }
}
