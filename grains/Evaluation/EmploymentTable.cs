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
    private readonly SortedDictionary<int, long> _before = [];

    private EmploymentTable(EmploymentPath path, EvaluationQuestion question, int last) =>
        (_path, _question, _last) = (path, question, last);

    public Exclusions Excluded { get; } = new();

    /// <param name="path">What can begin.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="units">In the order of codes: it is the clusters' order, and so that of every sum.</param>
    /// <param name="last">The last whole month of the log.</param>
    /// <param name="years">What others are shown; null for who gets exact figures.</param>
    public static EmploymentTable Of(
        EmploymentPath path, EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, int last,
        EmploymentYears? years)
    {
        var table = new EmploymentTable(path, question, last);
        for (var cluster = 0; cluster < units.Count; cluster++)
        {
            table.Take(units[cluster], cluster);
        }
        foreach (var (cluster, arm, year, (began, others)) in years?.Of(path) ?? [])
        {
            table.Times.Count(arm, cluster, year, CurveEstimates.Year, (int)PathEnd.Began, began);
            table.Times.Count(arm, cluster, year, CurveEstimates.Year, (int)PathEnd.Open, others);
        }
        return table;
    }

    /// <summary>How many months clients are followed whose first month it is; none, if not above zero.</summary>
    /// <param name="unit">Their municipality.</param>
    /// <param name="month">Their first month.</param>
    /// <param name="last">The last whole month of the log.</param>
    public static int Followed(EvaluationUnit unit, int month, int last) =>
        Math.Min(CurveEstimates.TwoYears, Math.Min(last, unit.RecordedThrough ?? last) - month + 1);

    /// <summary>The clients by arm; 0 is no arm.</summary>
    public FollowedUpTable Times { get; } = new();

    /// <summary>Clients of an arm who had begun such a thing before the index.</summary>
    public long Before(int arm) => _before.GetValueOrDefault(arm);

    private void Take(EvaluationUnit unit, int cluster)
    {
        foreach (var (key, count) in unit.Employment.Ends.Where(it =>
            it.Key.Path == _path && _question.Takes(it.Key.Group)))
        {
            if (unit.IsExact && Followed(unit, key.Group.Month) is > 0 and var followed)
            {
                var arm = (int)(unit.ArmIn(key.Group.Month) ?? 0);
                var seen = key.End is not PathEnd.Open && key.Months <= followed;
                Times.Count(
                    arm, cluster, key.Group.Month, seen ? key.Months : followed, seen ? (int)key.End : 0, count);
            }
            Exclude(unit, key, count);
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

    private int Followed(EvaluationUnit unit, int month) => Followed(unit, month, _last);

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
