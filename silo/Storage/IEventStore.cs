using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Storage;

/// <summary>
/// The append-only truth. Every write is durable when its task completes. Reads never block writes.
/// A store whose disk fails answers <see cref="StoreFault"/>; what was not acknowledged may or may not be stored, and
/// the same command id tells which when asked again.
/// </summary>
public interface IEventStore : IAsyncDisposable
{
    /// <summary>The position of the last committed event; 0 for an empty log.</summary>
    long LastPosition { get; }

    /// <summary>Raised after each commit with the new last position, from the writer: handlers only signal.</summary>
    event Action<long>? Committed;

    /// <summary>Appends one command's events and its outcome, if the stream is still at the expected version.</summary>
    ValueTask<AppendOutcome> Append(AppendRequest request);

    /// <summary>The first outcome of a command id in a stream, or null when it has none.</summary>
    AppendOutcome? FindOutcome(GrainId grain, Guid commandId);

    /// <summary>
    /// The newest snapshot and the events after it (after <paramref name="afterVersion"/> when given).
    /// </summary>
    StreamTail Load(GrainId grain, long? afterVersion = null);

    /// <summary>The log after a position, in commit order, at most <paramref name="max"/> events.</summary>
    IReadOnlyList<StoredEvent> ReadFeed(long after, int max);

    /// <summary>Keeps a snapshot. Losing it changes no answer, so nobody waits for it.</summary>
    void SaveSnapshot(GrainId grain, Snapshot snapshot);

    /// <summary>Writes use-log lines; they are durable when the task completes.</summary>
    ValueTask LogAccess(IReadOnlyList<AccessLine> lines);
}

/// <summary>
/// The store cannot write (disk full, disk fault). The message is one sentence without personal data.
/// </summary>
public sealed class StoreFault(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The store must not be opened: damaged, foreign, read-only or in use. One clear sentence; data untouched.
/// </summary>
public sealed class StoreRefusal(string message) : Exception(message);
