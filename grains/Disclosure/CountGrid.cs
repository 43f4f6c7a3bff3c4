namespace OsstOrleans.Grains.Disclosure;

/// <summary>What outsiders can know of a count: it is any whole number from the one to the other.</summary>
/// <param name="Least">The smallest that it can be.</param>
/// <param name="Most">The largest that it can be.</param>
public readonly record struct Bounds(int Least, int Most);

/// <summary>
/// How a count of people is shown to outsiders: rounded down to a multiple of k, and not at all below 2k. Zero is not
/// shown either. A hidden count can so be 0 or 1 as well as k or more, a shown one is any of k numbers, and whatever
/// happens over time, two shown numbers differ by nothing or by k at least.
/// </summary>
/// <param name="K">No act fixes it (see the domain's notes on 552/2019 52 §); 5 is the default, and the least.</param>
public readonly record struct CountGrid(int K)
{
    /// <summary>The grid of registers that choose no coarser one.</summary>
    public static CountGrid Default { get; } = new(SmallCells.DefaultK);

    /// <summary>What is shown of a count; null when it is hidden.</summary>
    public int? Shown(int count) => count < 2 * K ? null : count - (count % K);

    /// <inheritdoc cref="Shown(int)"/>
    public long? Shown(long count) => count < 2 * K ? null : count - (count % K);

    /// <summary>What is known of a count from what is shown of it.</summary>
    public Bounds Known(int? shown) =>
        shown is { } least ? new Bounds(least, least + K - 1) : new Bounds(0, (2 * K) - 1);
}
