using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>One municipality's clients of one index month, in one arm; in tables for others of one index year.
/// </summary>
/// <param name="Municipality">The municipality's number.</param>
/// <param name="Index">The month's number, or the year.</param>
/// <param name="N">How many they are.</param>
/// <param name="Table">What is known of them.</param>
internal readonly record struct Cohort<TTable>(int Municipality, int Index, double N, TTable Table);

/// <summary>
/// Two arms in the index months that both have. What happened to all who were referred in a month (a season, an
/// epidemic) is no effect, so a month without a counterpart is in no difference, and in the others each client weighs
/// the other arm's share of the month: months then weigh alike in both arms (overlap weights: Li, Morgan and Zaslavsky
/// 2018; it is the least-squares difference within months). Where both arms have the same mixture of months, each
/// client weighs one.
/// </summary>
internal sealed class CommonIndex<TTable>
{
    public CommonIndex(IEnumerable<Cohort<TTable>> treated, IEnumerable<Cohort<TTable>> control)
    {
        (Treated, Control) = (Sorted(treated), Sorted(control));
        var both = Treated.Select(it => it.Index).Intersect(Control.Select(it => it.Index)).ToHashSet();
        Treated = [.. Treated.Where(it => both.Contains(it.Index))];
        Control = [.. Control.Where(it => both.Contains(it.Index))];
        Months = [.. both.Order()];
    }

    /// <summary>Index months that both arms have, in order.</summary>
    public IReadOnlyList<int> Months { get; }

    /// <summary>The first arm's clients in them, by municipality and month.</summary>
    public IReadOnlyList<Cohort<TTable>> Treated { get; }

    /// <summary>The second's.</summary>
    public IReadOnlyList<Cohort<TTable>> Control { get; }

    /// <summary>Clients of both.</summary>
    public long N => (long)Treated.Concat(Control).Sum(it => it.N);

    public int Clusters => Of(Treated) + Of(Control);

    /// <summary>True when both have municipalities enough.</summary>
    public bool IsOfMany => Of(Treated) >= EvaluationQuestion.FewestMunicipalities
        && Of(Control) >= EvaluationQuestion.FewestMunicipalities;

    /// <summary>True when a municipality is in both: they are then not independent.</summary>
    public bool SharesMunicipality =>
        Treated.Select(it => it.Municipality).Intersect(Control.Select(it => it.Municipality)).Any();

    /// <summary>Sums with equal weight for each client of a month.</summary>
    public (ClusterSum[] Treated, ClusterSum[] Control) ByClient(Func<TTable, double> sum) => Sums(sum, false);

    /// <summary>Sums where all clients of a municipality weigh as much as all of another.</summary>
    public (ClusterSum[] Treated, ClusterSum[] Control) ByMunicipality(Func<TTable, double> sum) => Sums(sum, true);

    /// <summary>
    /// Each municipality's mean less the mean of all in the same months: which arm a municipality is in changes none
    /// of them, so that arms can be exchanged.
    /// </summary>
    public (double[] Treated, double[] Control) Exchangeable(Func<TTable, double> sum)
    {
        var (one, other) = (new Side(Treated, isEqual: true), new Side(Control, isEqual: true));
        var shift = Shifts(one, other, sum);
        return (one.Means(sum, shift), other.Means(sum, shift));
    }

    /// <summary>How much each client of a month weighs, so that clients of an arm add up to their number.</summary>
    public (Func<int, double> Treated, Func<int, double> Control) ClientWeights()
    {
        var (one, other) = (new Side(Treated, isEqual: false), new Side(Control, isEqual: false));
        return (one.WeightsAgainst(other), other.WeightsAgainst(one));
    }

    private (ClusterSum[] Treated, ClusterSum[] Control) Sums(Func<TTable, double> sum, bool isEqual)
    {
        var (one, other) = (new Side(Treated, isEqual), new Side(Control, isEqual));
        var shift = Shifts(one, other, sum);
        return (one.Sums(sum, one.WeightsAgainst(other), shift), other.Sums(sum, other.WeightsAgainst(one), shift));
    }

