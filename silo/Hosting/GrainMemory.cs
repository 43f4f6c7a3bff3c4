using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Hosting;

/// <summary>An activation's memory of its stream: the folded state, where it stands, and the client's key.</summary>
/// <param name="shelf">Where the engine keeps this activation's snapshots; the store's own table when null.</param>
internal sealed class GrainMemory<TState, TDecider>(
    GrainName grain, HostServices services, ISnapshotShelf? shelf = null)
    where TState : class
    where TDecider : IDecider<TState>
{
    private const int SnapshotEvery = 50;

    private readonly EventCodec _codec = new(grain);
    private readonly ConsentShelf _consent = new(grain, services);
    private bool _recalled;
    private long _snapshotVersion;

    public TState State { get; private set; } = TDecider.Initial;

    public long Version { get; private set; }

    public long Position { get; private set; }

    /// <summary>Set while a client's stream is still empty: the key that its first events bring along.</summary>
    public ReadOnlyMemory<byte> NewWrappedKey { get; private set; }

    /// <summary>Loads snapshot and tail, once; true when it did now.</summary>
    public ValueTask<bool> Recall() => _recalled ? ValueTask.FromResult(false) : RecallFromStore();

    /// <summary>Reads what another activation appended; true when there was something.</summary>
    public async ValueTask<bool> CatchUp()
    {
        var tail = await services.Store.Load(grain, afterVersion: Version);
        if (tail.WrappedKey.IsEmpty && _codec.Cipher is not null && NewWrappedKey.IsEmpty)
        {
            return await RecallFromStore(); // Another activation erased the person: the words in memory go, too.
        }
        _codec.Cipher = services.MasterKey.Unwrap(grain, tail.WrappedKey);
        NewWrappedKey = default;
        await Fold(tail);
        return tail.Events.Count > 0;
    }

    /// <summary>Drops everything; the next turn recalls it from the store.</summary>
    public void Forget()
    {
        (State, Version, Position) = (TDecider.Initial, 0, 0);
        (_snapshotVersion, _recalled, NewWrappedKey) = (0, false, default);
        _codec.Cipher = null;
        _consent.Clear();
    }

    /// <summary>The key of a consent that these events begin; empty for others.</summary>
    public ReadOnlyMemory<byte> NewConsentKey(IReadOnlyList<IEvent> events) =>
        events.Any(happened => happened is IOpensConsent) ? _consent.NewKey() : default;

    /// <summary>Keeps an event by consent; false when another activation has ended that consent.</summary>
    public async ValueTask<bool> Keep(IKeptByConsent happened, Moment moment, string actor)
    {
        if (!await _consent.Keep(happened, moment, actor, Version))
        {
            return false;
        }
        State = TDecider.Evolve(State, happened, moment.OccurredOn);
        return true;
    }

    public void Advance(TState state, long version, long position, Erasure erased)
    {
        if (erased == Erasure.Person)
        {
            Forget(); // The words in memory go with the key.
            return;
        }
        if (erased == Erasure.Consent)
        {
            _consent.Clear();
        }
        (State, Version, Position) = (state, version, position);
        NewWrappedKey = default;
        LeaveSnapshot(SnapshotEvery);
    }

    public IReadOnlyList<NewEvent> Encode(IReadOnlyList<IEvent> events)
    {
        if (grain.Kind == GrainKind.Client && Version == 0 && NewWrappedKey.IsEmpty)
        {
            (_codec.Cipher, var wrapped) = services.MasterKey.NewClientKey(grain);
            NewWrappedKey = wrapped;
        }
        var encoded = new NewEvent[events.Count];
        for (var i = 0; i < encoded.Length; i++)
        {
            encoded[i] = _codec.Encode(events[i], Version + 1 + i);
        }
        return encoded;
    }

    /// <summary>Every entry up to the present version.</summary>
    public async ValueTask<IReadOnlyList<PastEvent>> Past() =>
        [.. (await services.Store.Load(grain, afterVersion: 0)).Events.Where(e => e.Version <= Version)
            .Select(_codec.Past)];

    public async ValueTask<IReadOnlyList<HistoryEntry>> Entries() =>
        [.. (await services.Store.Load(grain, afterVersion: 0)).Events.Select(Entry)];

    /// <summary>One page of the history; the other entries stay sealed.</summary>
    public async ValueTask<HistoryPage> Page(HistorySlice slice) =>
        slice.Of((await services.Store.Load(grain, afterVersion: 0)).Events, _consent.Entries, Entry);

    /// <summary>Null when snapshot and tail give what a replay of all events gives; else what differs.</summary>
    public static async ValueTask<string?> Recheck(GrainName grain, HostServices services)
    {
        try
        {
            var (quick, full) = (new GrainMemory<TState, TDecider>(grain, services),
                new GrainMemory<TState, TDecider>(grain, services));
            await quick.Recall();
            await full.CatchUp();
            return quick.Version == full.Version && EventCodec.SameState(quick.State, full.State)
                ? null
                : $"{grain}: the state from the snapshot differs from a replay";
        }
        catch (StoreFault fault)
        {
            return fault.Message;
        }
    }

    public void LeaveSnapshot(int minNewEvents)
    {
        if (Version - _snapshotVersion >= minNewEvents)
        {
            var snapshot = _codec.Encode(TDecider.WithoutKept(State), Version, Position);
            if (shelf is null)
            {
                services.Store.SaveSnapshot(grain, snapshot);
            }
            else
            {
                shelf.Keep(snapshot);
            }
            _snapshotVersion = Version;
        }
    }

    private async ValueTask<bool> RecallFromStore()
    {
        using var recall = services.Figures.Recall(grain.Kind);
        Forget(); // An earlier attempt may have stopped halfway.
        var tail = shelf is null ? await services.Store.Load(grain) : await LoadAfter(shelf.Newest);
        _codec.Cipher = services.MasterKey.Unwrap(grain, tail.WrappedKey);
        if (tail.Snapshot is { } snapshot && _codec.TryDecode<TState>(snapshot) is { } state)
        {
            (State, Version, Position) = (state, snapshot.Version, snapshot.Position);
            _snapshotVersion = snapshot.Version;
        }
        else if (tail.Snapshot is not null)
        {
            tail = await services.Store.Load(grain, afterVersion: 0); // A snapshot of another form is no snapshot.
        }
        await Fold(tail);
        recall.Read(tail.Events.Count);
        return _recalled = true;
    }

    /// <summary>
    /// A shelf lies outside the log, and may have been restored from another day than the log: its snapshot counts only
    /// when the event that it stands on is in the log, at its position.
    /// </summary>
    private async ValueTask<StreamTail> LoadAfter(Snapshot? kept)
    {
        if (kept is { Version: > 0 })
        {
            var tail = await services.Store.Load(grain, afterVersion: kept.Version - 1);
            if (tail.Events is [var last, ..] && last.Version == kept.Version && last.Position == kept.Position)
            {
                return tail with { Snapshot = kept, Events = [.. tail.Events.Skip(1)] };
            }
        }
        return await services.Store.Load(grain, afterVersion: 0) with { Snapshot = null };
    }

    private HistoryEntry Entry(StoredEvent stored) => new(
        stored.Version, stored.Position, stored.Type, stored.OccurredOn, stored.RecordedAt, stored.Actor,
        _codec.Decode(stored));

    private async ValueTask Fold(StreamTail tail)
    {
        State = TDecider.WithoutKept(State);
        var revised = false;
        foreach (var stored in tail.Events)
        {
            if (stored.Version != Version + 1)
            {
                throw new StoreFault($"{grain}: the stream has a gap after version {Version}.");
            }
            if (_codec.Decode(stored) is { } happened)
            {
                State = TDecider.Evolve(State, happened, stored.OccurredOn);
                revised |= happened is IRevisesHistory;
            }
            (Version, Position) = (stored.Version, stored.Position);
        }
        if (revised)
        {
            State = History.Fold<TState, TDecider>(await Past()); // The entry may lie before the snapshot.
        }
        _consent.Take(tail);
        State = _consent.Entries.Aggregate(State, (s, kept) => TDecider.Evolve(s, kept.Event!, kept.OccurredOn));
    }
}
