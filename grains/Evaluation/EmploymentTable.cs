using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// Times to the first beginning of one path, by arm. A municipality is followed to the last month of which it recorded
/// any work with clients, at most to the last whole month of the log, and for two years at most: an open case is cut
/// off there. A log that goes on without a municipality would make its clients look as if nothing began.
/// </summary>
internal sealed class EmploymentTable
{
    private readonly EmploymentPath _path;
    private readonly EvaluationQuestion _question;
    private readonly int _last;
    private readonly Dictionary<(int Arm, int Cluster, int Index, int Time, int End), long> _counts = [];
    private readonly SortedDictionary<int, long> _before = [];
    private readonly ReleasedYears<(long Began, long Others)> _released;

    private EmploymentTable(
        EmploymentPath path, EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, DateOnly today)
    {
        (_path, _question, _released) = (path, question, new(units));
        _last = MonthSet.NumberOf(today) - 1;
    }

    public Exclusions Excluded { get; } = new();

    /// <summary>True when something was left out as small cells.</summary>
    public bool Withheld { get; private set; }

    /// <param name="path">What can begin.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="units">In the order of codes: it is the clusters' order, and so that of every sum.</param>
    /// <param name="today">When the log ends.</param>
    public static EmploymentTable Of(
        EmploymentPath path, EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, DateOnly today)
    {
        var table = new EmploymentTable(path, question, units, today);
        for (var cluster = 0; cluster < units.Count; cluster++)
        {
            table.Take(units[cluster], cluster);
        }
        var (released, withheld) = table._released.All();
        foreach (var (cluster, arm, year, (began, others)) in released)
        {
            table.Count((arm, cluster, year, CurveEstimates.Year, (int)PathEnd.Began), began);
            table.Count((arm, cluster, year, CurveEstimates.Year, (int)PathEnd.Open), others);
        }
        table.Withheld |= withheld;
        return table;
    }

    /// <summary>The clients of each arm, in a fixed order; 0 is no arm.</summary>
    public SortedDictionary<int, IReadOnlyList<FollowedUp>> ByArm() => new(_counts.GroupBy(it => it.Key.Arm)
        .ToDictionary(arm => arm.Key, arm => (IReadOnlyList<FollowedUp>)
        [
            .. arm.GroupBy(it => (it.Key.Cluster, it.Key.Time, it.Key.End)).OrderBy(it => it.Key)
                .Select(it => new FollowedUp(
                    it.Key.Cluster, it.Key.Time, it.Key.End, it.Sum(entry => entry.Value))),
        ]));

    /// <summary>The same by index month, or by year in what others may see.</summary>
    public Dictionary<int, List<Cohort<IReadOnlyList<FollowedUp>>>> Cohorts() => _counts
        .GroupBy(it => it.Key.Arm).ToDictionary(arm => arm.Key, arm => arm
            .GroupBy(it => (it.Key.Cluster, it.Key.Index))
            .Select(of => new Cohort<IReadOnlyList<FollowedUp>>(
                of.Key.Cluster, of.Key.Index, of.Sum(it => it.Value),
                [
                    .. of.OrderBy(it => it.Key.Time).ThenBy(it => it.Key.End)
                        .Select(it => new FollowedUp(it.Key.Cluster, it.Key.Time, it.Key.End, it.Value)),
                ])).ToList());

    /// <summary>Clients of an arm who had begun such a thing before the index.</summary>
    public long Before(int arm) => _before.GetValueOrDefault(arm);

    private void Take(EvaluationUnit unit, int cluster)
    {
        var years = new Dictionary<(int Arm, int Year), (long Began, long Others)>();
        foreach (var (key, count) in unit.Employment.Ends.Where(it =>
            it.Key.Path == _path && _question.Takes(it.Key.Group)))
        {
            var arm = (int)(unit.ArmIn(key.Group.Month) ?? 0);
            if (!unit.IsExact)
            {
                var year = (arm, key.Group.Month / 12);
                var (began, others) = years.GetValueOrDefault(year);
                var isBegun = key is { End: PathEnd.Began, Months: <= CurveEstimates.Year };
                years[year] = isBegun ? (began + count, others) : (began, others + count);
            }
            else if (Followed(unit, key.Group.Month) is > 0 and var followed)
            {
                var seen = key.End is not PathEnd.Open && key.Months <= followed;
                Count(
                    (arm, cluster, key.Group.Month, seen ? key.Months : followed, seen ? (int)key.End : 0), count);
            }
            Exclude(unit, key, count);
        }
        foreach (var ((arm, year), (began, others)) in years.OrderBy(it => it.Key))
        {
            Release(unit, cluster, (arm, year), (began, others));
        }
        foreach (var ((group, path), count) in unit.Employment.Before)
        {
            if (path == _path && _question.Takes(group) && Followed(unit, group.Month) > 0)
            {
                var arm = (int)(unit.ArmIn(group.Month) ?? 0);
                _before[arm] = _before.GetValueOrDefault(arm) + count;
            }
        }
    }

    /// <summary>
    /// One municipality's year as others may see it: who began within a year, and all others together. Shown whole or
    /// not at all, and only when all of them could be followed a year: no client is cut off then.
    /// </summary>
    private void Release(EvaluationUnit unit, int cluster, (int Arm, int Year) of, (long Began, long Others) table)
    {
        if (of.Arm == 0 || Followed(unit, MonthSet.LastOf(of.Year)) < CurveEstimates.Year)
        {
            Withheld = true;
            return;
        }
        _released.Add(cluster, of.Arm, of.Year, table, [(int)table.Began, (int)table.Others]);
    }

    private int Followed(EvaluationUnit unit, int month) =>
        Math.Min(CurveEstimates.TwoYears, Math.Min(_last, unit.RecordedThrough ?? _last) - month + 1);

    private void Count((int Arm, int Cluster, int Index, int Time, int End) key, long count)
    {
        if (count > 0)
        {
            _counts[key] = _counts.GetValueOrDefault(key) + count;
        }
    }

    private void Exclude(EvaluationUnit unit, PathKey key, long count)
    {
        var arm = unit.ArmIn(key.Group.Month);
        if (Followed(unit, key.Group.Month) <= 0)
        {
            Excluded.Count(ExclusionReason.WindowOpen, arm, count);
        }
        else if (arm is null)
        {
            Excluded.Count(ExclusionReason.NotInArm, arm, count);
        }
    }
}