    /// <summary>What takes a month's level to that of all months: the same for both arms, so no difference moves, and
    /// what months differ is no variance of municipalities.</summary>
    private Dictionary<int, double> Shifts(Side one, Side other, Func<TTable, double> sum)
    {
        var levels = Months.ToDictionary(month => month, month =>
            (one.SumIn(month, sum) + other.SumIn(month, sum)) / (one.MassIn(month) + other.MassIn(month)));
        var weights = Months.ToDictionary(month => month, month =>
            one.MassIn(month) * other.MassIn(month) / (one.MassIn(month) + other.MassIn(month)));
        var level = Months.Sum(month => weights[month] * levels[month]) / weights.Values.Sum();
        return Months.ToDictionary(month => month, month => Rounding.OfDifference(level - levels[month], level));
    }

    private static int Of(IReadOnlyList<Cohort<TTable>> cohorts) =>
        cohorts.Select(it => it.Municipality).Distinct().Count();

    private static List<Cohort<TTable>> Sorted(IEnumerable<Cohort<TTable>> cohorts) =>
        [.. cohorts.Where(it => it.N > 0).OrderBy(it => it.Municipality).ThenBy(it => it.Index)];

    /// <summary>An arm, and how much each cohort weighs before the arms' months are made alike.</summary>
    private sealed class Side
    {
        private readonly IReadOnlyList<IGrouping<int, (Cohort<TTable> Cohort, double Mass)>> _municipalities;
        private readonly ILookup<int, (Cohort<TTable> Cohort, double Mass)> _months;
        private readonly Dictionary<int, double> _masses;

        public Side(IReadOnlyList<Cohort<TTable>> cohorts, bool isEqual)
        {
            var sizes = cohorts.GroupBy(it => it.Municipality).ToDictionary(it => it.Key, it => it.Sum(of => of.N));
            (Cohort<TTable> Cohort, double Mass)[] all =
                [.. cohorts.Select(it => (it, isEqual ? it.N / sizes[it.Municipality] : it.N))];
            _municipalities = [.. all.GroupBy(it => it.Cohort.Municipality)];
            _months = all.ToLookup(it => it.Cohort.Index);
            _masses = _months.ToDictionary(it => it.Key, it => it.Sum(of => of.Mass));
        }

        public double MassIn(int month) => _masses[month];

        public double SumIn(int month, Func<TTable, double> sum) =>
            _months[month].Sum(it => it.Mass * sum(it.Cohort.Table) / it.Cohort.N);

        public Func<int, double> WeightsAgainst(Side other)
        {
            var share = _masses.ToDictionary(
                it => it.Key, it => other.MassIn(it.Key) / (it.Value + other.MassIn(it.Key)));
            var scale = _masses.Values.Sum() / _masses.Sum(it => it.Value * share[it.Key]);
            return month => share[month] * scale;
        }

        public ClusterSum[] Sums(
            Func<TTable, double> sum, Func<int, double> weight, Dictionary<int, double> shift) =>
        [
            .. _municipalities.Select(of => new ClusterSum(
                of.Sum(it => it.Mass * weight(it.Cohort.Index)),
                of.Sum(it => it.Mass * weight(it.Cohort.Index) * Shifted(it.Cohort, sum, shift)))),
        ];

        public double[] Means(Func<TTable, double> sum, Dictionary<int, double> shift) =>
        [
            .. _municipalities.Select(of =>
                of.Sum(it => it.Mass * Shifted(it.Cohort, sum, shift)) / of.Sum(it => it.Mass)),
        ];

        private static double Shifted(
            Cohort<TTable> cohort, Func<TTable, double> sum, Dictionary<int, double> shift) =>
            (sum(cohort.Table) / cohort.N) + shift[cohort.Index];
    }
}
