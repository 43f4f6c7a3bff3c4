using System.Text.Json;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Storage;

/// <summary>Turns one grain's events and states into their stored form and back.</summary>
internal sealed class EventCodec(GrainId grain)
{
    /// <summary>The client's key; null for other grains, and after erasure.</summary>
    public ClientCipher? Cipher { get; set; }

    public NewEvent Encode(IEvent happened, long version)
    {
        var (coded, personal) = StoredJson.Write(happened, Cipher, EventPlace(version));
        return new NewEvent(EventCatalogue.NameOf(happened), coded, personal);
    }

    /// <summary>Null when the event's name is unknown: a newer version wrote it.</summary>
    public IEvent? Decode(in StoredEvent stored) =>
        EventCatalogue.TypeOf(stored.Type) is { } type
            ? (IEvent)StoredJson.Read(type, stored.Data, stored.Personal, Cipher, EventPlace(stored.Version))
            : null;

    /// <summary>The coded part alone, for folds that hold no personal data and need no key.</summary>
    public static IEvent? DecodeCoded(in StoredEvent stored) =>
        EventCatalogue.TypeOf(stored.Type) is { } type
            ? (IEvent)StoredJson.Read(type, stored.Data, default, null, default)
            : null;

    public Snapshot Encode<TState>(TState state, long version, long position)
        where TState : class
    {
        var (coded, personal) = StoredJson.Write(state, Cipher, SnapshotPlace(version));
        return new Snapshot(version, position, coded, personal);
    }

    /// <summary>Null when the snapshot has another version's form.</summary>
    public TState? TryDecode<TState>(Snapshot snapshot)
        where TState : class
    {
        try
        {
            return (TState)StoredJson.Read(
                typeof(TState), snapshot.Data, snapshot.Personal, Cipher, SnapshotPlace(snapshot.Version));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>True when two states have the same stored form, coded and personal.</summary>
    public static bool SameState<TState>(TState one, TState other)
        where TState : class =>
        StoredJson.Plain(one) == StoredJson.Plain(other);

    private Place EventPlace(long version) => new(grain, version, IsSnapshot: false);

    private Place SnapshotPlace(long version) => new(grain, version, IsSnapshot: true);
}
