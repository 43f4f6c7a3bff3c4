using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// Attainment of goals in AVAIN: each goal of a client's first plan episode once, by its last assessment. What goes
/// together with what; never what causes what. See the evaluation's page.
/// </summary>
public static class AvainEvaluation
{
    private static readonly Attainment[] Ordered = [Attainment.Attained, Attainment.Partly, Attainment.NotAttained];

    /// <summary>Own figures, exactly.</summary>
    /// <param name="units">Municipalities in the order of codes.</param>
    public static EvaluationResult Of(IReadOnlyList<EvaluationUnit> units)
    {
        var all = units.Select(unit => unit.Avain).ToArray();
        var plans = all.Sum(it => it.Plans);
        var excluded = new Exclusions();
        excluded.Count(ExclusionReason.NotAssessed, null, plans - all.Sum(it => it.Reviews));
        return new EvaluationResult(
            [
                Clients(plans, all.Sum(it => it.Reviews), all.Sum(it => it.FilledWithClient), units.Count),
                .. Rows("goals", all.Select(it => Classes(it.ByGoal))),
                .. Rows("scale", all.Select(it => it.ByScale)),
                .. Rows("method used", all.Select(it => it.ByMethod)),
                .. Rows("method planned, not used", all.Select(it => it.ByMethodNotUsed)),
            ],
            [.. Used(Sum(all.Select(it => it.ByMethod)), Sum(all.Select(it => it.ByMethodNotUsed)))])
        {
            Excluded = excluded.All,
            Notes = Notes,
        };
    }

    /// <summary>What others may see, from rows without small cells.</summary>
    /// <param name="shown">The rows.</param>
    public static EvaluationResult Of(DisclosedAvain shown) => new(
        [
            .. Rows("goals", [shown.ByGoalClass]),
            .. Rows("method used", [shown.ByMethod]),
        ],
        [])
    {
        Withheld = shown.Withheld,
        Notes = [.. Notes, "Municipalities are not told apart in these rows, so intervals take goals as independent."],
    };

    private static EvaluationGroup Clients(long plans, long reviews, long together, int clusters) =>
        new("clients", null,
        [
            new Estimate("REVIEWED", new Tally(reviews, plans).Share, null, plans, clusters),
            new Estimate("FILLED_WITH_CLIENT", new Tally(together, reviews).Share, null, reviews, clusters)
            {
                Note = "of the last reviews; AVAIN was less reliable where workers filled it alone",
            },
        ]);

    /// <summary>A group for each key, in the order of names; the municipalities stay apart for the interval.</summary>
    private static IEnumerable<EvaluationGroup> Rows<TKey>(
        string what, IEnumerable<Dictionary<TKey, AttainmentCounts>> municipalities)
        where TKey : notnull
    {
        Dictionary<TKey, AttainmentCounts>[] all = [.. municipalities];
        foreach (var key in all.SelectMany(it => it.Keys).Distinct().OrderBy(Name, StringComparer.Ordinal))
        {
            AttainmentCounts[] rows = [.. all.Select(it => it.GetValueOrDefault(key)).OfType<AttainmentCounts>()
                .Where(row => row.Assessed > 0)];
            var attained = new Tally(
                rows.Sum(row => (long)row.Of(Attainment.Attained)), rows.Sum(row => (long)row.Assessed));
            ClusterSum[] clusters = [.. rows.Select(row => new ClusterSum(row.Assessed, row.Of(Attainment.Attained)))];
            yield return new EvaluationGroup($"{what}: {Name(key)}", null,
            [
                clusters.Length >= EvaluationQuestion.FewestMunicipalities
                    ? Estimate.Of("ATTAINED", ClusterMeans.Mean(clusters), clusters).AsShare()
                    : new Estimate(
                        "ATTAINED", attained.Share, Proportions.Wilson(attained), attained.Of, clusters.Length)
                    {
                        Note = "goals taken as independent, though a client has several",
                    },
            ]);
        }
    }

    /// <summary>Goals of clients with whom a method was used, against those for whom it was planned and not used.
    /// </summary>
    private static IEnumerable<EvaluationComparison> Used(
        Dictionary<CodedValue, AttainmentCounts> used, Dictionary<CodedValue, AttainmentCounts> notUsed)
    {
        foreach (var method in used.Keys.Intersect(notUsed.Keys).OrderBy(Name, StringComparer.Ordinal))
        {
            var (one, other) = (Categories(used[method]), Categories(notUsed[method]));
            yield return new EvaluationComparison(
                $"method used: {Name(method)}", $"method planned, not used: {Name(method)}",
                [
                    new Estimate(
                        "PROBABILITY_OF_SUPERIORITY", Proportions.Superiority(one, other), null,
                        one.Sum() + other.Sum(), 0)
                    {
                        Note = "association; 0.5 is no difference",
                    },
                ]);
        }
    }

    private static long[] Categories(AttainmentCounts row) => [.. Ordered.Select(it => (long)row.Of(it))];

    private static Dictionary<CodedValue, AttainmentCounts> Classes(Dictionary<CodedValue, AttainmentCounts> goals)
    {
        var classes = new Dictionary<CodedValue, AttainmentCounts>();
        foreach (var (goal, row) in goals)
        {
            classes.CellOf(CodeSystems.ClassOf(goal)).Merge(row);
        }
        return classes;
    }

    private static Dictionary<CodedValue, AttainmentCounts> Sum(
        IEnumerable<Dictionary<CodedValue, AttainmentCounts>> municipalities)
    {
        var sum = new Dictionary<CodedValue, AttainmentCounts>();
        foreach (var (key, row) in municipalities.SelectMany(it => it))
        {
            sum.CellOf(key).Merge(row);
        }
        return sum;
    }

    private static string Name<TKey>(TKey key) => key switch
    {
        GoalScale scale when scale == 0 => "none set",
        CodedValue code => $"{code.System} {code.Code}",
        _ => $"{key}",
    };

    private static IReadOnlyList<string> Notes { get; } =
    [
        "Each goal counts once, as the last review of the client's first plan episode that assessed it says.",
        "Not assessed goals are in no share. Association, never effect: methods are chosen for those who need them.",
    ];
}
