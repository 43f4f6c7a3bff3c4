using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Storage;

/// <summary>A line's place in its writer's chain.</summary>
/// <param name="Writer">Who wrote: a chain of a process. Empty in lines of older versions.</param>
/// <param name="Number">From 1, without gaps; 0 in lines of older versions.</param>
internal readonly record struct ChainLink(Guid Writer, long Number);

/// <summary>Where a chain stood: all lines before follow from its seal.</summary>
/// <param name="Log">Which log's.</param>
/// <param name="Writer">Whose chain.</param>
/// <param name="Number">The last line that was durable.</param>
/// <param name="Seal">That line's seal.</param>
public sealed record ChainHead(string Log, Guid Writer, long Number, ReadOnlyMemory<byte> Seal);

/// <summary>
/// One writer's lines of a log about clients, each sealed over the one before: a line that is changed, put in or taken
/// away breaks the chain, also for who has the key, as far as a head was exported (docs/decisions/0042). Lines of one
/// writer are written one group after the other.
/// </summary>
/// <param name="log">Which log's; one of <see cref="Logs"/>.</param>
internal sealed class LogChain(string log)
{
    public const string Uses = "use";

    public const string Disclosures = "disclosure";

    /// <summary>Chains that a process remembers after they ended.</summary>
    private const int MostEnded = 64;

    private readonly Lock _gate = new();
    private readonly Queue<ChainHead> _ended = new();
    private Guid _writer = Guid.CreateVersion7();
    private long _number;
    private byte[] _last = [];
    private ChainHead? _head;
    private DateTimeOffset _at;

    /// <summary>The logs that have chains.</summary>
    public static IReadOnlyList<string> Logs { get; } = [Uses, Disclosures];

    /// <summary>Where this chain stands, and where those ended that it followed.</summary>
    public IReadOnlyList<ChainHead> Heads
    {
        get
        {
            lock (_gate)
            {
                return _head is { } head ? [.. _ended, head] : [.. _ended];
            }
        }
    }

    /// <summary>The next line's place and seal; neither while the log's key is unknown.</summary>
    public (ChainLink Link, byte[] Seal) Add(in UseLine line, RowSeals? seals) =>
        seals is null ? (default, []) : Follow(seals.Of(line, Next, _last));

    /// <inheritdoc cref="Add(in UseLine, RowSeals?)"/>
    public (ChainLink Link, byte[] Seal) Add(in DisclosureLine line, RowSeals? seals) =>
        seals is null ? (default, []) : Follow(seals.Of(line, Next, _last));

    private ChainLink Next => new(_writer, _number + 1);

    private (ChainLink Link, byte[] Seal) Follow(byte[] seal)
    {
        var link = Next;
        (_number, _last) = (link.Number, seal);
        return (link, seal);
    }

    /// <summary>A line's time, or that of the chain's line before where a clock was set back: names of lines that begin
    /// with it are in the order of the chain.</summary>
    public DateTimeOffset NotBefore(DateTimeOffset at) => _at = at > _at ? at : _at;

    /// <summary>What was added is durable.</summary>
    public void Stand()
    {
        if (_number > 0 && _head?.Number != _number)
        {
            lock (_gate)
            {
                _head = new ChainHead(log, _writer, _number, _last);
            }
        }
    }

    /// <summary>What was added may be lost, or not: another chain begins, so that none has a gap.</summary>
    public void BeginAnew()
    {
        lock (_gate)
        {
            if (_head is { } head)
            {
                _ended.Enqueue(head);
                _head = null;
            }
            if (_ended.Count > MostEnded)
            {
                _ended.Dequeue();
            }
        }
        (_writer, _number, _last) = (Guid.CreateVersion7(), 0, []);
    }
}
