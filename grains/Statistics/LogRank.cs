using MathNet.Numerics.Distributions;

namespace OsstOrleans.Grains.Statistics;

/// <summary>
/// The log-rank test of two curves (Mantel 1966). It takes persons as drawn independently, so with few municipalities
/// it finds too much: it stands beside the clustered comparison for readers who know it, and is no evidence by itself.
/// </summary>
public static class LogRank
{
    /// <summary>Chi-square with one degree of freedom, and its p; null where nothing happened.</summary>
    public static (double ChiSquare, double P)? Test(Survival one, Survival other) => Test([(one, other)]);

    /// <summary>The same within strata: curves are compared with those of their own stratum alone.</summary>
    public static (double ChiSquare, double P)? Test(IEnumerable<(Survival One, Survival Other)> strata)
    {
        var (excess, variance) = (0.0, 0.0);
        foreach (var (one, other) in strata)
        {
            Add(one, other, ref excess, ref variance);
        }
        if (!(variance > 0))
        {
            return null;
        }
        var chiSquare = excess * excess / variance;
        return (chiSquare, 1 - ChiSquared.CDF(1, chiSquare));
    }

    private static void Add(Survival one, Survival other, ref double excess, ref double variance)
    {
        for (var month = 1; month <= Math.Max(one.Longest, other.Longest); month++)
        {
            var (n, m) = ((double)one.AtRisk(month), (double)other.AtRisk(month));
            var (d, all) = (one.Events(month), one.Events(month) + other.Events(month));
            var risk = n + m;
            if (risk < 2)
            {
                continue;
            }
            excess += d - (all * n / risk);
            variance += all * (n / risk) * (m / risk) * (risk - all) / (risk - 1);
        }
    }
}
