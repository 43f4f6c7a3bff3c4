using System.Collections.Concurrent;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Feeds;

/// <summary>
/// Every municipality's caseload, kept from the feed. A question locks one caseload at a time, for as long as reading
/// counters or scanning columns takes; never across I/O.
/// </summary>
/// <param name="store">Whose log it is.</param>
/// <param name="only">The municipalities that are kept, for a recomputation; null for all.</param>
public sealed class Caseloads(IEventStore store, IReadOnlyList<string>? only = null) : IFeedReader
{
    private readonly ConcurrentDictionary<string, LockedCaseload> _caseloads = new(StringComparer.Ordinal);
    private readonly Releases _releases = new();

    /// <summary>Which register a municipality's clients are in: who sees whom on lists depends on it.</summary>
    public Registers Registers { get; init; } = Registers.OfMunicipalities;

    public FeedClock Clock { get; } = new();

    /// <summary>The outcome statistics; empty in a recomputation of one register.</summary>
    public OutcomeBooks Outcomes { get; } = new();

    /// <summary>What programmes decided for their municipalities.</summary>
    public ProgrammeStates Programmes { get; } = new();

    /// <summary>What outsiders see of the caseloads.</summary>
    public Edition Edition => _releases.Now;

    /// <summary>The codes of all municipalities of which the log knows anything, in order, registered or not.</summary>
    public IReadOnlyList<string> Codes => [.. CodesOfAll.Where(code => !Registers.IsCountyCode(code))];

