using OsstOrleans.Grains.Caseload;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// The two tables of the same people of which it is known who is in which cells. A flow from the one to the other shows
/// all people that there can be; with facts about a third table it would show too many of them.
/// </summary>
internal sealed class LinkedTables
{
    private readonly IReadOnlyList<Implication> _known;

    private LinkedTables(int left, int right, IReadOnlyList<Implication> known) =>
        (Left, Right, _known) = (left, right, known);

    /// <summary>The number of the table in which people begin.</summary>
    public int Left { get; }

    /// <summary>The number of the table in which they end.</summary>
    public int Right { get; }

    /// <exception cref="NotSupportedException">They are about more than two tables.</exception>
    public static LinkedTables Of(IReadOnlyList<Implication> known)
    {
        int[] tables = [.. known.SelectMany(fact => (int[])[fact.These.Table, fact.Those.Table]).Distinct()];
        return tables is [var left, var right]
            ? new LinkedTables(left, right, known)
            : throw new NotSupportedException(
                $"Implications between {tables.Length} tables: PossiblePeople finds people of two linked ones alone.");
    }

    /// <summary>True when a client can be in this cell of the left table and in that one of the right one.</summary>
    public bool CanBeInBoth(int left, int right) => _known.All(fact =>
    {
        var (one, other) = fact.These.Table == Left ? (left, right) : (right, left);
        return !fact.These.Cells.Contains(one) || fact.Those.Cells.Contains(other);
    });
}
