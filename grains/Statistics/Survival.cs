namespace OsstOrleans.Grains.Statistics;

/// <summary>So many persons of a cluster who were followed so long, and how it ended.</summary>
/// <param name="Cluster">The cluster's number.</param>
/// <param name="Time">Whole months, from 1.</param>
/// <param name="End">0 for a follow-up that was cut off, 1 for the event, 2 and more for ends that compete with it.
/// </param>
/// <param name="Count">How many.</param>
public readonly record struct FollowedUp(int Cluster, int Time, int End, long Count)
{
    /// <summary>How much each counts in curves; one for a person among persons.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>What they count together.</summary>
    public double Mass => Count * Weight;
}

/// <summary>
/// Times to an event in whole months. Persons cut off at a month are at risk in it. Kaplan and Meier (1958) with
/// Greenwood's variance; Aalen and Johansen (1978) where other ends compete; restricted mean (Royston and Parmar 2013).
/// </summary>
public sealed class Survival
{
    /// <summary>The end that is the event.</summary>
    public const int Event = 1;

    /// <summary>A product of shares that is exactly one half may miss it in the last digits.</summary>
    private const double Half = 0.5 + 1e-9;

    private readonly IReadOnlyList<FollowedUp> _persons;
    private readonly double _mass;
    private readonly double[] _atRisk;
    private readonly double[] _events;
    private readonly double[] _ends;
    private readonly Dictionary<int, double[]> _byEnd = [];

    public Survival(IReadOnlyList<FollowedUp> persons)
    {
        _persons = persons;
        Longest = persons.Count == 0 ? 0 : persons.Max(it => it.Time);
        (_atRisk, _events, _ends) = (new double[Longest + 1], new double[Longest + 1], new double[Longest + 1]);
        foreach (var it in persons)
        {
            N += it.Count;
            _mass += it.Mass;
            for (var month = 1; month <= it.Time; month++)
            {
                _atRisk[month] += it.Mass;
            }
            if (it.End == 0)
            {
                continue;
            }
            _ends[it.Time] += it.Mass;
            _events[it.Time] += it.End == Event ? it.Mass : 0;
            if (!_byEnd.TryGetValue(it.End, out var ends))
            {
                _byEnd.Add(it.End, ends = new double[Longest + 1]);
            }
            ends[it.Time] += it.Mass;
        }
    }

    /// <summary>Persons.</summary>
    public long N { get; }

    /// <summary>The longest follow-up in months.</summary>
    public int Longest { get; }

    /// <summary>Persons whose follow-up was cut off.</summary>
    public long Censored => _persons.Where(it => it.End == 0).Sum(it => it.Count);

    /// <summary>Persons whose follow-up was cut off before a month.</summary>
    public long CensoredBefore(int month) =>
        _persons.Where(it => it.End == 0 && it.Time < month).Sum(it => it.Count);

    /// <summary>Persons still followed at the beginning of a month.</summary>
    public long AtRisk(int month) => _persons.Where(it => it.Time >= month).Sum(it => it.Count);

    /// <summary>Events in a month.</summary>
    public double Events(int month) => month <= Longest ? _events[month] : 0;

    /// <summary>Kaplan-Meier: the share without the event after so many months, other ends taken as cut off.</summary>
    public double At(int months)
    {
        var survival = 1.0;
        for (var month = 1; month <= Math.Min(months, Longest); month++)
        {
            survival *= 1 - Share(_events, month);
        }
        return survival;
    }

    /// <summary>
    /// Log-log interval with Greenwood's variance, as persons drawn independently; null where the curve is 0 or 1.
    /// </summary>
    public Interval? IntervalAt(int months, double level = Interval.Usual)
    {
        var (survival, greenwood) = (At(months), 0.0);
        for (var month = 1; month <= Math.Min(months, Longest); month++)
        {
            var (events, atRisk) = (_events[month], _atRisk[month]);
            greenwood += events == 0 ? 0 : events / (atRisk * (atRisk - events));
        }
        if (survival is <= 0 or >= 1)
        {
            return null;
        }
        var log = Math.Log(survival);
        var wide = Interval.Z(level) * Math.Sqrt(greenwood) / -log;
        return new Interval(
            Math.Exp(log * Math.Exp(wide)), Math.Exp(log * Math.Exp(-wide)), level, "log-log, Greenwood");
    }

