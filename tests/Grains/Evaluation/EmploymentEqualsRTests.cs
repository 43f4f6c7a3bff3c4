using System.Globalization;
using System.Runtime.CompilerServices;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Tests.Statistics;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>The same made-up clients give what R's survival and clubSandwich give, from their times and ends on.
/// </summary>
public sealed class EmploymentEqualsRTests
{
    private const double Equal = 1e-9;
    private const double EqualClustered = 1e-8;

    [RFact]
    public void Shares_who_began_with_competing_ends_and_open_cases_and_their_difference()
    {
        // To 15.12.2019: 21 whole months from the index month on, so two years are not followed.
        var today = new DateOnly(2019, 12, 15);
        var units = MadeUpEmployment.Study(6, 3);
        var result = EmploymentEvaluation.Of(
            new EvaluationQuestion(
                EvaluationSubject.Employment, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2018-12")),
            units, today);
        var ours = new Dictionary<string, double?>(StringComparer.Ordinal);
        foreach (var (arm, name) in new[] { (StudyArm.OsstAndEmployment, "1"), (StudyArm.EmploymentOnly, "0") })
        {
            var group = result.Groups.Single(it => it.Label == $"STUDY: {StudyArmWord(arm)}");
            foreach (var months in (int[])[3, 6, 12])
            {
                ours[$"began.{months}.{name}"] = Of(group.Estimates, $"BEGAN_{months}").Value;
            }
            ours[$"closed.12.{name}"] = Of(group.Estimates, "CLOSED_12").Value;
            ours[$"died.12.{name}"] = Of(group.Estimates, "DIED_12").Value;
            ours[$"moved.12.{name}"] = Of(group.Estimates, "MOVED_12").Value;
            ours[$"waiting.20.{name}"] = group.Curve[19].StillOn;
        }
        var difference = Of(
            result.Comparisons.Single(it => it.Label == "STUDY: OSST_AND_EMPLOYMENT").Estimates, "BEGAN_12");
        ours["difference.estimate"] = difference.Value;
        ours["difference.df"] = difference.DegreesOfFreedom;
        ours["difference.p"] = difference.P;
        ours["difference.low"] = difference.Interval!.Low;
        var theirs = Ask(units);
        Assert.Equal(theirs.Keys.Order(StringComparer.Ordinal), ours.Keys.Order(StringComparer.Ordinal));
        Assert.All(theirs, number => Assert.True(
            Math.Abs(ours[number.Key]!.Value - number.Value)
                <= (number.Key.StartsWith("difference", StringComparison.Ordinal) ? EqualClustered : Equal)
                    * Math.Max(1, Math.Abs(number.Value)),
            string.Create(CultureInfo.InvariantCulture, $"{number.Key}: {ours[number.Key]:R}, R {number.Value:R}")));
    }

    private static string StudyArmWord(StudyArm arm) =>
        arm is StudyArm.OsstAndEmployment ? "OSST_AND_EMPLOYMENT" : "EMPLOYMENT_ONLY";

    private static Estimate Of(IReadOnlyList<Estimate> estimates, string measure) =>
        estimates.Single(it => it.Measure == measure);

    private static Dictionary<string, double> Ask(
        IReadOnlyList<EvaluationUnit> units, [CallerFilePath] string here = "")
    {
        const int Followed = 21;
        var folder = Directory.CreateTempSubdirectory("osst-employment-").FullName;
        try
        {
            File.WriteAllLines(
                Path.Combine(folder, "clients.csv"),
                units.SelectMany(unit => unit.Employment.Ends.Where(it => it.Key.Path is EmploymentPath.Study)
                    .SelectMany(it => Enumerable.Repeat(it.Key, it.Value)).Select(key =>
                        (Arm: unit.State.Arms[0].Arm is StudyArm.OsstAndEmployment ? 1 : 0, Key: key))
                    .Select(it => it.Key.End is PathEnd.Open || it.Key.Months > Followed
                        ? $"{unit.Code},{it.Arm},{Followed},0"
                        : $"{unit.Code},{it.Arm},{it.Key.Months},{(int)it.Key.End}"))
                    .Prepend("cluster,arm,time,end"));
            File.Copy(
                Path.Combine(Path.GetDirectoryName(here)!, "employment.R"), Path.Combine(folder, "employment.R"));
            return R.Numbers(folder, "employment.R");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
