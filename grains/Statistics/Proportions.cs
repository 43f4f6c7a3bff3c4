namespace OsstOrleans.Grains.Statistics;

/// <summary>So many of so many.</summary>
public readonly record struct Tally(long Count, long Of)
{
    /// <summary>0-1; null of none.</summary>
    public double? Share => Of == 0 ? null : (double)Count / Of;
}

/// <summary>Two tallies of one stratum, and the stratum's weight in a Mantel-Haenszel difference.</summary>
/// <param name="One">The first group's.</param>
/// <param name="Other">The second group's.</param>
public readonly record struct Stratum(Tally One, Tally Other)
{
    internal double Weight => (double)One.Of * Other.Of / (One.Of + Other.Of);

    internal double Difference => One.Share!.Value - Other.Share!.Value;
}

/// <summary>Shares, their differences, and what intervals they have.</summary>
public static class Proportions
{
    /// <summary>Wilson's score interval (1927), as persons drawn independently; null of none.</summary>
    public static Interval? Wilson(Tally tally, double level = Interval.Usual)
    {
        if (tally.Share is not { } share)
        {
            return null;
        }
        var (z, n) = (Interval.Z(level), (double)tally.Of);
        var middle = (share + (z * z / (2 * n))) / (1 + (z * z / n));
        var wide = z / (1 + (z * z / n)) * Math.Sqrt((share * (1 - share) / n) + (z * z / (4 * n * n)));
        return new Interval(Math.Max(0, middle - wide), Math.Min(1, middle + wide), level, "Wilson score");
    }

    /// <summary>Newcombe's interval of a difference (1998, method 10); null when one of them is of none.</summary>
    public static Interval? Newcombe(Tally one, Tally other, double level = Interval.Usual)
    {
        if (Wilson(one, level) is not { } first || Wilson(other, level) is not { } second)
        {
            return null;
        }
        var (p, q) = (one.Share!.Value, other.Share!.Value);
        return new Interval(
            p - q - Math.Sqrt(Square(p - first.Low) + Square(second.High - q)),
            p - q + Math.Sqrt(Square(first.High - p) + Square(q - second.Low)), level, "Newcombe hybrid score");
    }

    /// <summary>
    /// Mantel and Haenszel's risk difference over strata: a weighted mean of the strata's own differences, with the
    /// error and the degrees of freedom of such a mean, so that likeness within a stratum and unlike differences are
    /// both in it, and one large stratum leaves few degrees. Strata in which one group is empty say nothing. Null
    /// without any; without an error where there is one.
    /// </summary>
    public static ClusterEstimate? MantelHaenszel(IReadOnlyList<Stratum> strata)
    {
        Stratum[] saying = [.. strata.Where(it => it is { One.Of: > 0, Other.Of: > 0 })];
        if (saying.Length == 0)
        {
            return null;
        }
        return saying is [var only]
            ? new ClusterEstimate(only.Difference, 0, 0)
            : ClusterMeans.Mean([.. saying.Select(it => new ClusterSum(it.Weight, it.Weight * it.Difference))]);
    }

    /// <summary>
    /// The chance that one drawn from the first group is in a better category than one of the second, ties counting
    /// half. Categories go from the best to the worst. Null when a group is empty.
    /// </summary>
    public static double? Superiority(IReadOnlyList<long> one, IReadOnlyList<long> other)
    {
        double better = 0;
        for (var i = 0; i < one.Count; i++)
        {
            better += one[i] * ((other[i] / 2.0) + other.Skip(i + 1).Sum());
        }
        var pairs = (double)one.Sum() * other.Sum();
        return pairs == 0 ? null : better / pairs;
    }

    private static double Square(double value) => value * value;
}
