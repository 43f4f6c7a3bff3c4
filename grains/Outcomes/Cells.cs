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

    /// <summary>Adds all rows of another table.</summary>
    public static void MergeAll<TKey>(
        this Dictionary<TKey, AttainmentCounts> sums, Dictionary<TKey, AttainmentCounts> rows)
        where TKey : notnull
    {
        foreach (var (key, row) in rows)
        {
            sums.CellOf(key).Merge(row);
        }
    }

    /// <summary>Adds to a count. One that comes to nothing is gone, as if nothing had ever been counted.</summary>
    public static void Count<TKey>(this Dictionary<TKey, int> counts, TKey key, int count)
        where TKey : notnull
    {
        var sum = counts.GetValueOrDefault(key) + count;
        counts[key] = sum;
        if (sum == 0)
        {
            counts.Remove(key);
        }
    }

    /// <summary>Adds all counts of another, or with -1 takes them back.</summary>
    public static void CountAll<TKey>(this Dictionary<TKey, int> counts, Dictionary<TKey, int> other, int sign)
        where TKey : notnull
    {
        foreach (var (key, count) in other)
        {
            counts.Count(key, sign * count);
        }
    }
}
