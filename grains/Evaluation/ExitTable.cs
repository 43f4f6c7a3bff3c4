using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// Times to exit of all municipalities, by arm. Where coverage ends, follow-up is cut for all alike: at month C-g+1 for
/// a register complete to C and exits of g months, because a later exit looks like a pause.
/// </summary>
internal sealed class ExitTable
{
    /// <summary>Outsiders' tables say in which quarter of a year an exit was, and no more.</summary>
    private const int BandMonths = 3;

    private readonly EvaluationQuestion _question;
    private readonly ReleasedYears<List<(int Time, int End, long Count)>> _released;

    private ExitTable(EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units) =>
        (_question, _released) = (question, new(units));

    public Exclusions Excluded { get; } = new();

    /// <summary>True when something was left out as small cells.</summary>
    public bool Withheld { get; private set; }

    /// <param name="question">What is asked.</param>
    /// <param name="units">In the order of codes: it is the clusters' order, and so that of every sum.</param>
    public static ExitTable Of(EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units)
    {
        var table = new ExitTable(question, units);
        for (var cluster = 0; cluster < units.Count; cluster++)
        {
            table.Take(units[cluster], cluster);
        }
        var (told, withheld) = table._released.All();
        foreach (var (cluster, arm, year, cells) in told)
        {
            table.Add(cluster, arm, cells.Select(it => (year, it.Time, it.End, it.Count)));
        }
        table.Withheld |= withheld;
        return table;
    }

    /// <summary>The clients by arm; 0 is no arm.</summary>
    public FollowedUpTable Times { get; } = new();

    private void Take(EvaluationUnit unit, int cluster)
    {
        var spells = new Dictionary<(int Arm, int Month, int Time, int End), long>();
        foreach (var (group, cell) in unit.Cells)
        {
            if (_question.Takes(group))
            {
                Exclude(unit, group, cell);
            }
        }
        foreach (var (spell, count) in unit.Spells)
        {
            // Of an erased client whose year is not known no more comes: others see the year without the client.
            if (spell.Gap == _question.Gap && _question.Takes(spell.Group) && LastMonth(unit, spell.Group) is { } last
                && (unit.IsExact || !spell.Group.IsErased || unit.HasWindow(spell.Group)))
            {
                var arm = (int)(unit.ArmIn(spell.Group.Month) ?? 0);
                var seen = spell.Group.Month + spell.Months <= last;
                var key = (arm, spell.Group.Month, seen ? spell.Months : last - spell.Group.Month,
                    seen ? (int)spell.End : 0);
                spells[key] = spells.GetValueOrDefault(key) + count;
            }
        }
        foreach (var year in spells.GroupBy(it => (it.Key.Arm, Year: it.Key.Month / 12)))
        {
            if (!unit.IsExact && !unit.IsComplete(year.Key.Year))
            {
                Withheld = true;
                continue; // Some are followed too short, or come later: the year's table comes when it is complete.
            }
            if (unit.IsExact)
            {
                Add(cluster, year.Key.Arm, year.Select(it => (it.Key.Month, it.Key.Time, it.Key.End, it.Value)));
            }
            else
            {
                Release(cluster, year.Key, [.. year.Select(it => (it.Key.Time, it.Key.End, it.Value))]);
            }
        }
    }

    private void Add(int cluster, int arm, IEnumerable<(int Index, int Time, int End, long Count)> cells)
    {
        foreach (var (index, time, end, count) in cells)
        {
            Times.Count(arm, cluster, index, time, end, count);
        }
    }

    /// <summary>
    /// One municipality's year as others may see it: exits by quarter of the first year, and all others together. Shown
    /// whole or not at all; clients who were not followed a whole year are not in it.
    /// </summary>
    private void Release(
        int cluster, (int Arm, int Year) of, IReadOnlyList<(int Time, int End, long Count)> year)
    {
        var exits = new long[FollowUp.WindowMonths / BandMonths];
        long others = 0;
        foreach (var (time, end, count) in year)
        {
            if (end is (int)SpellEnd.Exit or (int)SpellEnd.ExitAfterClosing && time <= FollowUp.WindowMonths)
            {
                exits[(time - 1) / BandMonths] += count;
            }
            else if (end != 0 || time >= FollowUp.WindowMonths)
            {
                others += count;
            }
            else
            {
                Withheld = true;
                return; // Followed too short: the year's table comes when it is complete.
            }
        }
        if (of.Arm == 0)
        {
            Withheld = true;
            return;
        }
        _released.Add(cluster, of.Arm, of.Year,
        [
            .. exits.Select((count, band) => ((band + 1) * BandMonths, (int)SpellEnd.Exit, count))
                .Append((FollowUp.WindowMonths, 0, others)).Where(it => it.Item3 > 0),
        ],
        [.. exits.Append(others).Select(count => (int)count)]);
    }

    private int? LastMonth(EvaluationUnit unit, IndexGroup group) =>
        unit.CoveredThrough(group) is { } through && through - _question.Gap + 1 > group.Month
            ? through - _question.Gap + 1
            : null;

    private void Exclude(EvaluationUnit unit, IndexGroup group, IndexCell cell)
    {
        var arm = unit.ArmIn(group.Month);
        var readable = cell.Clients - cell.Unreadable;
        Excluded.Count(ExclusionReason.HistoryTooLong, arm, cell.Unreadable);
        if (LastMonth(unit, group) is null)
        {
            Excluded.Count(ExclusionReason.NotCovered, arm, readable);
            return;
        }
        Excluded.Count(ExclusionReason.NotOnAssistance, arm, readable - cell.OnAssistance);
        if (arm is null)
        {
            Excluded.Count(ExclusionReason.NotInArm, arm, cell.OnAssistance);
        }
    }
}
