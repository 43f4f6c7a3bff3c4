using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Storage;

/// <summary>Turns one grain's events and states into their stored form and back.</summary>
internal sealed class EventCodec(GrainName grain)
{
    /// <summary>The client's keys; none for other grains, and after erasure.</summary>
    public ClientKeys Keys { get; set; } = ClientKeys.None;

    /// <param name="happened">What happened.</param>
    /// <param name="version">Its place in the stream.</param>
    /// <param name="keys">What seals the words of its class; null for a grain that is no client's.</param>
    public NewEvent Encode(IEvent happened, long version, AppendKeys? keys = null)
    {
        var (coded, personal) = StoredJson.Write(
            happened,
            () => keys?.Of(EventCatalogue.WordsOf(happened), (happened as ISealedByConsent)?.Consent ?? 0),
            EventPlace(version));
        return new NewEvent(EventCatalogue.NameOf(happened), coded, personal);
    }

    /// <summary>Null when the event's name is unknown: a newer version wrote it.</summary>
    /// <exception cref="StoreFault">The stored bytes are damaged, or sealed for another place or key.</exception>
    public IEvent? Decode(in StoredEvent stored) =>
        EventCatalogue.TypeOf(stored.Type) is { } type
            ? Read(type, stored, Keys, EventPlace(stored.Version))
            : null;

    /// <summary>The coded part alone, for folds that hold no personal data and need no key.</summary>
    /// <exception cref="StoreFault">The stored bytes are damaged.</exception>
    public static IEvent? DecodeCoded(in StoredEvent stored) =>
        EventCatalogue.TypeOf(stored.Type) is { } type
            ? Read(type, stored, ClientKeys.None, default)
            : null;

    /// <summary>An entry of a history, without its personal words.</summary>
    /// <exception cref="StoreFault">The stored bytes are damaged.</exception>
    public static PastEvent PastCoded(StoredEvent stored) => Past(stored, DecodeCoded(stored));

    /// <summary>An entry of the grain's history.</summary>
    /// <exception cref="StoreFault">The stored bytes are damaged, or sealed for another place or key.</exception>
    public PastEvent Past(StoredEvent stored) => Past(stored, Decode(stored));

    /// <summary>A snapshot holds words of all classes: it opens as long as every key of today is there.</summary>
    public GrainSnapshot Encode<TState>(TState state, long version, long position)
        where TState : class
    {
        var folded = new Folded<TState>(BuildOf<TState>(), state);
        var (coded, personal) = StoredJson.Write(folded, Keys.OfAll, SnapshotPlace(version));
        return new GrainSnapshot { Version = version, Position = position, Data = coded, Personal = personal };
    }

    /// <summary>Null when the snapshot cannot be read, was folded by other code than this, or holds words whose key is
    /// gone.</summary>
    public TState? TryDecode<TState>(GrainSnapshot snapshot)
        where TState : class
    {
        try
        {
            var (cipher, part) = Keys.Opening(snapshot.Personal);
            if (cipher is null && !part.IsEmpty)
            {
                return null;
            }
            var folded = (Folded<TState>)StoredJson.Read(
                typeof(Folded<TState>), snapshot.Data, part, cipher, SnapshotPlace(snapshot.Version));
            return folded.By == BuildOf<TState>() ? folded.State : null;
        }
        catch (Exception fault) when (Damage.IsShownBy(fault))
        {
            return null;
        }
    }

    /// <summary>True when two states have the same stored form, coded and personal.</summary>
    public static bool SameState<TState>(TState one, TState other)
        where TState : class =>
        StoredJson.Plain(one) == StoredJson.Plain(other);

    private static PastEvent Past(in StoredEvent stored, IEvent? happened) => new(
        stored.Version, stored.Position, stored.Municipality, happened, stored.OccurredOn, stored.RecordedAt);

    private static IEvent Read(Type type, in StoredEvent stored, ClientKeys keys, Place place)
    {
        try
        {
            var (cipher, part) = keys.Opening(stored.Personal);
            return (IEvent)StoredJson.Read(type, stored.Data, part, cipher, place);
        }
        catch (Exception fault) when (Damage.IsShownBy(fault))
        {
            throw StoreFault.Damaged($"{stored.Grain}: version {stored.Version}");
        }
    }

    /// <summary>The build that holds a state's rules: the same sources give the same identifier.</summary>
    private static Guid BuildOf<TState>() => typeof(TState).Module.ModuleVersionId;

    private Place EventPlace(long version) => new(grain, version, IsSnapshot: false);

    private Place SnapshotPlace(long version) => new(grain, version, IsSnapshot: true);

    /// <summary>
    /// A state, and which build folded it. Another build may fold the same events to another state (a new field, an
    /// event it did not know, a mended rule), so it takes no snapshot but its own.
    /// </summary>
    private sealed record Folded<TState>(Guid By, TState? State);
}
