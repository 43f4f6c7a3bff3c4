using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Storage;

/// <summary>
/// The append-only truth. Every write is durable when its task completes. Reads never block writes.
/// A store whose disk or server fails answers <see cref="StoreFault"/>; what was not acknowledged may or may not be
/// stored, and the same command id tells which when asked again. Reads complete at once where nothing lies between
/// them and the data.
/// </summary>
public interface IEventStore : IAsyncDisposable
{
    /// <summary>
    /// The position of the last event that this process knows to be committed; 0 for an empty log. Positions grow in
    /// the order of the feed; whether there are holes between them is the store's business.
    /// </summary>
    long LastPosition { get; }

    /// <summary>How writes become durable.</summary>
    StoreFigures Figures { get; }

    /// <summary>
    /// Raised with the last position when there may be more to read: handlers only signal. It may be raised without
    /// need, and it may come before the feed shows that position, but never only before: while the feed lags it is
    /// raised again.
    /// </summary>
    event Action<long>? Committed;

    /// <summary>Appends one command's events and outcome, if the stream is still at the expected version.</summary>
    ValueTask<AppendOutcome> Append(AppendRequest request);

    /// <summary>
    /// Keeps something by consent; false, with nothing kept, when the consent's key is not the grain's key any more.
    /// </summary>
    ValueTask<bool> AddByConsent(ConsentEntry entry);

    /// <summary>
    /// The first outcome of a command id in a stream, as durable as an append's, or null when it has none.
    /// </summary>
    ValueTask<AppendOutcome?> FindOutcome(GrainName grain, Guid commandId);

    /// <summary>The events of a stream after a version, all of them after 0, and the keys that open them.</summary>
    ValueTask<StreamTail> Load(GrainName grain, long afterVersion = 0);

    /// <summary>
    /// The log after a position, in the order of positions, at most <paramref name="max"/> events. Nothing ever
    /// appears below what has been read once: what an unfinished transaction may still put there is held back with
    /// all that follows.
    /// </summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long after, int max);

    /// <summary>A grain's newest snapshot, for those who check it; null for none.</summary>
    ValueTask<GrainSnapshot?> ReadSnapshot(GrainName grain);

    /// <summary>
    /// Remembers the mark of the first master key that this log is used with, and from now on seals rows with a key
    /// derived from it; false when the log is another key's. An empty log gets the mark of one in which every row has a
    /// seal (docs/decisions/0026).
    /// </summary>
    ValueTask<bool> TryBindKey(MasterKey key);

    /// <summary>Opens the stored rows for those who check all of them; the caller disposes it.</summary>
    internal ValueTask<IOpenTables> OpenTables();

    /// <summary>Where this process's chains of the logs about clients stand (docs/decisions/0042).</summary>
    IReadOnlyList<ChainHead> LogHeads => [];

    /// <summary>Writes use-log lines; they are durable when the task completes.</summary>
    ValueTask LogAccess(IReadOnlyList<UseLine> lines);

    /// <summary>
    /// Writes the line of a read, and answers with the last version that the client's stream had beside it: whoever
    /// remembers less has missed what another process did. Null where no other process can write.
    /// </summary>
    async ValueTask<long?> LogRead(UseLine line)
    {
        await LogAccess([line]);
        return null;
    }
}
