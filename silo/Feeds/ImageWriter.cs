using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Feeds;

/// <summary>
/// Keeps an image of the projections beside the log. It is the last reader of the feed: when it is called, the others
/// have applied the batch, and nothing changes.
/// </summary>
internal sealed class ImageWriter(string folder, KnownGrains directory, Caseloads caseloads) : IFeedReader
{
    /// <summary>A start after a crash folds at most about this many events.</summary>
    private const int EventsBetween = 100_000;

    /// <summary>So few are folded faster than an image is written.</summary>
    private const int WorthWhile = 1_000;

    private readonly ProjectionImage _image = new(Path.Combine(folder, ProjectionImage.FileName));
    private ImagePlace _seen;
    private long _events;

    /// <summary>Fills the projections from the image, when it is of this log and this build.</summary>
    /// <returns>The position up to which the log is in them; 0 for none.</returns>
    public async Task<long> Restore(IEventStore store)
    {
        if (await _image.Read(directory, caseloads, place => IsIn(store, place)) is not { } place)
        {
            return 0;
        }
        _seen = place;
        caseloads.CaughtUpTo(place.Position, place.RecordedAt);
        return place.Position;
    }

    public ValueTask Apply(in StoredEvent stored, IEvent? happened)
    {
        _seen = new ImagePlace(stored.Position, stored.CommandId, stored.RecordedAt);
        _events++;
        return ValueTask.CompletedTask;
    }

    public void CaughtUpTo(long position, DateTimeOffset recordedAt) => WriteIfBehind(EventsBetween);

    /// <summary>The last image, when the feed has ended.</summary>
    public void Close() => WriteIfBehind(WorthWhile);

    /// <summary>A disk that does not take it costs the next start some time and nothing else.</summary>
    private void WriteIfBehind(int events)
    {
        if (_events < events)
        {
            return;
        }
        _events = 0;
        try
        {
            _image.Write(_seen, directory, caseloads);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The older image, or none, is as good: the log is the truth.
        }
    }

    private static async Task<bool> IsIn(IEventStore store, ImagePlace place) =>
        await store.ReadFeed(place.Position - 1, 1) is [var last]
        && last.Position == place.Position && last.CommandId == place.CommandId;
}
