namespace OsstOrleans.Grains.Statistics;

/// <summary>
/// Wild cluster bootstrap-t of a difference of two arms with the null imposed (Cameron, Gelbach and Miller 2008) and
/// Webb's six-point weights (Webb 2014), which few clusters need. Scores are those of the jackknife (WCR-S: MacKinnon,
/// Nielsen and Webb 2023): a large cluster draws the common mean to itself, so its deviation is taken from the mean of
/// the others. The draws are numbers of a fixed seed that can be exported, so another program gives the same p to the
/// last digit.
/// </summary>
public sealed class WildBootstrap
{
    /// <summary>Draws of an ordinary question.</summary>
    public const int UsualDraws = 9_999;

    private const ulong Seed = 20_180_101;
    private const double Found = 1e-6;
    private const int MostHalvings = 60;

    private static readonly double[] Weights =
        [-Math.Sqrt(1.5), -1, -Math.Sqrt(0.5), Math.Sqrt(0.5), 1, Math.Sqrt(1.5)];

    private readonly ClusterSum[] _clusters;
    private readonly int _treated;
    private readonly byte[] _draws;
    private readonly int _count;

    public WildBootstrap(
        IReadOnlyList<ClusterSum> treated, IReadOnlyList<ClusterSum> control, int draws = UsualDraws)
    {
        _clusters = [.. treated, .. control];
        (_treated, _count) = (treated.Count, draws);
        _draws = Draws(draws, _clusters.Length);
    }

    /// <summary>
    /// Numbers 0-5 of Webb's weights in rising order, a row for each draw and a column for each cluster: first the
    /// treated in the order of codes, then the control.
    /// </summary>
    public static byte[] Draws(int draws, int clusters)
    {
        var numbers = new byte[draws * clusters];
        var state = Seed;
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (byte)(Next(ref state) % (ulong)Weights.Length);
        }
        return numbers;
    }

    /// <summary>
    /// Two-sided p against a true difference: never 0, for what was seen is one of the draws. Null where clusters do
    /// not vary within their arms, which leaves nothing to judge a difference by.
    /// </summary>
    public double? P(double difference = 0)
    {
        // The null imposed: the treated's values less the difference have one mean with the control's.
        var values = _clusters.Select((it, i) => i < _treated ? it with { Sum = it.Sum - (difference * it.N) } : it)
            .ToArray();
        var mean = values.Sum(it => it.Sum) / values.Sum(it => it.N);
        var all = values.Sum(it => it.N);
        var residuals = values.Select(it => (it.Sum - (it.N * mean)) / (1 - (it.N / all))).ToArray();
        var seen = Math.Abs(Studentised([.. values.Select(it => it.Sum)]));
        if (!double.IsFinite(seen))
        {
            return null;
        }
        var asLarge = 0;
        var drawn = new double[values.Length];
        for (var draw = 0; draw < _count; draw++)
        {
            for (var i = 0; i < drawn.Length; i++)
            {
                drawn[i] = (values[i].N * mean) + (Weights[_draws[(draw * drawn.Length) + i]] * residuals[i]);
            }
            asLarge += Math.Abs(Studentised(drawn)) >= seen ? 1 : 0;
        }
        return (1.0 + asLarge) / (1 + _count);
    }

    /// <summary>All differences that are not rejected, found by halving from the estimate outwards; null when an end
    /// is farther away than a hundred standard errors.</summary>
    public Interval? Invert(ClusterEstimate estimate, double level = Interval.Usual)
    {
        if (!(estimate.Error > 0))
        {
            return null;
        }
        var (low, high) = (End(estimate, -1, 1 - level), End(estimate, +1, 1 - level));
        return low is null || high is null
            ? null
            : new Interval(low.Value, high.Value, level, "wild cluster bootstrap-t, Webb weights, inverted");
    }

    private double? End(ClusterEstimate estimate, int side, double alpha)
    {
        var (inside, step) = (estimate.Estimate, estimate.Error);
        var outside = inside + (side * step);
        for (var tries = 0; P(outside) > alpha; tries++, step *= 2)
        {
            if (step > 100 * estimate.Error)
            {
                return null;
            }
            (inside, outside) = (outside, outside + (side * step));
        }
        for (var half = 0; half < MostHalvings && Math.Abs(outside - inside) > Found * estimate.Error; half++)
        {
            var middle = (inside + outside) / 2;
            (inside, outside) = P(middle) > alpha ? (middle, outside) : (inside, middle);
        }
        return (inside + outside) / 2;
    }

    private double Studentised(double[] sums)
    {
        var (one, other) = (ArmOf(sums, 0, _treated), ArmOf(sums, _treated, sums.Length));
        return (one.Mean - other.Mean) / Math.Sqrt(
            Rounding.Cleared(one.Variance, one.Mean) + Rounding.Cleared(other.Variance, other.Mean));
    }

    private (double Mean, double Variance) ArmOf(double[] sums, int from, int until)
    {
        var (n, sum, variance) = (0.0, 0.0, 0.0);
        for (var i = from; i < until; i++)
        {
            (n, sum) = (n + _clusters[i].N, sum + sums[i]);
        }
        var mean = sum / n;
        for (var i = from; i < until; i++)
        {
            var residual = sums[i] - (_clusters[i].N * mean);
            variance += residual * residual;
        }
        return (mean, variance / (n * n));
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014).</summary>
    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            state += 0x9E37_79B9_7F4A_7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
