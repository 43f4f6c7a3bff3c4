using MathNet.Numerics.Distributions;

namespace OsstOrleans.Grains.Statistics;

/// <summary>What a cluster adds to a mean.</summary>
/// <param name="N">Its persons.</param>
/// <param name="Sum">The sum over them.</param>
public readonly record struct ClusterSum(double N, double Sum)
{
    /// <summary>The cluster as one observation: its mean counts once, however large it is.</summary>
    public ClusterSum AsOne => new(1, Sum / N);
}

/// <summary>An estimate with a standard error that allows for likeness within clusters.</summary>
/// <param name="Estimate">The mean or the difference.</param>
/// <param name="Error">Its standard error (CR2).</param>
/// <param name="DegreesOfFreedom">Satterthwaite's.</param>
public readonly record struct ClusterEstimate(double Estimate, double Error, double DegreesOfFreedom)
{
    private const double Power = 0.8;

    /// <summary>The t interval; null without clusters enough for an error.</summary>
    public Interval? Interval(double level = Statistics.Interval.Usual)
    {
        if (!(Error > 0) || !(DegreesOfFreedom > 0))
        {
            return null;
        }
        var wide = Statistics.Interval.T(level, DegreesOfFreedom) * Error;
        return new Interval(Estimate - wide, Estimate + wide, level, "CR2, Satterthwaite t");
    }

    /// <summary>Two-sided p against no difference; null without an error.</summary>
    public double? P => Error > 0 && DegreesOfFreedom > 0
        ? 2 * StudentT.CDF(0, 1, DegreesOfFreedom, -Math.Abs(Estimate / Error))
        : null;

    /// <summary>The smallest true difference that is found with a chance of 80 % at the level of 5 %; null as above.
    /// </summary>
    public double? SmallestDetectable => Error > 0 && DegreesOfFreedom > 0
        ? (Statistics.Interval.T(Statistics.Interval.Usual, DegreesOfFreedom)
            + StudentT.InvCDF(0, 1, DegreesOfFreedom, Power)) * Error
        : null;
}

/// <summary>
/// Means over persons in clusters, and differences of two arms, where each cluster is in one arm. Bias-reduced
/// linearisation CR2 (Bell and McCaffrey 2002) with Satterthwaite degrees of freedom (Pustejovsky and Tipton 2018). In
/// these models both need only each cluster's number and sum.
/// </summary>
public static class ClusterMeans
{
    /// <summary>The mean of all persons.</summary>
    public static ClusterEstimate Mean(IReadOnlyList<ClusterSum> clusters)
    {
        var arm = new Arm(clusters);
        return new ClusterEstimate(arm.Mean, Math.Sqrt(arm.Variance), arm.Trace * arm.Trace / arm.SquaredTrace);
    }

    /// <summary>The mean of the first arm less the mean of the second.</summary>
    public static ClusterEstimate Difference(IReadOnlyList<ClusterSum> treated, IReadOnlyList<ClusterSum> control)
    {
        var (one, other) = (new Arm(treated), new Arm(control));
        var trace = one.Trace + other.Trace;
        return new ClusterEstimate(
            one.Mean - other.Mean, Math.Sqrt(one.Variance + other.Variance),
            trace * trace / (one.SquaredTrace + other.SquaredTrace));
    }

    private readonly struct Arm
    {
        public Arm(IReadOnlyList<ClusterSum> clusters)
        {
            var n = clusters.Sum(cluster => cluster.N);
            Mean = clusters.Sum(cluster => cluster.Sum) / n;
            foreach (var cluster in clusters)
            {
                var share = cluster.N / n;
                var residual = cluster.Sum - (cluster.N * Mean);
                Variance += residual * residual / (n * n * (1 - share));
                Trace += cluster.N / (n * n);
                foreach (var other in clusters)
                {
                    // The working model's covariance of two clusters' parts.
                    var both = cluster.N * other.N / (n * n * n)
                        / Math.Sqrt((1 - share) * (1 - (other.N / n)));
                    SquaredTrace += both * both;
                }
                var itself = cluster.N * share / (n * n * (1 - share));
                SquaredTrace += Square(cluster.N / (n * n)) - Square(itself);
            }
            Variance = Rounding.Cleared(Variance, Mean);
        }

        public double Mean { get; }

        public double Variance { get; }

        public double Trace { get; }

        public double SquaredTrace { get; }

        private static double Square(double value) => value * value;
    }
}
