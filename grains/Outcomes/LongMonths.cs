using System.Collections.Immutable;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>
/// Calendar months as bits in blocks of 64, as long as a life of clients is. A newer month never pushes out those
/// around an index: who stays on assistance longest would be lost by that, and selection would be by the outcome.
/// </summary>
internal readonly struct LongMonths
{
    /// <summary>So many blocks are kept: 42 years, four times as long as a client is kept after the closing.</summary>
    private const int MostBlocks = 8;

    private const int Width = 64;

    private readonly ImmutableArray<ulong> _blocks;

    public LongMonths(int firstBlock, ImmutableArray<ulong> blocks) => (FirstBlock, _blocks) = (firstBlock, blocks);

    /// <summary>The number of the first block: that of a month by 64.</summary>
    public int FirstBlock { get; }

    public ImmutableArray<ulong> Blocks => _blocks.IsDefault ? [] : _blocks;

    public LongMonths With(int month)
    {
        var (block, first, blocks) = (month / Width, FirstBlock, Blocks);
        if (blocks.IsEmpty)
        {
            return new LongMonths(block, [BitOf(month)]);
        }
        if (block < first - MostBlocks + blocks.Length)
        {
            return this; // Earlier than all that fits.
        }
        for (; block < first; first--)
        {
            blocks = blocks.Insert(0, 0);
        }
        while (block >= first + blocks.Length)
        {
            blocks = blocks.Add(0);
        }
        for (; blocks.Length > MostBlocks; first++)
        {
            blocks = blocks.RemoveAt(0);
        }
        return new LongMonths(first, blocks.SetItem(block - first, blocks[block - first] | BitOf(month)));
    }

    public LongMonths Without(int month)
    {
        var place = (month / Width) - FirstBlock;
        return Has(month)
            ? new LongMonths(FirstBlock, Blocks.SetItem(place, Blocks[place] & ~BitOf(month)))
            : this;
    }

    public bool Has(int month) => (month / Width) - FirstBlock is >= 0 and var place && place < Blocks.Length
        && (Blocks[place] & BitOf(month)) != 0;

    /// <summary>How many months from <paramref name="from"/> up to, not including, <paramref name="until"/>.</summary>
    public int CountBetween(int from, int until)
    {
        var count = 0;
        for (var month = from; month < until; month++)
        {
            count += Has(month) ? 1 : 0;
        }
        return count;
    }

    /// <summary>True when no month from this one on can have been pushed out by a later one.</summary>
    public bool Reaches(int month) => FirstBlock + Blocks.Length - (month / Width) <= MostBlocks;

    private static ulong BitOf(int month) => 1UL << (month % Width);
}
