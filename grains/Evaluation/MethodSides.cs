using System.Globalization;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Statistics;
using OsstOrleans.Grains.Work;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>A decision on a method, of any number of municipalities.</summary>
/// <param name="Method">On which method.</param>
/// <param name="Choice">What was decided.</param>
/// <param name="Month">The month from which it holds.</param>
internal readonly record struct DecidedMethod(CodedValue Method, MethodChoice Choice, int Month)
{
    /// <summary>Every decision that holds in one of the municipalities, once, by month.</summary>
    public static IEnumerable<DecidedMethod> AllOf(IReadOnlyList<EvaluationUnit> units) =>
        units.SelectMany(unit => unit.MethodDecisions)
            .Select(decision => new DecidedMethod(
                decision.Method, decision.Choice, MonthSet.NumberOf(decision.From)))
            .Distinct()
            .OrderBy(it => it.Month).ThenBy(it => $"{it.Method.System} {it.Method.Code}", StringComparer.Ordinal)
            .ThenBy(it => it.Choice);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{StudyArms.WordOf(Choice)} {Method.Code} from {Month / 12:0000}-{(Month % 12) + 1:00}");
}

/// <summary>One municipality around a decision: clients by the month of their first plan.</summary>
/// <param name="Before">Those of the months before it whose goal was attained, of those with an assessed one.</param>
/// <param name="After">The same from the decision's month on.</param>
/// <param name="UsedBefore">Those of before with whom the method was used, of those of whom a review says.</param>
/// <param name="UsedAfter">The same from the decision's month on.</param>
internal readonly record struct AroundDecision(Tally Before, Tally After, Tally UsedBefore, Tally UsedAfter)
{
    /// <summary>Months on each side of a decision.</summary>
    public const int Window = 12;

    public double Change => After.Share!.Value - Before.Share!.Value;

    public static AroundDecision Of(EvaluationUnit unit, DecidedMethod decided)
    {
        var (before, after) = (decided.Month - Window, decided.Month);
        return new AroundDecision(
            AttainedIn(unit, before), AttainedIn(unit, after), UsedIn(unit, before, decided.Method),
            UsedIn(unit, after, decided.Method));
    }

    /// <summary>Who attained a goal, of those whose first plan was made in twelve months.</summary>
    public static Tally AttainedIn(EvaluationUnit unit, int from) => MonthsOf(unit, from).Aggregate(
        new Tally(), (sum, month) => new Tally(sum.Count + month.Attained, sum.Of + month.Assessed));

    private static Tally UsedIn(EvaluationUnit unit, int from, CodedValue method) => MonthsOf(unit, from)
        .Select(month => month.Methods.GetValueOrDefault(method))
        .Aggregate(new Tally(), (sum, it) => new Tally(sum.Count + it.Used, sum.Of + it.Known));

    private static IEnumerable<PlanMonth> MonthsOf(EvaluationUnit unit, int from) => Enumerable.Range(from, Window)
        .Where(unit.PlanMonths.ContainsKey).Select(month => unit.PlanMonths[month]);
}

/// <summary>The municipalities that decided, and those that decided nothing on that method around it.</summary>
/// <param name="With">Those that decided, by their places in the list of municipalities.</param>
/// <param name="Without">Those that did not.</param>
internal sealed record MethodSides(
    IReadOnlyList<(int Unit, AroundDecision Around)> With, IReadOnlyList<(int Unit, AroundDecision Around)> Without)
{
    /// <summary>True when something was left out, as it would tell of too few.</summary>
    public bool Withheld { get; init; }

    /// <summary>
    /// One with another decision on the method around that month is on neither side; one without an assessed client
    /// before or after says nothing.
    /// </summary>
    public static MethodSides Of(DecidedMethod decided, IReadOnlyList<EvaluationUnit> units)
    {
        var (with, without) = (new List<(int, AroundDecision)>(), new List<(int, AroundDecision)>());
        for (var unit = 0; unit < units.Count; unit++)
        {
            var near = units[unit].MethodDecisions.Where(it => it.Method == decided.Method
                && Math.Abs(MonthSet.NumberOf(it.From) - decided.Month) < AroundDecision.Window).ToArray();
            var around = AroundDecision.Of(units[unit], decided);
            if (around.Before.Of == 0 || around.After.Of == 0)
            {
                continue;
            }
            if (near.Length == 0)
            {
                without.Add((unit, around));
            }
            else if (Array.TrueForAll(near, it => it.Choice == decided.Choice
                && MonthSet.NumberOf(it.From) == decided.Month))
            {
                with.Add((unit, around));
            }
        }
        return new MethodSides(with, without);
    }
}
