using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>Estimates from times to an end: where a curve is followed far enough, and null where it is not.</summary>
internal static class CurveEstimates
{
    public const int Year = 12;
    public const int TwoYears = 24;

    private const int FewestFollowed = 10;

    /// <summary>
    /// Two years are many months after most follow-ups were cut off: a curve that few clients make there is none. At
    /// least ten must have been followed so far, unless none was cut off before.
    /// </summary>
    public static bool Reaches(Survival curve, int months) => curve.Reaches(months)
        && (months < TwoYears || curve.AtRisk(months) >= FewestFollowed || curve.CensoredBefore(months) == 0);

    public static double? Known(Survival curve, int months, double value) => curve.Reaches(months) ? value : null;

    public static string NotFollowed(int months) => months == TwoYears
        ? $"fewer than {FewestFollowed} clients were followed {months} months"
        : $"not followed {months} months";

    /// <summary>One arm: with an interval from three municipalities on.</summary>
    public static Estimate Clustered(
        string measure, IReadOnlyList<ClusterSum> clusters, Survival curve, int months) =>
        !Reaches(curve, months)
            ? new Estimate(measure, null, null, curve.N, clusters.Count) { Note = NotFollowed(months) }
        : clusters.Count < EvaluationQuestion.FewestMunicipalities
            ? new Estimate(measure, ClusterMeans.Mean(clusters).Estimate, null, curve.N, clusters.Count)
        : Estimate.Of(measure, ClusterMeans.Mean(clusters), clusters);

    /// <summary>The first arm less the second.</summary>
    public static Estimate Difference(
        string measure, Survival one, Survival other, int months, Func<Survival, IReadOnlyList<ClusterSum>> pseudo)
    {
        var (treated, control) = (pseudo(one), pseudo(other));
        if (!Reaches(one, months) || !Reaches(other, months))
        {
            return new Estimate(measure, null, null, one.N + other.N, treated.Count + control.Count)
            {
                Note = $"{NotFollowed(months)} in both arms",
            };
        }
        var difference = ClusterMeans.Difference(treated, control);
        return Estimate.Of(measure, difference, [.. treated, .. control]) with
        {
            N = one.N + other.N,
            P = difference.P,
            SmallestDetectable = difference.SmallestDetectable,
        };
    }
}
