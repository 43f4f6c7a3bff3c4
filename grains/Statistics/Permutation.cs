namespace OsstOrleans.Grains.Statistics;

/// <summary>
/// Randomisation inference among clusters (MacKinnon and Webb 2020): in how many of all assignments of clusters to the
/// treated arm is the studentised difference of means as large as the one seen?
/// </summary>
public static class Permutation
{
    /// <summary>More assignments are not tried.</summary>
    public const int MostAssignments = 200_000;

    private const double Alike = 1e-9;

    /// <summary>
    /// Two-sided p and the number of assignments; null where there are too many, or too few clusters for an error.
    /// </summary>
    public static (double P, int Assignments)? Test(IReadOnlyList<double> treated, IReadOnlyList<double> control)
    {
        double[] all = [.. treated, .. control];
        if (treated.Count < 2 || control.Count < 2 || Assignments(all.Length, treated.Count) > MostAssignments)
        {
            return null;
        }
        var seen = Math.Abs(Studentised(treated, control));
        var (asLarge, tried) = (0, 0);
        foreach (var chosen in Choices(all.Length, treated.Count))
        {
            double[] one = [.. chosen.Select(i => all[i])];
            double[] other = [.. Enumerable.Range(0, all.Length).Except(chosen).Select(i => all[i])];
            asLarge += Math.Abs(Studentised(one, other)) >= seen * (1 - Alike) ? 1 : 0;
            tried++;
        }
        return ((double)asLarge / tried, tried);
    }

    /// <summary>Welch's t.</summary>
    private static double Studentised(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        var (difference, variance) = (one.Average() - other.Average(), OfMean(one) + OfMean(other));
        return variance > 0 ? difference / Math.Sqrt(variance)
            : difference == 0 ? 0
            : double.PositiveInfinity;
    }

    private static double OfMean(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count;
    }

    private static double Assignments(int of, int choose)
    {
        var number = 1.0;
        for (var i = 1; i <= choose; i++)
        {
            number = number * (of - choose + i) / i;
        }
        return number;
    }

    private static IEnumerable<int[]> Choices(int of, int choose)
    {
        var chosen = Enumerable.Range(0, choose).ToArray();
        while (true)
        {
            yield return [.. chosen];
            var i = choose - 1;
            while (i >= 0 && chosen[i] == of - choose + i)
            {
                i--;
            }
            if (i < 0)
            {
                yield break;
            }
            chosen[i]++;
            for (var j = i + 1; j < choose; j++)
            {
                chosen[j] = chosen[j - 1] + 1;
            }
        }
    }
}
