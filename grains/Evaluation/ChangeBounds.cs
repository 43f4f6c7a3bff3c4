using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// What a mean change would be if those who died or moved within the window had had no month on assistance after the
/// index, or every one. Each bound is of the mean that its name begins with.
/// </summary>
internal static class ChangeBounds
{
    private static readonly (string Who, Func<IndexCell, (long N, long Before)> Left)[] Leavers =
    [
        ("DEAD", it => (it.Died, it.MonthsBeforeDeath)),
        ("MOVED", it => (it.Moved, it.MonthsBeforeMove)),
        ("GONE", Gone),
    ];

    /// <param name="cells">An arm's municipalities.</param>
    /// <param name="ofMunicipalities">The mean of their means.</param>
    /// <param name="ofClients">The mean of all clients.</param>
    public static IEnumerable<Estimate> Of(
        IReadOnlyList<IndexCell> cells, string ofMunicipalities, string ofClients)
    {
        foreach (var measure in new[] { ofMunicipalities, ofClients })
        {
            foreach (var (who, left) in Leavers)
            {
                yield return Bound($"{measure}_IF_{who}_HAD_NO_MONTH", left, 0);
                yield return Bound($"{measure}_IF_{who}_HAD_ALL_MONTHS", left, BenefitOutcome.WindowMonths);
            }

            Estimate Bound(string name, Func<IndexCell, (long N, long Before)> left, int months)
            {
                ClusterSum[] sums =
                    [.. cells.Select(it => new ClusterSum(it.Change.Clients + left(it).N, Sum(it, left(it), months)))];
                var mean = measure == ofClients
                    ? sums.Sum(it => it.Sum) / sums.Sum(it => it.N)
                    : sums.Average(it => it.AsOne.Sum);
                return Named(name, mean, (long)sums.Sum(it => it.N), cells.Count);
            }
        }
    }

    /// <summary>One arm's lowest against the other's highest, and the other way round.</summary>
    /// <param name="common">Both arms in the index months that they have in common.</param>
    /// <param name="measure">The mean of municipality means.</param>
    public static IEnumerable<Estimate> Of(CommonIndex<IndexCell> common, string measure)
    {
        yield return Bound("LOWEST", 0, BenefitOutcome.WindowMonths);
        yield return Bound("HIGHEST", BenefitOutcome.WindowMonths, 0);

        Estimate Bound(string which, int treated, int control)
        {
            var all = new CommonIndex<(IndexCell Cell, int Months)>(
                With(common.Treated, treated), With(common.Control, control));
            var (ones, others) = all.ByMunicipality(it => Sum(it.Cell, Gone(it.Cell), it.Months));
            return Named(
                $"{measure}_{which}_IF_GONE", ClusterMeans.Difference(ones, others).Estimate, all.N, all.Clusters);
        }
    }

    private static IEnumerable<Cohort<(IndexCell Cell, int Months)>> With(
        IReadOnlyList<Cohort<IndexCell>> cohorts, int months) => cohorts.Select(it =>
        new Cohort<(IndexCell, int)>(it.Municipality, it.Index, it.N + Gone(it.Table).N, (it.Table, months)));

    private static Estimate Named(string name, double value, long n, int clusters) =>
        new(name, value, null, n, clusters) { Note = "a bound, no estimate" };

    private static (long N, long Before) Gone(IndexCell it) =>
        (it.Died + it.Moved, it.MonthsBeforeDeath + it.MonthsBeforeMove);

    private static long Sum(IndexCell it, (long N, long Before) left, int months) =>
        it.Change.MonthsAfter - it.Change.MonthsBefore - left.Before + (months * left.N);
}
