using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// The decisions on methods of which others are shown the sides: those from a first of January on, when the year after
/// them had a year more in which goals were assessed. A municipality's year is the same in the sides of every decision,
/// so sides that differ by one register would show that register's year. Each decision is therefore shown only if all
/// sides that have a year in common part the municipalities into sets of which each may stand by itself: whatever is
/// added or taken away is a sum of such sets. Earlier decisions come first. What is asked does not matter, else two
/// questions would show what one does not.
/// </summary>
internal sealed class ReleasedDecisions
{
    private readonly IReadOnlyList<EvaluationUnit> _units;
    private readonly Dictionary<DecidedMethod, MethodSides> _shown = [];

    /// <summary>By year, on which side each municipality is of each shown decision; a dot for neither.</summary>
    private readonly Dictionary<int, string[]> _sidesOf = [];

    /// <param name="units">Municipalities in the order of codes, with the decisions that hold for them.</param>
    /// <param name="seenUntil">The last day of which the log can know.</param>
    public ReleasedDecisions(IReadOnlyList<EvaluationUnit> units, DateOnly seenUntil)
    {
        _units = units;
        foreach (var decided in DecidedMethod.AllOf(units).Where(it => it.Month % AroundDecision.Window == 0
            && MonthSet.FirstDayOf(it.Month + (2 * AroundDecision.Window)) <= seenUntil))
        {
            Consider(decided);
        }
    }

    /// <summary>What others are shown of a decision: both sides, or neither.</summary>
    public MethodSides Of(DecidedMethod decided) =>
        _shown.GetValueOrDefault(decided) ?? new MethodSides([], []) { Withheld = true };

    private void Consider(DecidedMethod decided)
    {
        var all = MethodSides.Of(decided, _units);
        var sides = new MethodSides([.. all.With.Where(IsSafe)], [.. all.Without.Where(IsSafe)]);
        var year = decided.Month / AroundDecision.Window;
        var (before, after) = (With(year - 1, sides), With(year, sides));
        if (sides.With.Count > 0 && sides.Without.Count > 0 && MayShow(year - 1, before) && MayShow(year, after))
        {
            (_sidesOf[year - 1], _sidesOf[year]) = (before, after);
            _shown.Add(decided, sides with
            {
                Withheld = sides.With.Count < all.With.Count || sides.Without.Count < all.Without.Count,
            });
        }
    }

    /// <summary>The sides of a year's municipalities, and those of one decision more.</summary>
    private string[] With(int year, MethodSides sides)
    {
        var (with, without) = (sides.With.Select(it => it.Unit).ToHashSet(),
            sides.Without.Select(it => it.Unit).ToHashSet());
        var before = _sidesOf.GetValueOrDefault(year);
        return
        [
            .. _units.Select((_, unit) =>
                $"{before?[unit]}{(with.Contains(unit) ? 'w' : without.Contains(unit) ? 'o' : '.')}"),
        ];
    }

    /// <summary>True when all municipalities that are on the same sides throughout may stand by themselves.</summary>
    private bool MayShow(int year, string[] sidesOf)
    {
        var (numbers, years) = (new Dictionary<string, int>(StringComparer.Ordinal), new ReleasedYears<Tally>(_units));
        foreach (var (unit, sides) in sidesOf.Index().Where(it => it.Item.Trim('.').Length > 0))
        {
            numbers.TryAdd(sides, numbers.Count);
            var clients = AroundDecision.AttainedIn(_units[unit], year * AroundDecision.Window);
            years.Add(unit, numbers[sides], year, clients, Cells(clients));
        }
        return !years.All().Withheld;
    }

    private static bool IsSafe((int Unit, AroundDecision Around) of) =>
        SmallCells.MayShowRow(Cells(of.Around.Before)) && SmallCells.MayShowRow(Cells(of.Around.After));

    private static int[] Cells(Tally tally) => [(int)tally.Count, (int)(tally.Of - tally.Count)];
}
