using System.Collections.Concurrent;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Tests.Engines;

/// <summary>
/// A real store whose door a test can shut: appends then wait, as they do for a slow disk, until it opens. It notes
/// the order of arrival, and two appends of one grain at once: a broken turn.
/// </summary>
internal sealed class GatedStore(IEventStore store) : IEventStore
{
    private readonly ConcurrentDictionary<GrainName, int> _writing = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private TaskCompletionSource _door = Opened();

    public event Action<long>? Committed
    {
        add => store.Committed += value;
        remove => store.Committed -= value;
    }

    public StoreFigures Figures => store.Figures;

    public long LastPosition => store.LastPosition;

    public int BrokenTurns { get; private set; }

    public Exception? NextFault { get; set; }

    public ConcurrentQueue<Guid> Arrivals { get; } = new();

    public void Shut() => _door = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void OpenDoor() => _door.SetResult();

    /// <summary>Waits until one more append stands before the door.</summary>
    public Task OneArrived() => _arrived.WaitAsync();

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

    public ValueTask<bool> Keep(KeptEntry entry) => store.Keep(entry);

    public ValueTask<AppendOutcome?> FindOutcome(GrainName grain, Guid commandId) => store.FindOutcome(grain, commandId);

    public ValueTask<StreamTail> Load(GrainName grain, long? afterVersion = null) => store.Load(grain, afterVersion);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long after, int max) => store.ReadFeed(after, max);

    public void SaveSnapshot(GrainName grain, Snapshot snapshot) => store.SaveSnapshot(grain, snapshot);

    public ValueTask<bool> KnowsKey(string mark) => store.KnowsKey(mark);

    public ValueTask LogAccess(IReadOnlyList<UseLine> lines) => store.LogAccess(lines);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
