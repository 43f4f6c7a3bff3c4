using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>What a client can begin after the referral.</summary>
public enum EmploymentPath : byte
{
    /// <summary>Work on the open labour market, with a wage subsidy, or in an own business.</summary>
    Work = 1,

    /// <summary>Studies leading to a qualification.</summary>
    Study = 2,

    /// <summary>A service towards work: <em>kuntouttava työtoiminta</em> or <em>työkokeilu</em>.</summary>
    Service = 3,
}

/// <summary>How waiting for a first beginning ended.</summary>
public enum PathEnd : byte
{
    /// <summary>It did not: where the log ends, the question cuts.</summary>
    Open = 0,

    /// <summary>It began.</summary>
    Began = 1,

    /// <summary>The client died before.</summary>
    Died = 2,

    /// <summary>The client moved to another municipality before.</summary>
    Moved = 3,

    /// <summary>The matter was closed for good before: what begins after it may stay unknown.</summary>
    Closed = 4,
}

/// <summary>So many clients of a group for whom a path ended in this way.</summary>
/// <param name="Group">Whose; without coverage, which has no part in this.</param>
/// <param name="Path">What could begin.</param>
/// <param name="Months">In which month from the index, which is the first; 0 where it has not ended.</param>
/// <param name="End">How.</param>
public readonly record struct PathKey(IndexGroup Group, EmploymentPath Path, int Months, PathEnd End);

/// <summary>Clients by when they first began work, study and services after the index: integers that add up.</summary>
public sealed class PathSums
{
    /// <summary>Each client once in each path.</summary>
    public Dictionary<PathKey, int> Ends { get; } = [];

    /// <summary>Clients who had begun such a thing already before the first Kela referral.</summary>
    public Dictionary<(IndexGroup Group, EmploymentPath Path), int> Before { get; } = [];

    /// <summary>Adds all that another counts.</summary>
    public void Merge(PathSums other)
    {
        Ends.CountAll(other.Ends, +1);
        Before.CountAll(other.Before, +1);
    }
}

/// <summary>
/// One municipality's clients by the time from the first Kela referral to the first beginning of work, study and
/// services, by intention to treat: whatever was or was not done for them.
/// </summary>
internal sealed class PathTally
{
    private static readonly EmploymentPath[] Paths = Enum.GetValues<EmploymentPath>();

    private readonly PathSums _sums = new();

    /// <summary>Which path a kind of outcome belongs to; null for one that a newer version knows.</summary>
    public static EmploymentPath? PathOf(EmploymentKind kind) => kind switch
    {
        EmploymentKind.OpenLabourMarket or EmploymentKind.SubsidisedWork or EmploymentKind.Entrepreneurship =>
            EmploymentPath.Work,
        EmploymentKind.Study => EmploymentPath.Study,
        EmploymentKind.RehabilitativeWork or EmploymentKind.WorkTrial => EmploymentPath.Service,
        _ => null,
    };

    /// <summary>Counts a client, or with -1 takes the client back.</summary>
    public void Add(FollowUp follow, int sign)
    {
        var group = new IndexGroup(follow.Month, follow.Age, follow.Reason);
        foreach (var path in Paths)
        {
            var (months, end) = EndOf(follow, path);
            _sums.Ends.Count(new PathKey(group, path, months, end), sign);
            if (Begun(follow, path).Any(mark => mark.Day < follow.Day))
            {
                _sums.Before.Count((group, path), sign);
            }
        }
    }

    public void AddTo(PathSums sums) => sums.Merge(_sums);

    public void Imprint(Image image)
    {
        image.Entries(_sums.Ends, static (Image i, ref PathKey key, ref int count) =>
        {
            i.Value(ref key);
            i.Value(ref count);
        });
        image.Entries(_sums.Before, static (
            Image i, ref (IndexGroup Group, EmploymentPath Path) key, ref int count) =>
        {
            i.Value(ref key);
            i.Value(ref count);
        });
    }

    /// <summary>Each cell as a line that does not depend on the order of counting.</summary>
    public IEnumerable<string> Lines() => _sums.Ends.Select(cell => $"path {cell.Key} {cell.Value}")
        .Concat(_sums.Before.Select(cell => $"path before {cell.Key} {cell.Value}"));

    /// <summary>What ended first. In one month a beginning comes before an end, and death or move before a closing,
    /// which is how they are recorded.</summary>
    private static (int Months, PathEnd End) EndOf(FollowUp follow, EmploymentPath path)
    {
        var began = Begun(follow, path).Where(mark => mark.Day >= follow.Day)
            .Select(mark => MonthSet.NumberOf(DateOnly.FromDayNumber(mark.Day))).DefaultIfEmpty(int.MaxValue).Min();
        var (end, by) = follow.EndMonth <= follow.LastingClosing
            ? (follow.EndMonth, follow.EndsBy is SpellEnd.Died ? PathEnd.Died : PathEnd.Moved)
            : (follow.LastingClosing, PathEnd.Closed);
        return began != int.MaxValue && began <= end ? (MonthsTo(began), PathEnd.Began)
            : end < FollowUp.Never ? (MonthsTo(end), by)
            : (0, PathEnd.Open);

        int MonthsTo(int month) => Math.Max(1, month - follow.Month + 1);
    }

    private static IEnumerable<CourseMark> Begun(FollowUp follow, EmploymentPath path) => follow.Course.Marks
        .Where(mark => mark.Kind is MarkKind.Began && PathOf((EmploymentKind)mark.Code) == path);
}
