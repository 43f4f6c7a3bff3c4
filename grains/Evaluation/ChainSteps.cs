using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// How long clients wait for each step of the chain, from the step before it on, and how waiting ends otherwise: not
/// investigated, death, a move and the closing compete with the step (Aalen and Johansen 1978). Who still waits is cut
/// off by one cut when the question is asked: as far as the last one who was referred in the month has been followed.
/// </summary>
internal static class ChainSteps
{
    private const int Week = 7;

    private static readonly int[] Weeks = [4, 13, 26];

    private static readonly WaitEnd[] Others =
        [WaitEnd.NotInvestigated, WaitEnd.Died, WaitEnd.Moved, WaitEnd.Closed];

    /// <summary>A group for each step; those whose whole first week is not over are left out and counted.</summary>
    public static IEnumerable<EvaluationGroup> Groups(
        EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, DateOnly seenUntil, Exclusions excluded)
    {
        var persons = new SortedDictionary<int, List<FollowedUp>>();
        for (var unit = 0; unit < units.Count; unit++)
        {
            foreach (var (wait, count) in units[unit].Waits.Where(it => Takes(question, it.Key)))
            {
                if (Followed(unit, wait, count, seenUntil) is { } followed)
                {
                    if (!persons.TryGetValue((int)wait.Step, out var of))
                    {
                        persons.Add((int)wait.Step, of = []);
                    }
                    of.Add(followed);
                }
                else
                {
                    excluded.Count(ExclusionReason.WindowOpen, units[unit].ArmIn(wait.Month), count);
                }
            }
        }
        return persons.Select(step => GroupOf((ReferralStep)step.Key, step.Value));
    }

    private static bool Takes(EvaluationQuestion question, in WaitKey wait) =>
        wait.Month >= question.FromMonth && wait.Month <= question.ToMonth
        && (question.Age is null || wait.Age == question.Age);

    /// <summary>Null for those of whom no whole week of waiting has been seen.</summary>
    private static FollowedUp? Followed(int cluster, in WaitKey wait, int count, DateOnly seenUntil)
    {
        var lastReceipt = MonthSet.FirstDayOf(wait.Month + 1).DayNumber - 1;
        var seen = ((seenUntil.DayNumber - lastReceipt) / Week) - wait.Began;
        return seen < 1 ? null
            : wait.End is WaitEnd.Open || wait.Weeks > seen ? new FollowedUp(cluster, seen, 0, count)
            : new FollowedUp(cluster, wait.Weeks, (int)wait.End, count);
    }

    private static EvaluationGroup GroupOf(ReferralStep step, List<FollowedUp> persons)
    {
        // In one order, so that sums of floating-point numbers are the same whatever the order of counting was.
        FollowedUp[] ordered =
        [
            .. persons.GroupBy(it => (it.Cluster, it.Time, it.End)).OrderBy(it => it.Key)
                .Select(it => new FollowedUp(it.Key.Cluster, it.Key.Time, it.Key.End, it.Sum(one => one.Count))),
        ];
        var curve = new Survival(ordered);
        var clusters = ordered.Select(it => it.Cluster).Distinct().Count();
        return new EvaluationGroup($"{StudyArms.WordOf(step - 1)} to {StudyArms.WordOf(step)}", null,
        [
            .. Weeks.Select(weeks => Taken(curve, weeks, clusters)),
            .. Others.Select(end => new Estimate(
                $"{StudyArms.WordOf(end)}_{Weeks[^1]}", At(curve, (int)end, Weeks[^1]), null, curve.N, clusters)),
            new Estimate("MEDIAN_WEEKS", Median(curve), null, curve.N, clusters),
            new Estimate("CUT_OFF", (double)curve.Censored / curve.N, null, curve.N, clusters),
        ]);
    }

    private static Estimate Taken(Survival curve, int weeks, int clusters)
    {
        var measure = $"TAKEN_{weeks}";
        if (At(curve, Survival.Event, weeks) is not { } share)
        {
            return new Estimate(measure, null, null, curve.N, clusters);
        }
        var sums = curve.IncidenceByCluster(Survival.Event, weeks);
        return clusters >= EvaluationQuestion.FewestMunicipalities
            ? Estimate.Of(measure, ClusterMeans.Mean(sums), sums).AsShare()
            : new Estimate(measure, share, null, curve.N, clusters)
            {
                Note = "too few municipalities for an interval",
            };
    }

    /// <summary>Null beyond what has been followed.</summary>
    private static double? At(Survival curve, int end, int weeks) =>
        curve.Longest >= weeks || curve.Censored == 0 ? curve.Incidence(end, weeks) : null;

    /// <summary>The week by whose end half of all had taken the step; null when fewer did, as far as seen.</summary>
    private static double? Median(Survival curve)
    {
        for (var week = 1; week <= curve.Longest; week++)
        {
            if (curve.Incidence(Survival.Event, week) >= 0.5 - 1e-9)
            {
                return week;
            }
        }
        return null;
    }
}
