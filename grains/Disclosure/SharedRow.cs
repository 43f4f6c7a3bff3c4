namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// A row of cells that several registers have part in, and whether outsiders may see it: all of them the same, also
/// the staff of any one register, who know its part and take it away.
/// </summary>
internal sealed class SharedRow
{
    private readonly int[] _cells;
    private readonly int[][] _parts;

    /// <param name="cells">The row's cells.</param>
    /// <param name="parts">The same cells of each register; they add up to the row.</param>
    public SharedRow(int[] cells, IEnumerable<int[]> parts) =>
        (_cells, _parts) = (cells, [.. parts.Where(part => part.Any(count => count != 0))]);

    /// <summary>
    /// True when the row is no table with a small cell, nor one in which all share one value, nor nearly one
    /// municipality's; and the same of what is left without any one of the municipalities.
    /// </summary>
    public bool MayBeShown(int k = SmallCells.DefaultK) => _parts.Length >= SmallCells.FewestMunicipalities
        && IsSafe(_cells, _parts, k)
        && _parts.All(own => IsSafe(Without(own), _parts.Where(part => part != own), k));

    /// <summary>The same for a count that stands beside others: it may be all there is.</summary>
    public bool MayStandBeside(int k = SmallCells.DefaultK) => SmallCells.MayShowAll(_cells, k)
        && _parts.All(own => SmallCells.MayShowAll(Without(own), k));

    private int[] Without(int[] part) => [.. _cells.Zip(part, static (all, one) => all - one)];

    private static bool IsSafe(int[] cells, IEnumerable<int[]> parts, int k) => SmallCells.MayShowRow(cells, k)
        && !SmallCells.IsDominated(cells.Sum(), parts.Select(part => part.Sum()));
}
