using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Proof.Tests.Simulated;

/// <summary>
/// A store without a disk that passes the conformance kit. Like a server it gives a transaction its positions when it
/// begins and shows its events when it ends, so that a faster one can pass it; who uses it without waits sees none.
/// </summary>
internal sealed partial class MemoryStore(StoreFlaw flaw = StoreFlaw.None) : IEventStore
{
    private readonly Lock _gate = new();
    private readonly SortedList<long, StoredEvent> _log = [];
    private readonly Dictionary<GrainName, List<StoredEvent>> _streams = [];
    private readonly Dictionary<(GrainName, Guid), AppendOutcome> _outcomes = [];
    private readonly List<Transaction> _open = [];
    private long _position;
    private string? _mark;

    public event Action<long>? Committed;

    public StoreFigures Figures { get; } = new("memory");

    public long LastPosition => Held(() => _log.Count > 0 ? _log.GetKeyAtIndex(_log.Count - 1) : 0);

    /// <summary>All of the log, whatever is unfinished.</summary>
    public IReadOnlyList<StoredEvent> Log => Held(() => _log.Values.ToArray());

    public ValueTask<AppendOutcome> Append(AppendRequest request) => Append(request, this, () => Task.CompletedTask);

    /// <summary>Appends; waits between the transaction's beginning and its end.</summary>
    /// <param name="owner">Whose transaction it is: <see cref="Rollback"/>.</param>
    public async ValueTask<AppendOutcome> Append(AppendRequest request, object owner, Func<Task> beforeEnd)
    {
        while (true)
        {
            Transaction? other = null;
            if (Held(() => Begin(request, owner, out other)) is { } answer)
            {
                return answer;
            }
            if (other is null)
            {
                break;
            }
            await other.Ended.Task;
        }
        var own = Held(() => _open.Last(open => open.Request == request));
        var ended = End();
        if (!flaw.HasFlag(StoreFlaw.EarlyAnswer))
        {
            await ended;
        }
        return own.Outcome;

        async Task End()
        {
            await beforeEnd();
            Held(() => Store(own));
            Tell();
        }
    }

    /// <summary>Undoes what an owner's connection left unfinished.</summary>
    public void Rollback(object owner)
    {
        var left = Held(() => _open.Where(open => open.Owner == owner).ToArray());
        foreach (var transaction in left)
        {
            Held(() => Close(transaction));
        }
        if (left.Length > 0)
        {
            Tell();
        }
    }

    public ValueTask<AppendOutcome?> FindOutcome(GrainName grain, Guid commandId) => new(Held(() =>
        _outcomes.TryGetValue((grain, commandId), out var first)
            ? first with { Result = AppendResult.Duplicate }
            : (AppendOutcome?)null));

    public ValueTask<StreamTail> Load(GrainName grain, long afterVersion = 0) => new(Held(() => new StreamTail(
        StreamOf(grain).Where(stored => stored.Version > afterVersion).ToArray(), KeyOf(grain.ToString()))
    {
        MatterKeys = MattersIn(_keys, grain),
        ConsentKey = KeyOf(MasterKey.ConsentKeyName(grain)),
        Kept = KeptOf(grain),
    }));

    public ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long after, int max) => new(Held(() =>
    {
        var below = flaw.HasFlag(StoreFlaw.FeedByTime)
            ? long.MaxValue
            : _open.Select(open => open.First).DefaultIfEmpty(long.MaxValue).Min();
        var page = new List<StoredEvent>();
        for (var i = IndexAfter(after); i < _log.Count && page.Count < max && _log.GetKeyAtIndex(i) < below; i++)
        {
            page.Add(_log.GetValueAtIndex(i));
        }
        return (IReadOnlyList<StoredEvent>)page;
    }));

    public ValueTask<bool> TryBindKey(MasterKey key) => new(Held(() => (_mark ??= key.Mark) == key.Mark));

    /// <summary>Nothing damages memory: whoever checks rows one by one checks a file.</summary>
    ValueTask<IOpenTables> IEventStore.OpenTables() => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Tell()
    {
        if (!flaw.HasFlag(StoreFlaw.LostWakeUp))
        {
            Committed?.Invoke(LastPosition);
        }
    }

    /// <summary>An answer; or null, with a transaction that was begun, or with one that has to end first.</summary>
    private AppendOutcome? Begin(AppendRequest request, object owner, out Transaction? other)
    {
        other = null;
        if (_outcomes.TryGetValue((request.Grain, request.CommandId), out var first)
            && !flaw.HasFlag(StoreFlaw.NoOutcomes))
        {
            return first with { Result = AppendResult.Duplicate };
        }
        other = _open.FirstOrDefault(open => open.Request.Grain == request.Grain);
        if (other is not null)
        {
            return null;
        }
        var version = StreamOf(request.Grain).Count;
        if (version != request.ExpectedVersion && !flaw.HasFlag(StoreFlaw.NoExpectedVersion))
        {
            return new AppendOutcome(AppendResult.Conflict, request.ExpectedVersion, 0);
        }
        var position = request.Events.Count > 0 ? _position + request.Events.Count
            : version > 0 ? StreamOf(request.Grain)[^1].Position
            : 0;
        var outcome = new AppendOutcome(AppendResult.Appended, version + request.Events.Count, position);
        _open.Add(new Transaction(owner, request, version, _position + 1, outcome));
        _position += request.Events.Count;
        return null;
    }

    private bool Store(Transaction own)
    {
        if (!_open.Contains(own))
        {
            return false; // Rolled back with its connection.
        }
        var request = own.Request;
        for (var i = 0; i < request.Events.Count; i++)
        {
            var stored = new StoredEvent(
                request.Grain, own.Version + 1 + i, own.First + i,
                request.MunicipalityOf(request.Events[i]), request.Events[i].Type,
                request.OccurredOn, AsStored(request.RecordedAt), request.CommandId, request.Actor,
                request.Events[i].Data, request.Events[i].Personal);
            StreamOf(request.Grain).Add(stored);
            _log.Add(stored.Position, stored);
        }
        _outcomes[(request.Grain, request.CommandId)] = own.Outcome;
        StoreKeys(request);
        return Close(own);
    }

    private bool Close(Transaction own)
    {
        _open.Remove(own);
        return own.Ended.TrySetResult();
    }

    private static DateTimeOffset AsStored(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    private List<StoredEvent> StreamOf(GrainName grain)
    {
        if (!_streams.TryGetValue(grain, out var stream))
        {
            _streams[grain] = stream = [];
        }
        return stream;
    }

    private int IndexAfter(long position)
    {
        var (low, high) = (0, _log.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _log.GetKeyAtIndex(middle) <= position ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    private T Held<T>(Func<T> work)
    {
        lock (_gate)
        {
            return work();
        }
    }

    private sealed record Transaction(
        object Owner, AppendRequest Request, long Version, long First, AppendOutcome Outcome)
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
