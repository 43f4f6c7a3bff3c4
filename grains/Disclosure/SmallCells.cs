namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// Statistical disclosure control for counts of people: no cell below k is shown, nor one that the shown ones give
/// away. No act fixes k; 5 is the default (see the domain's notes on 552/2019 52 § and Findata's risk-based check).
/// </summary>
public static class SmallCells
{
    /// <summary>The default smallest count that may be shown; zero may be shown too.</summary>
    public const int DefaultK = 5;

    /// <summary>A figure of fewer municipalities is as good as a municipality's own.</summary>
    public const int FewestMunicipalities = 3;

    /// <summary>Percent.</summary>
    private const int MostOfOne = 85;

    /// <summary>True when a single count may be shown by itself.</summary>
    public static bool MayShow(int count, int k = DefaultK) => count == 0 || count >= k;

    /// <summary>
    /// True when not all people of a table are in one cell: if all share one value, it is known of each of them.
    /// </summary>
    public static bool Differ(params ReadOnlySpan<int> cells) => cells.Length - cells.Count(0) != 1;

    /// <summary>True when no cell of a row is small, and not all people are in one.</summary>
    public static bool MayShowRow(int[] cells, int k = DefaultK) => MayShowAll(cells, k) && Differ(cells);

    /// <summary>True when no cell of several is small.</summary>
    public static bool MayShowAll(int[] cells, int k = DefaultK) => Array.TrueForAll(cells, cell => MayShow(cell, k));

    /// <summary>
    /// True when one municipality is more than 85 % of a sum over several: it is shown, then, as good as alone.
    /// </summary>
    public static bool IsDominated(long sum, IEnumerable<int> parts) =>
        parts.DefaultIfEmpty().Max() * 100L > MostOfOne * sum;

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
}
