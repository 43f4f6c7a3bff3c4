namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// Statistical disclosure control for counts of people: no cell below k is shown, nor one that the shown ones give
/// away. No act fixes k; 5 is the default (see the domain's notes on 552/2019 52 § and Findata's risk-based check).
/// </summary>
public static class SmallCells
{
    /// <summary>The default smallest count that may be shown; zero may be shown too.</summary>
    public const int DefaultK = 5;

    /// <summary>
    /// Decides which cells of one table stay hidden. Cells are disjoint and add up to a total that may be shown, so
    /// hiding small cells alone is not enough: at least two are hidden, and together they are large enough that their
    /// known sum fixes none of them.
    /// </summary>
    /// <returns>True at each cell to hide; null when the whole table, with its total, must be withheld.</returns>
    public static bool[]? Hide(ReadOnlySpan<int> cells, int k = DefaultK)
    {
        var hidden = new bool[cells.Length];
        var (count, sum) = (0, 0);
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] > 0 && cells[i] < k)
            {
                (hidden[i], count, sum) = (true, count + 1, sum + cells[i]);
            }
        }
        while (count > 0 && (count < 2 || sum < k + count))
        {
            var next = SmallestShown(cells, hidden);
            if (next < 0)
            {
                return null;
            }
            (hidden[next], count, sum) = (true, count + 1, sum + cells[next]);
        }
        return hidden;
    }

    /// <summary>True when a single count may be shown by itself.</summary>
    public static bool MayShow(int count, int k = DefaultK) => count == 0 || count >= k;

    /// <summary>
    /// True when the sum of hidden cells may be shown: it fixes none of them, and is no small cell itself.
    /// </summary>
    public static bool MayShowSum(ReadOnlySpan<int> hidden, int k = DefaultK)
    {
        var count = hidden.Length - hidden.Count(0);
        var sum = 0;
        foreach (var cell in hidden)
        {
            sum += cell;
        }
        return count == 0 || sum >= (count == 1 ? k : k + count);
    }

    private static int SmallestShown(ReadOnlySpan<int> cells, bool[] hidden)
    {
        var best = -1;
        for (var i = 0; i < cells.Length; i++)
        {
            if (!hidden[i] && cells[i] > 0 && (best < 0 || cells[i] < cells[best]))
            {
                best = i;
            }
        }
        return best;
    }
}
