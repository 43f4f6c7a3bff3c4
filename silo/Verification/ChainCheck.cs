using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Verification;

/// <summary>
/// Follows the chains of one log's lines: each line by its seal over the one before, each chain without a gap and at
/// least as far as its exported heads. Lines come nearly in the order of their chains.
/// </summary>
/// <typeparam name="TLine">A line of the log.</typeparam>
/// <param name="log">How the log is named in what is found.</param>
/// <param name="sealOf">A line's seal, by its place and the seal before.</param>
/// <param name="heads">Where chains stood once.</param>
/// <param name="anchors">Where chains go on whose first lines have ended.</param>
/// <param name="differences">Takes what is found; numbers of lines and writers, never their content.</param>
internal sealed class ChainCheck<TLine>(
    string log, Func<TLine, ChainLink, ReadOnlyMemory<byte>, byte[]> sealOf, IEnumerable<ChainHead> heads,
    IEnumerable<LogAnchor> anchors, List<string> differences)
{
    /// <summary>So many lines of one writer may stand before their turn: those of transactions at the same time.
    /// </summary>
    private const int MostWaiting = 20_000;

    private readonly ILookup<Guid, ChainHead> _heads = heads.ToLookup(head => head.Writer);
    private readonly Dictionary<Guid, Chain> _chains = anchors.ToDictionary(
        anchor => anchor.Writer, anchor => new Chain { Next = anchor.Number + 1, Before = anchor.Seal });

    /// <summary>The next line that stands in a chain.</summary>
    /// <param name="number">The line's place in the log.</param>
    /// <param name="line">The line.</param>
    /// <param name="link">Its place in its chain.</param>
    /// <param name="seal">Its seal, as stored.</param>
    public void Add(long number, TLine line, ChainLink link, ReadOnlyMemory<byte> seal)
    {
        if (!_chains.TryGetValue(link.Writer, out var chain))
        {
            _chains.Add(link.Writer, chain = new Chain());
        }
        if (link.Number < chain.Next || !chain.Waiting.TryAdd(link.Number, (number, line, seal)))
        {
            differences.Add($"{log}: line {number} stands where another one does in its writer's chain");
            return;
        }
        Take(link.Writer, chain, chain.Waiting.Count > MostWaiting);
    }

    /// <summary>No line follows.</summary>
    public void End()
    {
        foreach (var (writer, chain) in _chains)
        {
            Take(writer, chain, mayLeap: true);
        }
        foreach (var writer in _heads)
        {
            var (reached, stood) = (_chains.GetValueOrDefault(writer.Key)?.Next - 1 ?? 0, writer.Max(h => h.Number));
            if (reached < stood)
            {
                differences.Add(
                    $"{log}: the chain of {writer.Key:N} ends with line {reached}, and stood at {stood} once");
            }
        }
    }

    private void Take(Guid writer, Chain chain, bool mayLeap)
    {
        while (chain.Waiting.Count > 0)
        {
            var next = chain.Waiting.First();
            if (next.Key != chain.Next && !mayLeap)
            {
                return;
            }
            if (next.Key != chain.Next)
            {
                differences.Add(
                    $"{log}: {next.Key - chain.Next} lines are gone before line {next.Value.Number}, from "
                    + $"{chain.Next} on in the chain of {writer:N}");
                (chain.Before, mayLeap) = (null, chain.Waiting.Count > MostWaiting);
            }
            chain.Waiting.Remove(next.Key);
            chain.Next = next.Key + 1;
            Examine(new ChainLink(writer, next.Key), next.Value, chain);
        }
    }

    private void Examine(ChainLink link, (long Number, TLine Line, ReadOnlyMemory<byte> Seal) it, Chain chain)
    {
        if (it.Seal.IsEmpty)
        {
            differences.Add($"{log}: line {it.Number} has no seal");
        }
        // Behind a gap the seal before is gone, and the line's own cannot be computed.
        else if (chain.Before is { } before && !it.Seal.Span.SequenceEqual(sealOf(it.Line, link, before)))
        {
            differences.Add($"{log}: line {it.Number} differs from its seal");
        }
        if (_heads[link.Writer].Any(head => head.Number == link.Number && !head.Seal.Span.SequenceEqual(it.Seal.Span)))
        {
            differences.Add($"{log}: line {it.Number} is another one than when its chain's head was exported");
        }
        chain.Before = it.Seal;
    }

    private sealed class Chain
    {
        public long Next { get; set; } = 1;

        /// <summary>The seal of the line before the next one; null where that is gone.</summary>
        public ReadOnlyMemory<byte>? Before { get; set; } = ReadOnlyMemory<byte>.Empty;

        public SortedDictionary<long, (long Number, TLine Line, ReadOnlyMemory<byte> Seal)> Waiting { get; } = [];
    }
}
