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
        return Test(all.Length, treated.Count, chosen => Math.Abs(Studentised(all, chosen)));
    }

    /// <summary>
    /// The same of several outcomes at once: how often is the largest of their studentised differences as large? Each
    /// cluster has as many values as there are outcomes.
    /// </summary>
    public static (double P, int Assignments)? TestLargest(
        IReadOnlyList<IReadOnlyList<double>> treated, IReadOnlyList<IReadOnlyList<double>> control)
    {
        IReadOnlyList<double>[] all = [.. treated, .. control];
        var outcomes = Enumerable.Range(0, all.Length == 0 ? 0 : all[0].Count)
            .Select(outcome => all.Select(cluster => cluster[outcome]).ToArray()).ToArray();
        return Test(all.Length, treated.Count, chosen =>
            outcomes.Select(values => Math.Abs(Studentised(values, chosen))).DefaultIfEmpty(0).Max());
    }

    private static (double P, int Assignments)? Test(int clusters, int treated, Func<int[], double> statistic)
    {
        if (treated < 2 || clusters - treated < 2 || Assignments(clusters, treated) > MostAssignments)
        {
            return null;
        }
        var seen = statistic([.. Enumerable.Range(0, treated)]);
        var (asLarge, tried) = (0, 0);
        foreach (var chosen in Choices(clusters, treated))
        {
            asLarge += statistic(chosen) >= seen * (1 - Alike) ? 1 : 0;
            tried++;
        }
        return ((double)asLarge / tried, tried);
    }

    private static double Studentised(double[] all, int[] chosen) => Studentised(
        [.. chosen.Select(i => all[i])], [.. Enumerable.Range(0, all.Length).Except(chosen).Select(i => all[i])]);

    /// <summary>Welch's t.</summary>
    private static double Studentised(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        var (mean, of) = (one.Average(), other.Average());
        var (difference, variance) = (Rounding.OfDifference(mean - of, mean), OfMean(one) + OfMean(other));
        return variance > 0 ? difference / Math.Sqrt(variance)
            : difference == 0 ? 0
            : double.PositiveInfinity;
    }

    private static double OfMean(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        var squares = values.Sum(value => (value - mean) * (value - mean));
        return Rounding.Cleared(squares / (values.Count - 1) / values.Count, mean);
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
