namespace OsstOrleans.Grains.Statistics;

/// <summary>The mean of differences within persons, who are taken as drawn independently (Student 1908).</summary>
public static class PairedChange
{
    /// <summary>
    /// Mean and error from integer sums: exact until the last step, so they depend on no order. Null of none; without
    /// an error of one alone.
    /// </summary>
    /// <param name="n">Persons.</param>
    /// <param name="sum">Sum of their differences.</param>
    /// <param name="squares">Sum of their squared differences.</param>
    /// <param name="unit">What one difference of 1 is worth.</param>
    public static ClusterEstimate? Of(long n, long sum, long squares, double unit)
    {
        if (n == 0)
        {
            return null;
        }
        var mean = unit * sum / n;
        if (n == 1)
        {
            return new ClusterEstimate(mean, 0, 0);
        }
        var spread = ((Int128)n * squares) - ((Int128)sum * sum);
        return new ClusterEstimate(
            mean, unit * Math.Sqrt((double)spread / ((double)n * n * (n - 1))), n - 1);
    }
}
