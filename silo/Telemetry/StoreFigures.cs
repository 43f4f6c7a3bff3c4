using System.Diagnostics;

namespace OsstOrleans.Silo.Telemetry;

/// <summary>How the writes of one store become durable.</summary>
/// <param name="store">The store's name in metrics.</param>
public sealed class StoreFigures(string store)
{
    private readonly RecentDistribution _queued = new();
    private readonly RecentDistribution _sizes = new();
    private readonly RecentDistribution _syncs = new();
    private long _waiting;
    private long _writes;
    private long _groups;
    private long _errors;

    public string Store => store;

    /// <summary>Writes that wait for a group or are in one.</summary>
    public long Waiting => Interlocked.Read(ref _waiting);

    /// <summary>Writes that became durable.</summary>
    public long Writes => Interlocked.Read(ref _writes);

    /// <summary>Groups that became durable: transactions, each with one fsync.</summary>
    public long Groups => Interlocked.Read(ref _groups);

    /// <summary>Writes that failed.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>The store accepts nothing more until the process starts anew.</summary>
    public bool IsBroken { get; internal set; }

    /// <summary>The store's server does not answer at present, or takes no writes.</summary>
    public bool IsAway => WritesAreAway || HintsAreAway;

    /// <summary>The latest write found it away; it is tried again and again, also when no write comes.</summary>
    internal bool WritesAreAway { get; set; }

    /// <summary>Other processes' commits cannot be heard of; that is tried again and again.</summary>
    internal bool HintsAreAway { get; set; }

    /// <summary>
    /// Writes were refused, by a full disk, another program's lock or the server; whether others are is tried again and
    /// again, also when no write comes.
    /// </summary>
    public bool IsRefusing { get; internal set; }

    /// <summary>Why writes are not taken, as a sentence without data; null while they are.</summary>
    public string? Trouble { get; internal set; }

    internal Distribution RecentQueueTimes => _queued.Recent(Ticks.Now);

    internal Distribution RecentGroupSizes => _sizes.Recent(Ticks.Now);

    internal Distribution RecentSyncs => _syncs.Recent(Ticks.Now);

    /// <summary>A write was handed over.</summary>
    internal WriteWatch Begin()
    {
        Interlocked.Increment(ref _waiting);
        return new WriteWatch(Ticks.Now, Spans.Here);
    }

    /// <summary>A group is durable.</summary>
    /// <param name="writes">The writes of the group.</param>
    /// <param name="began">When it was taken from the queue; see <see cref="Ticks"/>.</param>
    /// <param name="syncing">When the disk or the server was asked to make it durable.</param>
    internal void Stored(IReadOnlyCollection<IWatchedWrite> writes, long began, long syncing)
    {
        var now = Ticks.Now;
        Interlocked.Add(ref _waiting, -writes.Count);
        Interlocked.Add(ref _writes, writes.Count);
        Interlocked.Increment(ref _groups);
        _sizes.Record(writes.Count, now);
        _syncs.Record(now - syncing, now);
        var tags = new TagList { { Tags.Store, store } };
        if (Instruments.FsyncTime.Enabled)
        {
            Instruments.FsyncTime.Record(Ticks.Milliseconds(now - syncing), tags);
            Instruments.WriteGroupSize.Record(writes.Count, tags);
        }
        foreach (var write in writes.Select(write => write.Watch))
        {
            _queued.Record(began - write.Queued, now);
            if (Instruments.WriteLatency.Enabled)
            {
                Instruments.WriteQueueTime.Record(Ticks.Milliseconds(began - write.Queued), tags);
                Instruments.WriteLatency.Record(Ticks.Milliseconds(now - write.Queued), tags);
            }
            if (write.From is { } from)
            {
                Spans.Written(from, write.Queued, began, syncing, now, writes.Count);
            }
        }
    }

    /// <summary>Writes were answered with a fault.</summary>
    internal void Failed(int writes)
    {
        Interlocked.Add(ref _waiting, -writes);
        Interlocked.Add(ref _errors, writes);
        Instruments.WriteErrors.Add(writes, KeyValuePair.Create<string, object?>(Tags.Store, store));
    }
}

/// <summary>A write that waits for its group.</summary>
internal interface IWatchedWrite
{
    WriteWatch Watch { get; }
}

/// <summary>What a write remembers of the moment it was handed over.</summary>
/// <param name="Queued">When; see <see cref="Ticks"/>.</param>
/// <param name="From">The span of the call that waits for it; null without a listener.</param>
internal readonly record struct WriteWatch(long Queued, Activity? From);
