using System.Globalization;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Statistics;
using OsstOrleans.Grains.Work;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// Attainment before and after decisions on methods: clients whose first plan was made in the twelve months before the
/// day of a decision and in the twelve from it on, in municipalities that decided and in those that decided nothing on
/// that method around it. Association, never effect. See the evaluation's page.
/// </summary>
public static class MethodEvaluation
{
    /// <summary>Months on each side of a decision.</summary>
    public const int Window = 12;

    /// <summary>More decisions of a period are not compared: each would find something by chance.</summary>
    public const int MostDecisions = 20;

    /// <param name="question">What is asked; its months are those from which decisions hold.</param>
    /// <param name="units">Municipalities in the order of codes, with the decisions that hold for them.</param>
    /// <param name="seenUntil">The last day of which the log can know.</param>
    public static EvaluationResult Of(
        EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, DateOnly seenUntil)
    {
        Decided[] all =
        [
            .. units.SelectMany(unit => unit.MethodDecisions)
                .Select(decision => new Decided(decision.Method, decision.Choice, MonthSet.NumberOf(decision.From)))
                .Where(it => it.Month >= question.FromMonth && it.Month <= question.ToMonth).Distinct()
                .OrderBy(it => it.Month).ThenBy(it => $"{it.Method.System} {it.Method.Code}", StringComparer.Ordinal)
                .ThenBy(it => it.Choice),
        ];
        var (groups, comparisons, refused) = (
            new List<EvaluationGroup>(), new List<EvaluationComparison>(), new List<EvaluationRefusal>());
        var (withheld, isExact) = (false, units.All(unit => unit.IsExact));
        foreach (var decided in all.Take(MostDecisions))
        {
            var (with, without, some) = Sides(decided, units, seenUntil);
            withheld |= some;
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

    private static bool EnoughOf(List<Around> with, List<Around> without) =>
        Math.Min(with.Count, without.Count) >= EvaluationQuestion.FewestMunicipalities;

    /// <summary>
    /// The municipalities on each side. One with another decision on the method around that month is on neither; one
    /// without an assessed client before or after says nothing.
    /// </summary>
    private static (List<Around> With, List<Around> Without, bool Withheld) Sides(
        Decided decided, IReadOnlyList<EvaluationUnit> units, DateOnly seenUntil)
    {
        var sides = (With: new List<(int Unit, Around Around)>(), Without: new List<(int Unit, Around Around)>());
        for (var unit = 0; unit < units.Count; unit++)
        {
            var near = units[unit].MethodDecisions.Where(it => it.Method == decided.Method
                && Math.Abs(MonthSet.NumberOf(it.From) - decided.Month) < Window).ToArray();
            var around = Around.Of(units[unit], decided);
            if (around.Before.Of == 0 || around.After.Of == 0)
            {
                continue;
            }
            if (near.Length == 0)
            {
                sides.Without.Add((unit, around));
            }
            else if (Array.TrueForAll(near, it => it.Choice == decided.Choice
                && MonthSet.NumberOf(it.From) == decided.Month))
            {
                sides.With.Add((unit, around));
            }
        }
        var (with, some) = Released(decided, units, sides.With, seenUntil);
        var (without, others) = Released(decided, units, sides.Without, seenUntil);
        return (with, without, some || others);
    }

    /// <summary>
    /// What may be used: own municipalities as they are; of others, both whole years or none, where the decision holds
    /// from the first of January and the year after it had a year more in which goals were assessed.
    /// </summary>
    private static (List<Around> Told, bool Withheld) Released(
        Decided decided, IReadOnlyList<EvaluationUnit> units, List<(int Unit, Around Around)> side, DateOnly seenUntil)
    {
        if (side.TrueForAll(it => units[it.Unit].IsExact))
        {
            return ([.. side.Select(it => it.Around)], false);
        }
        if (decided.Month % Window != 0 || MonthSet.FirstDayOf(decided.Month + (2 * Window)) > seenUntil)
        {
            return ([], side.Count > 0);
        }
        var tables = new ReleasedYears<Around>(units);
        foreach (var (unit, around) in side)
        {
            tables.Add(unit, 0, decided.Month / Window, around, Cells(around.Before), Cells(around.After));
        }
        var (told, withheld) = tables.All();
        return ([.. told.Select(it => it.Table)], withheld);
    }

    private static int[] Cells(Tally tally) => [(int)tally.Count, (int)(tally.Of - tally.Count)];

    /// <summary>What was used is in no released table, and so told to own staff alone.</summary>
    private static Estimate[] SideOf(List<Around> side, bool isExact) =>
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

    private static Estimate[] Compare(List<Around> with, List<Around> without)
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

    private readonly record struct Decided(CodedValue Method, MethodChoice Choice, int Month)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{StudyArms.WordOf(Choice)} {Method.Code} from {Month / 12:0000}-{(Month % 12) + 1:00}");
    }

    /// <summary>One municipality around a decision.</summary>
    private readonly record struct Around(Tally Before, Tally After, Tally UsedBefore, Tally UsedAfter)
    {
        public double Change => After.Share!.Value - Before.Share!.Value;

        public static Around Of(EvaluationUnit unit, Decided decided)
        {
            var (before, after) = (Sum(decided.Month - Window), Sum(decided.Month));
            return new Around(before.Attained, after.Attained, before.Used, after.Used);

            (Tally Attained, Tally Used) Sum(int from)
            {
                var (attained, used) = (new Tally(), new Tally());
                for (var month = from; month < from + Window; month++)
                {
                    if (unit.PlanMonths.TryGetValue(month, out var clients))
                    {
                        var (known, with) = clients.Methods.GetValueOrDefault(decided.Method);
                        attained = new Tally(attained.Count + clients.Attained, attained.Of + clients.Assessed);
                        used = new Tally(used.Count + with, used.Of + known);
                    }
                }
                return (attained, used);
            }
        }
    }

    private static IReadOnlyList<string> Notes { get; } =
    [
        "Clients with an assessed goal, by the month of their first plan; later plans had less time to be reviewed.",
        "Association, never effect: a municipality drops what does not work and takes up what others praise, and its "
        + "staff know of the decision when they assess goals.",
    ];
}
