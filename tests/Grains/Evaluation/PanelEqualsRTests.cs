using System.Globalization;
using System.Runtime.CompilerServices;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Tests.Statistics;
using static OsstOrleans.Grains.Tests.Evaluation.MadeUpPanel;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>The same made-up statistics give what R's clubSandwich gives, from the numbers of persons on.</summary>
public sealed class PanelEqualsRTests
{
    private const double Equal = 1e-8;

    [RFact]
    public void Averages_years_weights_logarithms_the_trend_before_and_the_permutation()
    {
        var units = Study(effect: -0.004, noise: 0.006, neither: 0);
        var ours = Assert.Single(PanelEvaluation.Of(Question, units).Comparisons).Estimates
            .ToDictionary(it => it.Measure);
        var theirs = Ask(units);
        Assert.True(theirs.Count >= 30);
        Assert.All(theirs, number =>
        {
            var (measure, what) = (number.Key[..number.Key.IndexOf('.', StringComparison.Ordinal)],
                number.Key[(number.Key.IndexOf('.', StringComparison.Ordinal) + 1)..]);
            var estimate = ours[measure];
            var value = what switch
            {
                "estimate" => estimate.Value,
                "df" => estimate.DegreesOfFreedom,
                "p" => estimate.P,
                _ => estimate.Interval?.Low,
            };
            Assert.True(
                Math.Abs(value!.Value - number.Value) <= Equal * Math.Max(1, Math.Abs(number.Value)),
                string.Create(CultureInfo.InvariantCulture, $"{number.Key}: {value:R}, R has {number.Value:R}"));
        });
    }

    private static Dictionary<string, double> Ask(IReadOnlyList<PanelUnit> units, [CallerFilePath] string here = "")
    {
        var folder = Directory.CreateTempSubdirectory("osst-panel-").FullName;
        try
        {
            File.WriteAllLines(Path.Combine(folder, "panel.csv"),
                units.SelectMany(Rows).Prepend("code,osst,left,year,label,month,is_base,is_after,share,residents"));
            File.Copy(Path.Combine(Path.GetDirectoryName(here)!, "panel.R"), Path.Combine(folder, "panel.R"));
            return R.Numbers(folder, "panel.R");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Rows(PanelUnit unit)
    {
        var arm = unit.State.Arms[0];
        var left = arm is { Arm: StudyArm.OsstAndEmployment, EndsOn: { } last } ? MonthSet.NumberOf(last) : 999_999;
        var residents = unit.State.Panel.Where(it => it.Measure is PanelMeasure.Residents)
            .ToDictionary(it => MonthSet.NumberOf(it.Month), it => it.Value!.Value);
        foreach (var value in unit.State.Panel.Where(it => it.Measure is PanelMeasure.OnAssistance))
        {
            var month = MonthSet.NumberOf(value.Month);
            var share = (double)value.Value!.Value / residents[residents.Keys.Where(it => it <= month).Max()];
            var (isBase, isAfter) = (string.CompareOrdinal(value.Month, "2017-07") <= 0 ? 1 : 0,
                string.CompareOrdinal(value.Month, "2018-04") >= 0 ? 1 : 0);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{unit.Code},{(left < 999_999 ? 1 : 0)},{left},{month / 12},{value.Month},{month},{isBase},{isAfter},"
                + $"{share:R},{residents[MonthSet.NumberOf("2016-12")]}");
        }
    }
}
