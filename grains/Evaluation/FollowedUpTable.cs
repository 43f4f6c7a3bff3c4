using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>How long clients were followed, and how it ended, by arm, municipality and index month; in what others may
/// see by index year.</summary>
internal sealed class FollowedUpTable
{
    private readonly Dictionary<(int Arm, int Cluster, int Index, int Time, int End), long> _counts = [];

    /// <summary>Counts clients of an arm; 0 is none.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="cluster">The municipality's number.</param>
    /// <param name="index">The month's number, or the year.</param>
    /// <param name="time">Months from the index.</param>
    /// <param name="end">How it ended; 0 where it did not.</param>
    /// <param name="count">How many they are.</param>
    public void Count(int arm, int cluster, int index, int time, int end, long count)
    {
        if (count > 0)
        {
            var key = (arm, cluster, index, time, end);
            _counts[key] = _counts.GetValueOrDefault(key) + count;
        }
    }

    /// <summary>The clients of each arm, in a fixed order.</summary>
    public SortedDictionary<int, IReadOnlyList<FollowedUp>> ByArm() => new(_counts.GroupBy(it => it.Key.Arm)
        .ToDictionary(arm => arm.Key, arm => (IReadOnlyList<FollowedUp>)
        [
            .. arm.GroupBy(it => (it.Key.Cluster, it.Key.Time, it.Key.End)).OrderBy(it => it.Key)
                .Select(it => new FollowedUp(
                    it.Key.Cluster, it.Key.Time, it.Key.End, it.Sum(entry => entry.Value))),
        ]));

    /// <summary>The same by index.</summary>
    public Dictionary<int, List<Cohort<IReadOnlyList<FollowedUp>>>> Cohorts() => _counts
        .GroupBy(it => it.Key.Arm).ToDictionary(arm => arm.Key, arm => arm
            .GroupBy(it => (it.Key.Cluster, it.Key.Index))
            .Select(of => new Cohort<IReadOnlyList<FollowedUp>>(
                of.Key.Cluster, of.Key.Index, of.Sum(it => it.Value),
                [
                    .. of.OrderBy(it => it.Key.Time).ThenBy(it => it.Key.End)
                        .Select(it => new FollowedUp(it.Key.Cluster, it.Key.Time, it.Key.End, it.Value)),
                ])).ToList());

    /// <summary>One curve of an arm, each client weighing what the clients of that index weigh.</summary>
    public static Survival Curve(
        IEnumerable<Cohort<IReadOnlyList<FollowedUp>>> arm, Func<int, double> weight,
        Func<FollowedUp, FollowedUp>? read = null) => new(
    [
        .. arm.SelectMany(of => of.Table.Select(it => (read is null ? it : read(it)) with
        {
            Weight = weight(of.Index),
        })),
    ]);
}
