using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// Attainment before and after decisions on methods: clients whose first plan was made in the twelve months before the
/// day of a decision and in the twelve from it on, in municipalities that decided and in those that decided nothing on
/// that method around it. Association, never effect. See the evaluation's page.
/// </summary>
public static class MethodEvaluation
{
    /// <summary>More decisions of a period are not compared: each would find something by chance.</summary>
    public const int MostDecisions = 20;

    /// <param name="question">What is asked; its months are those from which decisions hold.</param>
    /// <param name="units">Municipalities in the order of codes, with the decisions that hold for them.</param>
    /// <param name="seenUntil">The last day of which the log can know.</param>
    public static EvaluationResult Of(
        EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, DateOnly seenUntil)
    {
        DecidedMethod[] all =
        [
            .. DecidedMethod.AllOf(units).Where(it =>
                it.Month >= question.FromMonth && it.Month <= question.ToMonth),
        ];
        var (groups, comparisons, refused) = (
            new List<EvaluationGroup>(), new List<EvaluationComparison>(), new List<EvaluationRefusal>());
        var (withheld, isExact) = (false, units.All(unit => unit.IsExact));
        var released = isExact ? null : new ReleasedDecisions(units, seenUntil);
        foreach (var decided in all.Take(MostDecisions))
        {
            var sides = released?.Of(decided) ?? MethodSides.Of(decided, units);
            withheld |= sides.Withheld;
            AroundDecision[] with = [.. sides.With.Select(it => it.Around)];
            AroundDecision[] without = [.. sides.Without.Select(it => it.Around)];
            var (label, against) = ($"{decided}: decided", $"{decided}: not decided");
            if (isExact || EnoughOf(with, without))
            {
                groups.Add(new EvaluationGroup(label, null, SideOf(with, isExact)));
                groups.Add(new EvaluationGroup(against, null, SideOf(without, isExact)));
            }
            if (EnoughOf(with, without))
            {
                comparisons.Add(new EvaluationComparison(label, against, Compare(with, without)));
            }
            else
            {
                refused.Add(new EvaluationRefusal(label, against, EvaluationRefusalReason.TooFewMunicipalities));
            }
        }
        return new EvaluationResult(groups, comparisons)
        {
            Refused = refused,
            Withheld = withheld,
            Notes = all.Length > MostDecisions
                ? [.. Notes, $"Only the first {MostDecisions} decisions of the period; ask for a shorter one."]
                : Notes,
        };
    }

    private static bool EnoughOf(AroundDecision[] with, AroundDecision[] without) =>
        Math.Min(with.Length, without.Length) >= EvaluationQuestion.FewestMunicipalities;

    /// <summary>What was used is in no released table, and so told to own staff alone.</summary>
    private static Estimate[] SideOf(AroundDecision[] side, bool isExact) =>
    [
        Mean("ATTAINED_BEFORE", [.. side.Select(it => it.Before)]),
        Mean("ATTAINED_AFTER", [.. side.Select(it => it.After)]),
        .. isExact
            ?
            [
                Mean("USED_BEFORE", [.. side.Select(it => it.UsedBefore)]),
                Mean("USED_AFTER", [.. side.Select(it => it.UsedAfter)]),
            ]
            : Array.Empty<Estimate>(),
    ];

    /// <summary>Each municipality counts once, however many clients it has.</summary>
    private static Estimate Mean(string measure, Tally[] tallies)
    {
        Tally[] some = [.. tallies.Where(it => it.Of > 0)];
        return new Estimate(
            measure, some.Length == 0 ? null : some.Average(it => it.Share!.Value), null, some.Sum(it => it.Of),
            some.Length);
    }

    private static Estimate[] Compare(AroundDecision[] with, AroundDecision[] without)
    {
        ClusterSum[] one = [.. with.Select(it => new ClusterSum(1, it.Change))];
        ClusterSum[] other = [.. without.Select(it => new ClusterSum(1, it.Change))];
        var difference = ClusterMeans.Difference(one, other);
        return
        [
            new Estimate(
                "CHANGE_OF_ATTAINED", difference.Estimate, difference.Interval(),
                with.Concat(without).Sum(it => it.Before.Of + it.After.Of), one.Length + other.Length)
            {
                DegreesOfFreedom = difference.DegreesOfFreedom > 0 ? difference.DegreesOfFreedom : null,
                SmallestDetectable = difference.SmallestDetectable,
                Note = "association; municipalities chose their methods",
            }.Within(-2, 2),
        ];
    }

    private static IReadOnlyList<string> Notes { get; } =
    [
        "Clients with an assessed goal, by the month of their first plan; later plans had less time to be reviewed.",
        "Association, never effect: a municipality drops what does not work and takes up what others praise, and its "
        + "staff know of the decision when they assess goals.",
    ];
}
