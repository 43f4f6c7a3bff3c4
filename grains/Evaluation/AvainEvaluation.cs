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
    private const string Used = "method used";
    private const string NotUsed = "method planned, not used";
    private const string Neither = "method neither planned nor used";
    private const string Dose = "dose";

    private static readonly Attainment[] Ordered = [Attainment.Attained, Attainment.Partly, Attainment.NotAttained];

    /// <summary>Own figures, exactly.</summary>
    /// <param name="units">Municipalities in the order of codes.</param>
    /// <param name="today">When the log ends: an agreed review can be late by then.</param>
    public static EvaluationResult Of(IReadOnlyList<EvaluationUnit> units, DateOnly today)
    {
        var all = units.Select(unit => unit.Avain).ToArray();
        var details = new AvainDetails(units);
        Dictionary<CodedValue, AttainmentCounts>[] neither = [.. details.ByMethodNeither];
        Dictionary<DoseBand, AttainmentCounts>[] doses = [.. details.ByDose];
        var plans = all.Sum(it => it.Plans);
        var excluded = new Exclusions();
        excluded.Count(ExclusionReason.NotAssessed, null, plans - all.Sum(it => it.Reviews));
        return new EvaluationResult(
            [
                Clients(plans, all.Sum(it => it.Reviews), all.Sum(it => it.FilledWithClient), units.Count),
                .. Rows("goals", all.Select(it => Classes(it.ByGoal)), it => details.Together(PlanRow.GoalClass, it)),
                .. Rows("scale", all.Select(it => it.ByScale),
                    it => details.Together(PlanRow.Scale, PlanRows.CodeOf((int)it))),
                .. Rows(Used, all.Select(it => it.ByMethod), it => details.Together(PlanRow.MethodUsed, it)),
                .. Rows(NotUsed, all.Select(it => it.ByMethodNotUsed),
                    it => details.Together(PlanRow.MethodNotUsed, it)),
                .. Rows(Neither, neither, details.TogetherWithout),
                .. Rows(Dose, doses, details.Together),
                .. details.Reviewed(),
                .. details.Services(),
                details.InTime(today),
            ],
            [
                .. Compared(Used, Sum(all.Select(it => it.ByMethod)), NotUsed,
                    Sum(all.Select(it => it.ByMethodNotUsed))),
                .. Compared(Used, Sum(all.Select(it => it.ByMethod)), Neither, Sum(neither)),
                .. ByDose(Sum(doses)),
            ])
        {
            Excluded = excluded.All,
            Notes =
            [
                .. Notes,
                "By dose only assessments after the first 90 days count, and minutes within them: minutes cannot "
                    + "follow from an outcome. More is done with those who need more, so a dose is no cause.",
            ],
        };
    }

    /// <summary>What others may see, from rows without small cells.</summary>
    /// <param name="shown">The rows.</param>
    public static EvaluationResult Of(DisclosedAvain shown) => new(
        [
            .. Rows("goals", [shown.ByGoalClass]),
            .. Rows(Used, [shown.ByMethod]),
        ],
        [])
    {
        Withheld = shown.Withheld,
        Notes =
        [
            .. Notes,
            "Municipalities are not told apart in these rows, so intervals take goals as independent.",
            "Dose, services and agreed reviews are for own staff: no table without small cells is made of them.",
        ],
    };

    private static EvaluationGroup Clients(long plans, long reviews, long together, int clusters) =>
        new("clients", null,
        [
            new Estimate("REVIEWED", new Tally(reviews, plans).Share, null, plans, clusters),
            Filled(new Tally(together, reviews), clusters),
        ]);

    private static Estimate Filled(Tally together, int clusters) =>
        new("FILLED_WITH_CLIENT", together.Share, null, together.Of, clusters)
        {
            Note = "of the last reviews; AVAIN was less reliable where workers filled it alone",
        };

    /// <summary>A group for each key, in the order of names; the municipalities stay apart for the interval.</summary>
    /// <param name="what">What the rows are.</param>
    /// <param name="municipalities">The rows of each.</param>
    /// <param name="together">Clients of a row, and with how many of them the last review was filled; null where that
    /// is not shown.</param>
    private static IEnumerable<EvaluationGroup> Rows<TKey>(
        string what, IEnumerable<Dictionary<TKey, AttainmentCounts>> municipalities,
        Func<TKey, Tally>? together = null)
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
                .. together is null ? [] : new[] { Filled(together(key), clusters.Length) },
            ]);
        }
    }

    /// <summary>Goals of clients with whom a method was used, against those with whom it was not.</summary>
    private static IEnumerable<EvaluationComparison> Compared(
        string label, Dictionary<CodedValue, AttainmentCounts> used, string against,
        Dictionary<CodedValue, AttainmentCounts> others) => used.Keys.Intersect(others.Keys)
        .OrderBy(Name, StringComparer.Ordinal).Select(method => Better(
            $"{label}: {Name(method)}", used[method], $"{against}: {Name(method)}", others[method]));

    /// <summary>Each band of minutes against the lowest one that has any.</summary>
    private static IEnumerable<EvaluationComparison> ByDose(Dictionary<DoseBand, AttainmentCounts> doses) =>
        doses.TryGetValue(DoseBand.UnderTwoHours, out var least)
            ? doses.Where(it => it.Key is DoseBand.TwoToFiveHours or DoseBand.FiveHoursOrMore)
                .OrderBy(it => it.Key).Select(it => Better(
                    $"{Dose}: {Name(it.Key)}", it.Value, $"{Dose}: {Name(DoseBand.UnderTwoHours)}", least))
            : [];

    private static EvaluationComparison Better(
        string label, AttainmentCounts one, string against, AttainmentCounts other) => new(label, against,
        [
            new Estimate(
                "PROBABILITY_OF_SUPERIORITY", Proportions.Superiority(Categories(one), Categories(other)), null,
                one.Assessed + other.Assessed, 0)
            {
                Note = "association; 0.5 is no difference",
            },
        ]);

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

    private static Dictionary<TKey, AttainmentCounts> Sum<TKey>(
        IEnumerable<Dictionary<TKey, AttainmentCounts>> municipalities)
        where TKey : notnull
    {
        var sum = new Dictionary<TKey, AttainmentCounts>();
        foreach (var (key, row) in municipalities.SelectMany(it => it))
        {
            sum.CellOf(key).Merge(row);
        }
        return sum;
    }

    /// <summary>How a row is called.</summary>
    internal static string Name<TKey>(TKey key) => key switch
    {
        DoseBand band => AvainDetails.NameOf(band),
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
