using OsstOrleans.Grains;
using OsstOrleans.Proof.Tests.Schedules;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Proof.Tests.Simulated;

/// <summary>How often things go wrong, each once in so many times; <see cref="int.MaxValue"/> for never.</summary>
/// <param name="Refused">A request is refused before it reaches the store.</param>
/// <param name="Lost">A reply is lost: whether a write is stored, the writer does not know.</param>
/// <param name="Slow">A request waits for seconds, on its way there or between a transaction's beginning and end.
/// </param>
internal sealed record Weather(int Refused, int Lost, int Slow)
{
    public static Weather Fair { get; } = new(int.MaxValue, int.MaxValue, int.MaxValue);
}

/// <summary>
/// One process's connection to a real store. At every await others may come first, the process may die, or the answer
/// may be lost; what it sent goes on at the other end until that is decided.
/// </summary>
internal sealed class FaultyStore : IEventStore, ISnapshotTable, IIdentityIndex, IDeliveryStore
{
    private readonly IEventStore _store;
    private readonly Schedule _schedule;
    private readonly StoreFlaw _flaw;
    private readonly CommitSignal _commits;
    private readonly Lane _connection;

    public FaultyStore(IEventStore store, Schedule schedule, StoreFlaw flaw, CommitSignal commits, string name)
    {
        (_store, _schedule, _flaw, _commits) = (store, schedule, flaw, commits);
        _connection = new Lane(schedule, $"{name}'s connection");
        commits.Raised += Tell;
    }

    public event Action<long>? Committed;

    public Weather Weather { get; set; } = Weather.Fair;

    public StoreFigures Figures => _store.Figures;

    public long LastPosition => _store.LastPosition;

    /// <summary>
    /// The process died. What it had sent is carried out to the end or undone, by chance, and nothing comes later.
    /// </summary>
    public void Cut()
    {
        _commits.Raised -= Tell;
        if (_schedule.OneIn(2))
        {
            _schedule.Drain(_connection);
        }
        _connection.Kill();
        (_store as MemoryStore)?.Rollback(this);
    }

    public ValueTask<AppendOutcome> Append(AppendRequest request) => Ask(() => _store is MemoryStore memory
        ? memory.Append(request, this, Between).AsTask()
        : Now(_store.Append(request)));

    public ValueTask<bool> AddByConsent(ConsentEntry entry) => Ask(() => Now(_store.AddByConsent(entry)));

    public ValueTask<AppendOutcome?> FindOutcome(GrainName grain, Guid commandId) =>
        Ask(() => Now(_store.FindOutcome(grain, commandId)));

    public ValueTask<StreamTail> Load(GrainName grain, long afterVersion = 0) =>
        Ask(() => Now(_store.Load(grain, afterVersion)));