    /// <summary>The first month by which at least half have had the event; null when it is later than seen.</summary>
    public int? Median()
    {
        for (var month = 1; month <= Longest; month++)
        {
            if (At(month) <= Half)
            {
                return month;
            }
        }
        return null;
    }

    /// <summary>Aalen-Johansen: the share whose follow-up has ended in this way after so many months.</summary>
    public double Incidence(int end, int months)
    {
        var (free, incidence) = (1.0, 0.0);
        for (var month = 1; month <= Math.Min(months, Longest); month++)
        {
            incidence += free * Share(_byEnd.GetValueOrDefault(end), month);
            free *= 1 - Share(_ends, month);
        }
        return incidence;
    }

    /// <summary>
    /// Mean months without the event within the first so many: the area under the curve. Null when none was followed
    /// that long and some were cut off before: the curve is not known there.
    /// </summary>
    public double? RestrictedMean(int months)
    {
        if (!Reaches(months))
        {
            return null;
        }
        var (area, survival) = (0.0, 1.0);
        for (var month = 0; month < months; month++)
        {
            survival *= month == 0 || month > Longest ? 1 : 1 - Share(_events, month);
            area += survival;
        }
        return area;
    }

    /// <summary>True when the curve is known up to there.</summary>
    public bool Reaches(int months) => N > 0 && (Longest >= months || At(Longest) == 0);

    /// <summary>
    /// Pseudo-values of the restricted mean by the infinitesimal jackknife, added up by cluster: what each person adds
    /// to the mean. Their mean is the restricted mean itself.
    /// </summary>
    public IReadOnlyList<ClusterSum> RestrictedMeanByCluster(int months) =>
        ByCluster(RestrictedMean(months) ?? 0, person => RestrictedMeanInfluence(person, months));

    /// <summary>The same for <see cref="Incidence"/>.</summary>
    public IReadOnlyList<ClusterSum> IncidenceByCluster(int end, int months) =>
        ByCluster(Incidence(end, months), person => IncidenceInfluence(person, end, months));

    /// <summary>Persons with the same time and end have the same influence, and there are few of these.</summary>
    private ClusterSum[] ByCluster(double estimate, Func<FollowedUp, double> influence)
    {
        var influences = new Dictionary<(int Time, int End), double>();
        return
        [
            .. _persons.GroupBy(person => person.Cluster).OrderBy(cluster => cluster.Key)
                .Select(cluster => new ClusterSum(
                    cluster.Sum(person => person.Mass),
                    cluster.Sum(person => person.Mass * (estimate + (_mass * InfluenceOf(person)))))),
        ];

        double InfluenceOf(FollowedUp person)
        {
            if (!influences.TryGetValue((person.Time, person.End), out var known))
            {
                influences.Add((person.Time, person.End), known = influence(person));
            }
            return known;
        }
    }

    /// <summary>How the restricted mean changes with a person's weight.</summary>
    private double RestrictedMeanInfluence(FollowedUp person, int months)
    {
        var (survival, change, sum) = (1.0, 0.0, 0.0);
        for (var month = 1; month < months && month <= Longest; month++)
        {
            var share = Share(_events, month);
            var own = Own(person, month, person.End == Event, share);
            change = (change * (1 - share)) - (survival * own);
            survival *= 1 - share;
            sum += change;
        }
        return sum + (change * Math.Max(0, months - 1 - Longest));
    }

    private double IncidenceInfluence(FollowedUp person, int end, int months)
    {
        var (free, change, sum) = (1.0, 0.0, 0.0);
        for (var month = 1; month <= Math.Min(months, Longest); month++)
        {
            var (all, one) = (Share(_ends, month), Share(_byEnd.GetValueOrDefault(end), month));
            sum += (change * one) + (free * Own(person, month, person.End == end, one));
            change = (change * (1 - all)) - (free * Own(person, month, person.End != 0, all));
            free *= 1 - all;
        }
        return sum;
    }

    private double Own(FollowedUp person, int month, bool ends, double share) => person.Time < month ? 0
        : ((person.Time == month && ends ? 1 : 0) - share) / _atRisk[month];

    private double Share(double[]? ends, int month) =>
        ends is null || _atRisk[month] == 0 ? 0 : ends[month] / _atRisk[month];
}
