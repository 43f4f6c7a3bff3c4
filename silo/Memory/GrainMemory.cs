using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Memory;

/// <summary>An activation's memory of its stream: what is folded, the client's keys, and what is kept by consent.
/// </summary>
internal sealed partial class GrainMemory<TState, TDecider>(
    GrainName grain, GrainServices services, ISnapshotPlace snapshots)
    : IGrainMemory<TState>
    where TState : class
    where TDecider : IDecider<TState>
{
    private const int SnapshotEvery = 50;
    private const int WorthASnapshot = 10;

    private static readonly Remembered<TState> Nothing = new(TDecider.Initial, 0, 0);

    private readonly EventCodec _codec = new(grain);

    /// <summary>Null in most grains: few have anything that is kept by consent.</summary>
    private ConsentMemory? _consent;

    private Task? _recalling;
    private Task? _catchingUp;
    private long _snapshotVersion;

    private ConsentMemory Consent => _consent ??= new ConsentMemory(grain, services);

    public Remembered<TState>? Now { get; private set; }

    public int Generation { get; private set; }

    public ValueTask<bool> Recall()
    {
        if (Now is not null)
        {
            return ValueTask.FromResult(false);
        }
        if (_recalling is { } underWay)
        {
            return Joined(underWay);
        }
        var recall = RecallFromStore();
        return recall.IsCompletedSuccessfully ? ValueTask.FromResult(true) : Shared(recall.AsTask());
    }

    public async ValueTask<bool> CatchUp()
    {
        while (Now is { } now)
        {
            var tail = await services.Store.Load(grain, afterVersion: now.Version);
            if (!ReferenceEquals(Now, now))
            {
                continue; // Meanwhile a read caught up, or the command it is in the middle of was stored.
            }
            var keys = tail.KeysOf(grain, services.MasterKey);
            if (_codec.Keys.OpenMoreThan(keys))
            {
                Forget(); // Another activation erased the person, or a matter: the words in memory go, too.
                return await Recall();
            }
            _codec.Keys = keys;
            if (await Fold(now, tail))
            {
                return tail.Events.Count > 0;
            }
        }
        return await Recall();
    }

    public async ValueTask CatchUpTo(long version)
    {
        while (Now is null || Now.Version < version)
        {
            if (_catchingUp is not { IsCompleted: false })
            {
                _catchingUp = CatchUp().AsTask(); // Readers at the same time share one.
            }
            await _catchingUp;
        }
    }

    public async ValueTask<AppendOutcome> Append(Recording recording, long decidedOn, TState evolved)
    {
        if (Now?.Version != decidedOn)
        {
            return new AppendOutcome(AppendResult.Conflict, decidedOn, 0);
        }
        var (request, keys) = RequestOf(recording, evolved);
        var outcome = await OrForget(services.Store.Append(request));
        if (outcome.Result == AppendResult.Appended)
        {
            Advance(evolved, outcome, request, keys);
        }
        else
        {
            await CatchUp();
        }
        return outcome;
    }

    public async ValueTask<bool> AddByConsent(IConsentEvent happened, Moment moment, string actor)
    {
        if (!await OrForget(Consent.Add(happened, moment, actor, Now!.Version)))
        {
            return false;
        }
        if (Now is { } now)
        {
            Now = now with { State = TDecider.Evolve(now.State, happened, moment.OccurredOn) };
        }
        return true;
    }

    public Task LetGo()
    {
        LeaveSnapshot(WorthASnapshot);
        return snapshots.Written;
    }

    private async ValueTask<bool> Shared(Task recall)
    {
        _recalling = recall;
        try
        {
            await recall;
            return true;
        }
        finally
        {
            _recalling = null;
        }
    }

    /// <summary>Where the outcome of a write is in doubt only the store can say what happened.</summary>
    private async ValueTask<T> OrForget<T>(ValueTask<T> write)
    {
        try
        {
            return await write;
        }
        catch (Exception fault) when (fault is not LimitReached) // Then it was not even queued.
        {
            Forget();
            throw;
        }
    }

    /// <summary>Drops everything; the next call recalls it from the store.</summary>
    private void Forget()
    {
        (Now, _snapshotVersion) = (null, 0);
        _codec.Keys = ClientKeys.None;
        _consent?.Clear();
        Generation++;
    }

    private void Advance(TState evolved, AppendOutcome outcome, AppendRequest request, ClientKeys keys)
    {
        if (request.Erases == Erasure.Person || request.EndsMatters > 0 || request.EndsSealing > 0)
        {
            Forget(); // The words in memory go with the key.
            return;
        }
        if (request.Erases == Erasure.Consent)
        {
            _consent?.Clear();
            Generation++;
        }
        if (Now?.Version < outcome.Version) // Else a read has caught up with this, or found the person erased since.
        {
            _codec.Keys = keys;
            Now = new Remembered<TState>(evolved, outcome.Version, outcome.Position);
            LeaveSnapshot(SnapshotEvery);
        }
    }

    /// <summary>What an append asks for, and the keys once it is stored.</summary>
    private (AppendRequest Request, ClientKeys Keys) RequestOf(Recording recording, TState evolved)
    {
        var now = Now ?? Nothing;
        var keys = new AppendKeys(services.MasterKey, grain, _codec.Keys, TDecider.MatterOf(evolved));
        if (grain.Kind == GrainKind.Client && now.Version == 0)
        {
            keys.Begin();
        }
        keys.Open(recording.Events.OfType<IOpensSealing>());
        var encoded = new NewEvent[recording.Events.Count];
        for (var i = 0; i < encoded.Length; i++)
        {
            encoded[i] = _codec.Encode(recording.Events[i], now.Version + 1 + i, keys) with
            {
                Municipality = recording.Municipalities[i],
            };
        }
        var request = new AppendRequest
        {
            Grain = grain,
            ExpectedVersion = now.Version,
            CommandId = recording.CommandId,
            Municipality = recording.Municipalities[0],
            Actor = recording.Actor,
            OccurredOn = recording.Moment.OccurredOn,
            RecordedAt = recording.Moment.RecordedAt,
            Events = encoded,
            WrappedKey = keys.NewOwn,
            MatterKey = keys.NewMatter,
            ConsentKey = recording.Events.Any(happened => happened is IOpensConsent) ? Consent.NewKey() : default,
            Erases = recording.Events.OfType<IErases>().Select(it => it.Erases).Append(Erasure.None).Max(),
            EndsMatters = recording.Events.OfType<IErases>().Select(it => it.EndsMatters).Append(0).Max(),
            EndsSealing = recording.Events.OfType<IErases>().Select(it => it.EndsSealing).Append(0).Max(),
        };
        return (request, keys.Keys);
    }

    private void LeaveSnapshot(int minNewEvents)
    {
        if (Now is { } now && now.Version - _snapshotVersion >= minNewEvents)
        {
            snapshots.Save(_codec.Encode(TDecider.WithoutConsentEntries(now.State), now.Version, now.Position));
            _snapshotVersion = now.Version;
        }
    }

    private async ValueTask RecallFromStore()
    {
        using var recall = services.Figures.Recall(grain.Kind);
        var (snapshot, tail) = await LoadAfter(snapshots.Take());
        _codec.Keys = tail.KeysOf(grain, services.MasterKey);
        var from = Nothing;
        if (snapshot is not null && _codec.TryDecode<TState>(snapshot) is { } state)
        {
            from = new Remembered<TState>(state, snapshot.Version, snapshot.Position);
            _snapshotVersion = snapshot.Version;
        }
        else if (snapshot is not null)
        {
            tail = await services.Store.Load(grain); // A snapshot of another form is no snapshot.
        }
        await Fold(from, tail);
        recall.Read(tail.Events.Count);
    }

    /// <summary>
    /// Grain storage lies outside the log, and may have been restored from another day than the log: its snapshot
    /// counts only when the event that it stands on is in the log, at its position.
    /// </summary>
    private async ValueTask<(GrainSnapshot?, StreamTail)> LoadAfter(GrainSnapshot? kept)
    {
        if (kept is { Version: > 0 })
        {
            var tail = await services.Store.Load(grain, afterVersion: kept.Version - 1);
            if (tail.Events is [var last, ..] && last.Version == kept.Version && last.Position == kept.Position)
            {
                return (kept, tail with { Events = [.. tail.Events.Skip(1)] });
            }
        }
        return (null, await services.Store.Load(grain));
    }

    /// <summary>Remembers a state and the events after it; until then what was remembered stays as it is.</summary>
    /// <returns>False when something else was remembered meanwhile: that stays.</returns>
    private async ValueTask<bool> Fold(Remembered<TState> from, StreamTail tail)
    {
        var known = Now;
        var (state, version, position) = (TDecider.WithoutConsentEntries(from.State), from.Version, from.Position);
        var revised = false;
        foreach (var stored in tail.Events)
        {
            if (stored.Version != version + 1)
            {
                throw new StoreFault($"{grain}: the stream has a gap after version {version}.");
            }
            if (_codec.Decode(stored) is { } happened)
            {
                state = TDecider.Evolve(state, happened, stored.OccurredOn);
                revised |= happened is IRevisesHistory;
            }
            (version, position) = (stored.Version, stored.Position);
        }
        if (revised)
        {
            state = History.Fold<TState, TDecider>(await Past(version)); // The entry may lie before the snapshot.
        }
        if (!ReferenceEquals(Now, known))
        {
            return false;
        }
        if (_consent is not null || !tail.ConsentKey.IsEmpty)
        {
            Consent.Take(tail);
            state = Consent.Entries.Aggregate(state, (s, kept) => TDecider.Evolve(s, kept.Event!, kept.OccurredOn));
        }
        Now = new Remembered<TState>(state, version, position);
        return true;
    }
}
