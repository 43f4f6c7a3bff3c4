namespace OsstOrleans.Grains.Outcomes;

/// <summary>Sums that come into being with the first thing that is added to them.</summary>
internal static class Cells
{
    public static TCell CellOf<TKey, TCell>(this Dictionary<TKey, TCell> cells, TKey key)
        where TKey : notnull
        where TCell : class, new()
    {
        if (!cells.TryGetValue(key, out var cell))
        {
            cells.Add(key, cell = new TCell());
        }
        return cell;
    }
}
