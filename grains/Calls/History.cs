namespace OsstOrleans.Grains.Calls;

/// <summary>One event of a grain's history.</summary>
/// <param name="Version">Its number in the grain's stream.</param>
/// <param name="Position">Its place in the whole log.</param>
/// <param name="Type">The event's stored name.</param>
/// <param name="OccurredOn">The day it happened.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="Actor">Who recorded it, <c>role/subject</c>.</param>
/// <param name="Event">Null when a newer version of the platform wrote an event that this one does not know.</param>
public sealed record HistoryEntry(
    long Version, long Position, string Type, DateOnly OccurredOn, DateTimeOffset RecordedAt, string Actor,
    IEvent? Event);

/// <summary>A place in the order of a slice: the day's number (0 where days do not order), then the version.</summary>
public readonly record struct HistoryPlace(long Day, long Version);

/// <summary>A page of a history, as a reader asks for it. Only what is on the page is opened and read.</summary>
/// <param name="ByOccurred">Ordered by the day it happened; else by the time it was recorded.</param>
/// <param name="NewestFirst">The other way round.</param>
/// <param name="Max">Entries of a page.</param>
public sealed record HistorySlice(bool ByOccurred, bool NewestFirst, int Max)
{
    /// <summary>What is kept by consent has versions from here on: it is in no log.</summary>
    public const long BeyondTheLog = 1L << 50;

    /// <summary>Only events of these stored names; all when null.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>The first day that counts.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day that counts.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only what comes after this place.</summary>
    public HistoryPlace? After { get; init; }

    /// <summary>An entry's place in this order.</summary>
    public HistoryPlace PlaceOf(DateOnly occurredOn, DateTimeOffset recordedAt, long version) =>
        new(ByOccurred ? occurredOn.DayNumber : recordedAt.ToUnixTimeMilliseconds(), version);
}

/// <summary>A page of a history.</summary>
/// <param name="Entries">The page's entries.</param>
/// <param name="Marks">Every entry of the history that marks another one as recorded in error.</param>
/// <param name="Total">Entries on all pages.</param>
/// <param name="HasNext">There is more after the page.</param>
/// <param name="HasPrevious">There is more before the page.</param>
public sealed record HistoryPage(
    IReadOnlyList<HistoryEntry> Entries, IReadOnlyList<HistoryEntry> Marks, int Total, bool HasNext, bool HasPrevious);
