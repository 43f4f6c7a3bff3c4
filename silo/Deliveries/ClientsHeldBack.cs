using System.Collections.Concurrent;
using System.Collections.Immutable;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Deliveries;

/// <summary>
/// Of whom nothing may leave: by the client's own history, and by that of the client into whom this one was merged, who
/// is the same person. A history only grows, so what was read of it is remembered, and each question reads what came
/// since.
/// </summary>
/// <param name="store">Where the histories are.</param>
internal sealed class ClientsHeldBack(IEventStore store)
{
    /// <summary>Clients that are remembered; with more, all are read again.</summary>
    private const int MostKnown = 10_000;

    private static readonly string Merged = EventCatalogue.NameOf<MergedIntoSurvivor>();

    private static readonly string Undone = EventCatalogue.NameOf<MergeUndone>();

    private readonly ConcurrentDictionary<GrainName, Known> _known = new();

    /// <summary>
    /// True for a client of whom a register has known something. What it says of another register's is not looked up:
    /// an event that leaves or stays by that person's ban would tell of it.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="isOf">True for the register's municipalities.</param>
    public async ValueTask<bool> IsKnownIn(GrainName client, Func<string, bool> isOf) =>
        (await Of(client)).Registers.Any(isOf);

    /// <summary>How an event may leave by what was acknowledged until now; null while something holds it back.
    /// </summary>
    /// <param name="client">Whom it is about, or names.</param>
    /// <param name="leaving">The event and where it goes.</param>
    public async ValueTask<Passage?> PassageOf(GrainName client, LeavingEvent leaving)
    {
        var known = await Of(client);
        return known.SurvivorId is not { } survivor ? known.HeldBack.For(leaving)
            : known.HeldBack.For(leaving with { ByPermission = false }) is not { } own ? null
            : await PassageAs(survivor, leaving with { Version = 0, Happened = null }) is not { } person ? null
            : own.DemandedBy is null ? person : own;
    }

    /// <summary>By what the person says under the survivor's key, where a permission is given, too. An erasure of the
    /// survivor is the duplicate's own when its turn has come: one that the survivor had not taken over stands by
    /// itself again.</summary>
    private async ValueTask<Passage?> PassageAs(string survivor, LeavingEvent leaving)
    {
        var known = await Of(GrainName.Client(survivor));
        return known.SurvivorId is { } next ? await PassageAs(next, leaving)
            : (known.HeldBack with { IsErased = false }).For(leaving);
    }

    private async ValueTask<Known> Of(GrainName client)
    {
        var known = _known.GetValueOrDefault(client, new Known(0, HeldBack.None, null, []));
        var events = (await store.Load(client, known.Version)).Events;
        if (events.Count > 0)
        {
            known = events.Aggregate(known, After);
            Remember(client, known);
        }
        return known;
    }

    private static Known After(Known known, StoredEvent stored) => new(
        stored.Version,
        HeldBack.IsSaidBy(stored.Type)
            ? known.HeldBack.After(EventCodec.DecodeCoded(stored), stored.OccurredOn)
            : known.HeldBack,
        stored.Type == Merged ? (EventCodec.DecodeCoded(stored) as MergedIntoSurvivor)?.SurvivorId
        : stored.Type == Undone ? null
        : known.SurvivorId,
        known.Registers.Add(stored.Municipality));

    private void Remember(GrainName client, Known known)
    {
        if (_known.Count >= MostKnown)
        {
            _known.Clear();
        }
        _known[client] = known;
    }

    private sealed record Known(
        long Version, HeldBack HeldBack, string? SurvivorId, ImmutableHashSet<string> Registers);
}