    public ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long after, int max) =>
        Ask(() => Now(_store.ReadFeed(after, max)));

    public ValueTask<GrainSnapshot?> ReadSnapshot(GrainName grain) => Ask(() => Now(_store.ReadSnapshot(grain)));

    public async ValueTask WriteSnapshot(GrainName grain, GrainSnapshot snapshot) =>
        await Ask(() => Now(((ISnapshotTable)_store).WriteSnapshot(grain, snapshot)));

    public ValueTask<bool> TryBindKey(MasterKey key) => Ask(() => Now(_store.TryBindKey(key)));

    ValueTask<IOpenTables> IEventStore.OpenTables() => _store.OpenTables();

    public async ValueTask LogAccess(IReadOnlyList<UseLine> lines)
    {
        var logged = Ask(() => Now(_store.LogAccess(lines)));
        if (!_flaw.HasFlag(StoreFlaw.EarlyUseLine))
        {
            await logged;
        }
    }

    public async ValueTask<long?> LogRead(UseLine line)
    {
        if (_flaw.HasFlag(StoreFlaw.EarlyUseLine))
        {
            await LogAccess([line]);
            return null;
        }
        var last = await Ask(() => Now(_store.LogRead(line)));
        return _flaw.HasFlag(StoreFlaw.NoFence) ? null : last;
    }

    public ValueTask<IReadOnlyList<GrainName>> ClientsWithoutIdentity(int max) =>
        Ask(() => Now(((IIdentityIndex)_store).ClientsWithoutIdentity(max)));

    public ValueTask<IReadOnlyList<IdentityDigest>> SharedIdentities(IdentityDigest after, int max) =>
        Ask(() => Now(((IIdentityIndex)_store).SharedIdentities(after, max)));

    public ValueTask<IReadOnlyList<GrainName>> ClientsOf(ReadOnlyMemory<byte> digest, int max) =>
        Ask(() => Now(((IIdentityIndex)_store).ClientsOf(digest, max)));

    public ValueTask<IReadOnlyList<SealedWords>> WordsOf(IReadOnlyList<GrainName> clients) =>
        Ask(() => Now(((IIdentityIndex)_store).WordsOf(clients)));

    public ValueTask<IReadOnlyList<SealedWords>> WordsAfter(string after, int max) =>
        Ask(() => Now(((IIdentityIndex)_store).WordsAfter(after, max)));

    public async ValueTask Tell(IReadOnlyList<IdentityDigest> identities) =>
        await Ask(() => Now(((IIdentityIndex)_store).Tell(identities)));

    public ValueTask<IReadOnlyList<NoteRow>> ReadRows(string shelf, string after, int max) =>
        Ask(() => Now(((INotes)_store).ReadRows(shelf, after, max)));

    public ValueTask<bool> TryWrite(IReadOnlyList<NoteRow> changes, params IReadOnlyList<NoteRow> provided) =>
        Ask(() => Now(((INotes)_store).TryWrite(changes, provided)));

    public async ValueTask LogDisclosures(IReadOnlyList<DisclosureLine> lines)
    {
        var logged = Ask(() => Now(((IDeliveryStore)_store).LogDisclosures(lines)));
        if (!_flaw.HasFlag(StoreFlaw.EarlyDisclosureLine))
        {
            await logged;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Tell(long position) => Committed?.Invoke(position);

    /// <summary>While the feed lags it is told again that there is more to read, as the port promises.</summary>
    private async Task TellLater()
    {
        await Task.Delay(TimeSpan.FromSeconds(1), new SkewedTime(_schedule.Clock, default));
        Tell(LastPosition);
    }

    private async ValueTask<T> Ask<T>(Func<Task<T>> request)
    {
        await Task.Yield();
        if (_schedule.OneIn(Weather.Refused))
        {
            throw Fault("The store is away; nothing was stored.");
        }
        var reply = await _connection.Start(async () =>
        {
            await Between();
            return _store is MemoryStore ? await request() : Elsewhere(request);
        });
        return _schedule.OneIn(Weather.Lost)
            ? throw Fault("The connection was lost; whether it is stored is not known.")
            : reply;
    }

    private StoreFault Fault(string words)
    {
        _ = _connection.Start(TellLater);
        return new StoreFault(words) { IsPassing = true };
    }

    /// <summary>Others may come first, for a moment or for seconds.</summary>
    private async Task Between()
    {
        await Task.Yield();
        if (_schedule.OneIn(Weather.Slow))
        {
            await Task.Delay(
                TimeSpan.FromMilliseconds(_schedule.Random.Next(20_000)), new SkewedTime(_schedule.Clock, default));
        }
    }

    /// <summary>
    /// A store on a file answers from a thread of its own: it is waited for where it is asked, and what it would tell
    /// from there is told here.
    /// </summary>
    private T Elsewhere<T>(Func<Task<T>> request)
    {
        var before = LastPosition;
        var reply = Task.Run(request).GetAwaiter().GetResult();
        if (LastPosition > before)
        {
            _commits.Raise(LastPosition);
        }
        return reply;
    }

    private static Task<T> Now<T>(ValueTask<T> reply) => reply.AsTask();

    private static async Task<bool> Now(ValueTask done)
    {
        await done;
        return true;
    }
}
