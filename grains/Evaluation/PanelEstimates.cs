using System.Globalization;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>Differences of two arms of the panel.</summary>
/// <param name="question">What is asked.</param>
/// <param name="adopted">The month in which the first experiment of the comparison began.</param>
/// <param name="began">The month in which the treated arm began; averages are of months after it.</param>
/// <param name="treated">Its municipalities.</param>
/// <param name="control">The others.</param>
internal sealed class PanelEstimates(
    EvaluationQuestion question, int adopted, int began, List<PanelSeries> treated, List<PanelSeries> control)
{
    private readonly long _n = (long)treated.Concat(control).Sum(it => it.Residents);

    private int RampedUp => began + PanelPeriod.RampUpMonths;

    /// <summary>The months of the averages.</summary>
    private int[] After => [.. Enumerable
        .Range(PanelPeriod.BaseFrom, question.ToMonth - PanelPeriod.BaseFrom + 1)
        .Where(month => month >= RampedUp && month >= question.FromMonth)];

    /// <param name="isPermuted">Whether chance could have put the controls into the treated arm.</param>
    public IEnumerable<Estimate> All(bool isPermuted)
    {
        if (After.Length > 0)
        {
            yield return Mean(PanelEvaluation.Primary, After);
            foreach (var year in After.GroupBy(month => month / 12))
            {
                yield return Mean(
                    string.Create(CultureInfo.InvariantCulture, $"MEAN_EFFECT_{year.Key}"), [.. year]);
            }
            yield return Mean("MEAN_EFFECT_EVER_TREATED", After, isEver: true) with
            {
                Note = "a municipality that left stays in, with the months after it left",
            };
            yield return Mean("MEAN_EFFECT_WEIGHTED", After, isWeighted: true) with
            {
                Note = "each municipality by its residents in the last month of the base",
            };
            yield return Logarithmic();
            if (isPermuted)
            {
                yield return Permuted();
            }
        }
        yield return Trend();
        for (var month = PanelPeriod.BaseFrom; month <= question.ToMonth; month++)
        {
            yield return Mean(PanelEvaluation.Name(month), [month]) with
            {
                Note = month <= PanelPeriod.BaseThrough ? "base: these add up to nothing"
                    : month < adopted ? "before adoption"
                    : month < RampedUp ? "ramp-up: in no average"
                    : null,
            };
        }
    }

    private Estimate Logarithmic()
    {
        List<PanelSeries> ones = [.. treated.Where(it => it.HasLogs)];
        List<PanelSeries> others = [.. control.Where(it => it.HasLogs)];
        var mean = Difference(
            "MEAN_EFFECT_LOG", Sums(ones, After, (it, month) => it.LogChange(month)),
            Sums(others, After, (it, month) => it.LogChange(month)), (long)ones.Concat(others).Sum(it => it.Residents));
        return mean with
        {
            Note = "difference of logarithms: -0.1 is about a tenth fewer; none where a month has no person on it",
        };
    }

    private Estimate Permuted()
    {
        var permuted = Permutation.Test([.. treated.Select(Whole)], [.. control.Select(Whole)]);
        return new Estimate(
            "PERMUTATION", treated.Average(Whole) - control.Average(Whole), null, _n, treated.Count + control.Count)
        {
            P = permuted?.P,
            Note = permuted is { } it
                ? FormattableString.Invariant(
                    $"of MEAN_EFFECT_EVER_TREATED; {it.Assignments} assignments, the smallest p is 1/{it.Assignments}")
                : "too many assignments, or too few municipalities",
        };

        double Whole(PanelSeries series) => After.Average(series.Change);
    }

    private Estimate Trend() => Difference(
        "PRE_TREND", [.. treated.Select(it => new ClusterSum(1, it.Slope()))],
        [.. control.Select(it => new ClusterSum(1, it.Slope()))], _n) with
    {
        Note = "change of the difference a month within the base; finding nothing is no proof of likeness",
    };

    private Estimate Mean(string measure, int[] months, bool isEver = false, bool isWeighted = false) => Difference(
        measure, Sums(treated, months, Change, isEver, isWeighted),
        Sums(control, months, Change, isEver: false, isWeighted), _n);

    private static double Change(PanelSeries series, int month) => series.Change(month);

    /// <summary>
    /// The mean over months of each month's mean over those who were in the arm then: what each municipality adds, and
    /// its weight, which adds up to their number (or residents). One that left has the less.
    /// </summary>
    private ClusterSum[] Sums(
        List<PanelSeries> arm, int[] months, Func<PanelSeries, int, double> value, bool isEver = false,
        bool isWeighted = false)
    {
        PanelSeries[] members = [.. arm.Where(it => Array.Exists(months, month => IsIn(it, month)))];
        var all = members.Sum(Weight) / months.Length;
        var sums = new (double N, double Sum)[members.Length];
        foreach (var month in months)
        {
            PanelSeries[] then = [.. members.Where(it => IsIn(it, month))];
            if (then.Length < EvaluationQuestion.FewestMunicipalities)
            {
                return [];
            }
            var weights = then.Sum(Weight);
            for (var i = 0; i < members.Length; i++)
            {
                var part = IsIn(members[i], month) ? all * Weight(members[i]) / weights : 0;
                sums[i] = (sums[i].N + part, sums[i].Sum + (part * (part > 0 ? value(members[i], month) : 0)));
            }
        }
        return [.. sums.Select(it => new ClusterSum(it.N, it.Sum))];

        double Weight(PanelSeries series) => isWeighted ? series.Residents : 1;

        // Before its own arm began, each is what it will be.
        bool IsIn(PanelSeries series, int month) => isEver || month < series.Adopted || series.IsIn(month);
    }

    private static Estimate Difference(string measure, ClusterSum[] ones, ClusterSum[] others, long n)
    {
        if (ones.Length < EvaluationQuestion.FewestMunicipalities
            || others.Length < EvaluationQuestion.FewestMunicipalities)
        {
            return new Estimate(measure, null, null, 0, ones.Length + others.Length);
        }
        var difference = ClusterMeans.Difference(ones, others);
        return Estimate.Of(measure, difference, [.. ones, .. others]) with
        {
            N = n,
            P = difference.P,
            SmallestDetectable = difference.SmallestDetectable,
        };
    }
}