    /// <summary>The same with the counties that keep registers, which have staff and decisions and no client.</summary>
    public IReadOnlyList<string> CodesOfAll => [.. _caseloads.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Every caseload; to be called only while nothing is applied.</summary>
    internal IReadOnlyList<MunicipalityCaseload> All => [.. _caseloads.Values.Select(locked => locked.Caseload)];

    /// <summary>Takes caseloads over that have seen the log already; only while there are none.</summary>
    internal void Take(IEnumerable<MunicipalityCaseload> caseloads)
    {
        foreach (var caseload in caseloads)
        {
            caseload.Registers = Registers;
            _caseloads[caseload.Code] = new LockedCaseload(caseload);
        }
    }

    /// <summary>A municipality's own state; null when it is not registered.</summary>
    public MunicipalityState? MunicipalityOf(string code) => Ask(code, static caseload => caseload.Municipality) is
    { Registered: not null } state ? state : null;

    /// <summary>The code of the municipality in whose caseload a client is; null when in none.</summary>
    public string? CodeOf(string client)
    {
        foreach (var (code, locked) in _caseloads)
        {
            lock (locked.Gate)
            {
                if (locked.Caseload.VersionOf(client) is not null)
                {
                    return code;
                }
            }
        }
        return null;
    }

    /// <summary>Asks one caseload; the default value when there is none.</summary>
    public TAnswer? Ask<TAnswer>(string code, Func<MunicipalityCaseload, TAnswer> question)
    {
        if (!_caseloads.TryGetValue(code, out var locked))
        {
            return default;
        }
        lock (locked.Gate)
        {
            return question(locked.Caseload);
        }
    }

    /// <summary>Lets each of some caseloads add its part to an answer.</summary>
    public void Gather<TAnswer>(
        IEnumerable<string> codes, TAnswer answer, Action<MunicipalityCaseload, TAnswer> addPart)
    {
        foreach (var code in codes)
        {
            if (_caseloads.TryGetValue(code, out var locked))
            {
                lock (locked.Gate)
                {
                    addPart(locked.Caseload, answer);
                }
            }
        }
    }

    public ValueTask Apply(in StoredEvent stored, IEvent? happened)
    {
        Clock.Begin();
        _releases.Before(stored, this);
        var taking = TakeIn(stored, happened);
        if (!taking.IsCompletedSuccessfully)
        {
            return Finish(taking, stored);
        }
        _releases.After(stored, this);
        return ValueTask.CompletedTask;
    }

    /// <summary>In a recomputation of one register, an event that does not concern it: the rounds count it.</summary>
    internal void Pass(in StoredEvent stored)
    {
        _releases.Before(stored, this);
        _releases.After(stored, this);
    }

    /// <summary>The editions' state, written or read; to be called while nothing is applied.</summary>
    internal void ImprintReleases(Image image) => _releases.Imprint(image);

    private async ValueTask Finish(ValueTask taking, StoredEvent stored)
    {
        await taking;
        _releases.After(stored, this);
    }

    /// <summary>A municipality's part for outsiders as of a day; null when more clients must change for it.</summary>
    internal ReleasedMetrics? Release(string code, DateOnly day, int changed) => Ask(code, caseload =>
    {
        var grid = new CountGrid(caseload.Municipality.SmallestGroup);
        if (changed < grid.K)
        {
            return null;
        }
        var figures = new CaseloadMetrics();
        caseload.AddTo(figures, CaseloadFilter.All, day);
        return ReleasedMetrics.Of(figures, grid);
    });

    private ValueTask TakeIn(in StoredEvent stored, IEvent? happened)
    {
        switch (stored.Grain.Kind)
        {
            case GrainKind.Municipality when happened is not null && Keeps(stored.Grain.Key):
                var own = LockedOf(stored.Grain.Key);
                lock (own.Gate)
                {
                    own.Caseload.ApplyOwn(happened, stored.OccurredOn);
                }
                if (only is null)
                {
                    Outcomes.ApplyOwn(stored, happened);
                }
                break;
            case GrainKind.Programme when happened is not null && only is null:
                Programmes.Apply(stored, happened);
                break;
            case GrainKind.Client:
                return ApplyClient(stored, happened);
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>Counts a client's whole history at once, for a recomputation: none of it was counted before.</summary>
    internal void Count(GrainName client, IReadOnlyList<PastEvent> standing)
    {
        Revise(client, standing);
        Outcomes.Replace(client, standing);
    }

    public void CaughtUpTo(long position, DateTimeOffset recordedAt)
    {
        Outcomes.Settle();
        Clock.Advance(new AsOf(position, recordedAt));
    }

    private ValueTask ApplyClient(in StoredEvent stored, IEvent? happened)
    {
        // First: taken in twice it changes nothing, so it may come again when what follows has to be repeated.
        if (only is null && happened is not null and not IRevisesHistory)
        {
            Outcomes.Apply(stored, happened);
        }
        if ((happened is ClientMoved moved && Keeps(moved.Municipality)) || happened is IRevisesHistory
            || (happened is MergeUndone && Keeps(stored.Municipality)))
        {
            return ApplyWithPast(stored, happened);
        }
        if (Keeps(stored.Municipality))
        {
            ApplyWhereRecorded(stored, happened);
        }
        if (happened is IEndsLogRequest { Register: { } asked } ended && asked != stored.Municipality && Keeps(asked))
        {
            var locked = LockedOf(asked);
            lock (locked.Gate)
            {
                locked.Caseload.ApplyElsewhere(stored.Grain.Key, ended, stored.OccurredOn);
            }
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>The past is read before anything is counted: a store that fails has then changed no figure.</summary>
    private async ValueTask ApplyWithPast(StoredEvent stored, IEvent happened)
    {
        var past = await PastOf(stored.Grain, stored.Version);
        if (happened is MergeUndone)
        {
            Admit(stored, stored.Municipality, past);
            return;
        }
        if (Keeps(stored.Municipality))
        {
            ApplyWhereRecorded(stored, happened);
        }
        if (happened is ClientMoved moved)
        {
            Admit(stored, moved.Municipality, past);
        }
        else
        {
            // An entry was recorded in error: every register that the client has been in counts again.
            Revise(stored.Grain, History.Standing(past));
            if (only is null)
            {
                Outcomes.Replace(stored.Grain, past);
            }
        }
    }

    private void ApplyWhereRecorded(in StoredEvent stored, IEvent? happened)
    {
        var locked = LockedOf(stored.Municipality);
        _releases.Changed(stored.Municipality, stored.Grain.Key);
        lock (locked.Gate)
        {
            if (happened is ClientErased or MergeDeclined && locked.Caseload.VersionOf(stored.Grain.Key) is null)
            {
                return; // A duplicate that was merged has no row any more; it is erased, or declines, like any client.
            }
            if (!locked.Caseload.Apply(
                stored.Grain.Key, stored.Version, stored.Position, happened, stored.OccurredOn))
            {
                throw new StoreFault(
                    $"{stored.Grain}: versions before {stored.Version} are missing at position {stored.Position}.");
            }
            if (happened is ClientMoved or MergedIntoSurvivor)
            {
                locked.Caseload.Release(stored.Grain.Key);
            }
        }
    }

    private bool Keeps(string code) => only is null || only.Contains(code);

    private void Revise(GrainName client, IReadOnlyList<PastEvent> past)
    {
        foreach (var code in past.SelectMany(CodesIn).Distinct().Where(Keeps))
        {
            var locked = LockedOf(code);
            _releases.Changed(code, client.Key);
            lock (locked.Gate)
            {
                locked.Caseload.Revise(client.Key, past);
            }
        }
    }

    private static IEnumerable<string> CodesIn(PastEvent entry) =>
        entry.Happened is ClientMoved moved ? [entry.Municipality, moved.Municipality] : [entry.Municipality];

    private async ValueTask<IReadOnlyList<PastEvent>> PastOf(GrainName client, long version) =>
        [.. (await store.Load(client, afterVersion: 0)).Events.Where(e => e.Version <= version)
            .Select(EventCodec.PastCoded)];

    /// <summary>The municipality that the client comes to folds the past into its row.</summary>
    private void Admit(in StoredEvent moved, string municipality, IReadOnlyList<PastEvent> whole)
    {
        var past = History.Standing(whole).Select(e => (e.Version, e.Happened, e.OccurredOn)).ToArray();
        var locked = LockedOf(municipality);
        _releases.Changed(municipality, moved.Grain.Key);
        lock (locked.Gate)
        {
            locked.Caseload.Admit(moved.Grain.Key, moved.Position, past);
        }
    }

    private LockedCaseload LockedOf(string code) => _caseloads.GetOrAdd(
        code, static (c, registers) => new LockedCaseload(new MunicipalityCaseload(c) { Registers = registers }),
        Registers);
}
