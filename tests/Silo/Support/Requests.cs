using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Tests;

/// <summary>Appends as the store sees them: it knows no domain, so their events are any bytes.</summary>
internal static class Requests
{
    public static readonly GrainName Someone = GrainName.Client("c-1");

    private static readonly DateTimeOffset Recorded = new(2019, 6, 1, 12, 0, 0, 123, TimeSpan.Zero);

    public static AppendRequest Append(
        GrainName stream, long expected, Guid? command = null, params NewEvent[] events) => new()
        {
            Grain = stream,
            ExpectedVersion = expected,
            CommandId = command ?? Guid.NewGuid(),
            Municipality = "837",
            Actor = "social-worker/s-1",
            OccurredOn = new DateOnly(2019, 5, 31),
            RecordedAt = Recorded,
            Events = events,
        };

    public static AppendRequest One(GrainName stream, long expected, Guid? command = null) =>
        Append(stream, expected, command, Event($"after {expected}"));

    public static AppendRequest Nothing(GrainName stream, long expected, Guid command) =>
        Append(stream, expected, command);

    /// <summary>One event, of <see cref="Someone"/> unless said, with keys, and with what it erases.</summary>
    public static AppendRequest Keyed(
        long expected, byte[] key, byte[]? consent = null, Erasure erases = Erasure.None, GrainName? stream = null,
        MatterKey? matter = null, int endsMatters = 0, int endsSealing = 0)
    {
        var plain = One(stream ?? Someone, expected);
        return new AppendRequest
        {
            Grain = plain.Grain,
            ExpectedVersion = plain.ExpectedVersion,
            CommandId = plain.CommandId,
            Municipality = plain.Municipality,
            Actor = plain.Actor,
            OccurredOn = plain.OccurredOn,
            RecordedAt = plain.RecordedAt,
            Events = plain.Events,
            WrappedKey = key,
            ConsentKey = consent,
            Erases = erases,
            MatterKey = matter,
            EndsMatters = endsMatters,
            EndsSealing = endsSealing,
        };
    }

    /// <summary>One event of <see cref="Someone"/> with the key of a matter.</summary>
    public static AppendRequest OfMatter(long expected, int matter, byte[] key) =>
        Keyed(expected, [], matter: new MatterKey(matter, key));

    /// <summary>One event of <see cref="Someone"/> with which matters end.</summary>
    public static AppendRequest Ending(long expected, int through) => Keyed(expected, [], endsMatters: through);

    /// <summary>One event of <see cref="Someone"/> with which a consent to words of the log ends.</summary>
    public static AppendRequest EndingSealing(long expected, int consent) =>
        Keyed(expected, [], endsSealing: consent);

    public static AppendRequest Erasing(long expected, Erasure erases) => Keyed(expected, [], [], erases);

    public static NewEvent Event(string words) =>
        new("test.happened", Encoding.UTF8.GetBytes(words), ReadOnlyMemory<byte>.Empty);

    public static string Words(in StoredEvent stored) => Encoding.UTF8.GetString(stored.Data.Span);

    public static string Words(GrainSnapshot snapshot) => Encoding.UTF8.GetString(snapshot.Data.Span);

    public static GrainSnapshot Snapshot(long version, string words) =>
        new() { Version = version, Position = version, Data = Encoding.UTF8.GetBytes(words) };

    /// <summary>What the feed shows now, in pages.</summary>
    public static async Task<List<StoredEvent>> Feed(IEventStore store, long after = 0, int page = 100)
    {
        var events = new List<StoredEvent>();
        while (await store.ReadFeed(events.Count == 0 ? after : events[^1].Position, page) is { Count: > 0 } next)
        {
            events.AddRange(next);
        }
        return events;
    }

    /// <summary>The feed as soon as it shows a position: a store may hold an event back for a while.</summary>
    public static async Task<List<StoredEvent>> FeedThrough(IEventStore store, long position, long after = 0)
    {
        var more = new SemaphoreSlim(0); // Not disposed: a group that is being told of may come after the reader left.
        void Tell(long last) => more.Release();
        store.Committed += Tell;
        var events = await Feed(store, after);
        while ((events.Count == 0 ? after : events[^1].Position) < position)
        {
            await more.WaitAsync().Patiently();
            events.AddRange(await Feed(store, events.Count == 0 ? after : events[^1].Position));
        }
        store.Committed -= Tell;
        return events;
    }
}
