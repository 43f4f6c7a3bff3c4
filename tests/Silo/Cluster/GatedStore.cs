using System.Collections.Concurrent;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Hosting;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Tests.Cluster;

/// <summary>
/// A real store whose door a test can shut: appends then wait, as they do for a slow disk, until it opens. It notes
/// the order of arrival, and two appends of one grain at once: a broken turn.
/// </summary>
internal sealed class GatedStore(IEventStore store)
    : IEventStore, ISnapshotTable, IIdentityIndex, IDeliveryStore, IClientLogs, IRegisterLogs
{
    private readonly ConcurrentDictionary<GrainName, int> _writing = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly SemaphoreSlim _lineArrived = new(0);
    private readonly SemaphoreSlim _loadArrived = new(0);
    private TaskCompletionSource _door = Opened();
    private TaskCompletionSource _lineDoor = Opened();
    private TaskCompletionSource _loadDoor = Opened();
    private int _loads;

    public event Action<long>? Committed
    {
        add => store.Committed += value;
        remove => store.Committed -= value;
    }

    public StoreFigures Figures => store.Figures;

    public long LastPosition => store.LastPosition;

    public int BrokenTurns { get; private set; }

    public Exception? NextFault { get; set; }

    /// <summary>What the next read of a stream meets.</summary>
    public Exception? NextLoadFault { get; set; }

    /// <summary>What every read of a snapshot meets.</summary>
    public Exception? SnapshotFault { get; set; }

    /// <summary>What the next entry by consent is answered with when it is stored: its caller is in doubt.</summary>
    public Exception? ConsentFaultAfter { get; set; }

    public ConcurrentQueue<Guid> Arrivals { get; } = new();

    public void Shut() => _door = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void OpenDoor() => _door.SetResult();

    /// <summary>Waits until one more append stands before the door.</summary>
    public Task OneArrived() => _arrived.WaitAsync().Patiently();

    /// <summary>Lines of the use log wait from now on.</summary>
    public void ShutLines() => _lineDoor = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void OpenLines() => _lineDoor.SetResult();

    /// <summary>Waits until one more line stands before its door.</summary>
    public Task OneLineArrived() => _lineArrived.WaitAsync().Patiently();

    /// <summary>Reads of streams wait from now on.</summary>
    public void ShutLoads() => _loadDoor = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void OpenLoads() => _loadDoor.SetResult();

    /// <summary>Waits until one more read of a stream stands before its door.</summary>
    public Task OneLoadArrived() => _loadArrived.WaitAsync().Patiently();

    /// <summary>Reads of streams since the start.</summary>
    public int Loads => Volatile.Read(ref _loads);

    public async ValueTask<AppendOutcome> Append(AppendRequest request)
    {
        if (_writing.AddOrUpdate(request.Grain, 1, (_, n) => n + 1) > 1)
        {
            BrokenTurns++;
        }
        try
        {
            Arrivals.Enqueue(request.CommandId);
            _arrived.Release();
            await _door.Task;
            if (NextFault is { } fault)
            {
                NextFault = null;
                throw fault;
            }
            return await store.Append(request);
        }
        finally
        {
            _writing.AddOrUpdate(request.Grain, 0, (_, n) => n - 1);
        }
    }

    public async ValueTask<bool> AddByConsent(ConsentEntry entry)
    {
        var taken = await store.AddByConsent(entry);
        if (ConsentFaultAfter is { } fault)
        {
            ConsentFaultAfter = null;
            throw fault;
        }
        return taken;
    }

    public ValueTask<AppendOutcome?> FindOutcome(GrainName grain, Guid commandId) =>
        store.FindOutcome(grain, commandId);

    public async ValueTask<StreamTail> Load(GrainName grain, long afterVersion = 0)
    {
        Interlocked.Increment(ref _loads);
        _loadArrived.Release();
        await _loadDoor.Task;
        if (NextLoadFault is { } fault)
        {
            NextLoadFault = null;
            throw fault;
        }
        return await store.Load(grain, afterVersion);
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long after, int max) => store.ReadFeed(after, max);

    public ValueTask<GrainSnapshot?> ReadSnapshot(GrainName grain) =>
        SnapshotFault is { } fault ? throw fault : store.ReadSnapshot(grain);

    public ValueTask WriteSnapshot(GrainName grain, GrainSnapshot snapshot) =>
        ((ISnapshotTable)store).WriteSnapshot(grain, snapshot);

    public ValueTask<bool> TryBindKey(MasterKey key) => store.TryBindKey(key);

    ValueTask<IOpenTables> IEventStore.OpenTables() => store.OpenTables();

    public async ValueTask LogAccess(IReadOnlyList<UseLine> lines)
    {
        _lineArrived.Release();
        await _lineDoor.Task;
        await store.LogAccess(lines);
    }

    public ValueTask<IReadOnlyList<GrainName>> ClientsWithoutIdentity(int max) =>
        ((IIdentityIndex)store).ClientsWithoutIdentity(max);

    public ValueTask<IReadOnlyList<IdentityDigest>> SharedIdentities(IdentityDigest after, int max) =>
        ((IIdentityIndex)store).SharedIdentities(after, max);

    public ValueTask<IReadOnlyList<GrainName>> ClientsOf(ReadOnlyMemory<byte> digest, int max) =>
        ((IIdentityIndex)store).ClientsOf(digest, max);

    public ValueTask<IReadOnlyList<SealedWords>> WordsOf(IReadOnlyList<GrainName> clients) =>
        ((IIdentityIndex)store).WordsOf(clients);

    public ValueTask<IReadOnlyList<SealedWords>> WordsAfter(string after, int max) =>
        ((IIdentityIndex)store).WordsAfter(after, max);

    public ValueTask Tell(IReadOnlyList<IdentityDigest> identities) => ((IIdentityIndex)store).Tell(identities);

    public ValueTask<IReadOnlyList<NoteRow>> ReadRows(string shelf, string after, int max) =>
        ((INotes)store).ReadRows(shelf, after, max);

    public ValueTask<bool> TryWrite(IReadOnlyList<NoteRow> changes, params IReadOnlyList<NoteRow> provided) =>
        ((INotes)store).TryWrite(changes, provided);

    public ValueTask LogDisclosures(IReadOnlyList<DisclosureLine> lines) =>
        ((IDeliveryStore)store).LogDisclosures(lines);

    public ValueTask<IReadOnlyList<Logged<UseLine>>> Accesses(ClientLogSlice slice) =>
        ((IClientLogs)store).Accesses(slice);

    public ValueTask<IReadOnlyList<Logged<DisclosureLine>>> Disclosures(ClientLogSlice slice) =>
        ((IClientLogs)store).Disclosures(slice);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    public ValueTask<IReadOnlyList<Logged<UseLine>>> UsesIn(RegisterLogSlice slice) =>
        ((IRegisterLogs)store).UsesIn(slice);

    public ValueTask<IReadOnlyList<Logged<DisclosureLine>>> DisclosuresIn(RegisterLogSlice slice) =>
        ((IRegisterLogs)store).DisclosuresIn(slice);

    public ValueTask<IReadOnlyList<RegisterSize>> ClientsByRegister() => ((IRegisterLogs)store).ClientsByRegister();
}
