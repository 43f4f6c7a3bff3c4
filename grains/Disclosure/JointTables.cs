using OsstOrleans.Grains.Caseload;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// Tables that count the same people, each in another way, say something of each other: their totals are one number,
/// and who is in a cell of one table may have to be in certain cells of another. Whether the tables are shown together
/// depends on that alone: no such equation may narrow what is known of any single cell.
/// </summary>
/// <remarks>
/// Every equation has the form "at least as many are in these cells as in those". It says nothing if it has room for
/// the widest cell in it: then it holds whatever that cell is. That all of them hold is enough for people to exist who
/// give the tables: a flow from the cells of one to those of the other (Hoffman's condition; Mendelsohn and Dulmage
/// for both sides). That a table is missing says that some equation had less room than asked for. So more is asked for,
/// 3k-2: with less room than that, hidden cells can still be 0 or 1, and k or more. And the tables after it are
/// missing, too: beside one of them it would say more.
/// </remarks>
public static class JointTables
{
    /// <summary>Which tables are shown: in their order, until one would say something beside those before it.</summary>
    /// <param name="tables">What is known of each cell, by table; null for no table.</param>
    /// <param name="implications">What is known of who is in which cells; tables are named by their place.</param>
    /// <param name="grid">How the cells are shown.</param>
    public static bool[] Choose(
        IReadOnlyList<Bounds[]?> tables, IReadOnlyList<Implication> implications, CountGrid grid)
    {
        var chosen = new bool[tables.Count];
        for (var i = 0; i < tables.Count; i++)
        {
            chosen[i] = tables[i] is not null;
            if (chosen[i] && !SayNothing(tables, chosen, implications, (3 * grid.K) - 2))
            {
                chosen[i] = false;
                break;
            }
        }
        return chosen;
    }

    private static bool SayNothing(
        IReadOnlyList<Bounds[]?> tables, bool[] chosen, IReadOnlyList<Implication> implications, int room)
    {
        for (var one = 0; one < tables.Count; one++)
        {
            for (var other = 0; other < tables.Count; other++)
            {
                if (one != other && chosen[one] && chosen[other] && !SaysNothing(All(one), All(other), room))
                {
                    return false;
                }
            }
        }
        foreach (var (these, those) in implications)
        {
            if (chosen[these.Table] && chosen[those.Table] && !SaysNothingOf(these, those))
            {
                return false;
            }
        }
        return true;

        // Who is in these cells is in those: so who is not in those is not in these, and a third table has them all.
        bool SaysNothingOf(CellGroup these, CellGroup those)
        {
            var (notThese, notThose) = (Rest(these), Rest(those));
            // Of two cells the smaller one is never shown as more, so between them room is never missing.
            var isOfTwoCells = these.Cells.Count == 1 && those.Cells.Count == 1;
            var holds = SaysNothing(Sum(these), Sum(those), isOfTwoCells ? 0 : room)
                && SaysNothing(notThose, notThese, room);
            for (var third = 0; third < tables.Count && holds; third++)
            {
                holds = !chosen[third] || third == these.Table || third == those.Table
                    || (SaysNothing(Sum(these) + notThose, All(third), room)
                        && SaysNothing(All(third), notThese + Sum(those), room));
            }
            return holds;
        }

        Total All(int table) => Total.Of(tables[table]!);

        Total Sum(CellGroup group) => Total.Of(tables[group.Table]!, group.Cells, isIn: true);

        Total Rest(CellGroup group) => Total.Of(tables[group.Table]!, group.Cells, isIn: false);
    }

    /// <summary>True when "at least as many are in those as in these" leaves every single cell as open as it was.
    /// </summary>
    private static bool SaysNothing(in Total these, in Total those, int room) =>
        those.Most - these.Least >= Math.Max(room, Math.Max(these.Widest, those.Widest));

    /// <summary>What is known of a sum of cells, and by how much the least known cell may move it.</summary>
    private readonly record struct Total(int Least, int Most, int Widest)
    {
        public static Total operator +(in Total one, in Total other) => new(
            one.Least + other.Least, one.Most + other.Most, Math.Max(one.Widest, other.Widest));

        public static Total Of(Bounds[] cells, IReadOnlyList<int>? group = null, bool isIn = false)
        {
            var sum = default(Total);
            for (var cell = 0; cell < cells.Length; cell++)
            {
                if (group is null || group.Contains(cell) == isIn)
                {
                    sum += new Total(cells[cell].Least, cells[cell].Most, cells[cell].Most - cells[cell].Least);
                }
            }
            return sum;
        }
    }
}
