using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Hosting;

/// <summary>A place in the order of a slice: the day's number (0 where days do not order), then the version.</summary>
public readonly record struct HistoryPlace(long Day, long Version)
{
    internal (long, long) Order => (Day, Version);
}

/// <summary>A page of a history, as a reader asks for it. Only what is on the page is opened and read.</summary>
/// <param name="ByOccurred">Ordered by the day it happened; else by the time it was recorded.</param>
/// <param name="NewestFirst">The other way round.</param>
/// <param name="Max">Entries of a page.</param>
public sealed record HistorySlice(bool ByOccurred, bool NewestFirst, int Max)
{
    /// <summary>Only events of these stored names; all when null.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>The first day that counts.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day that counts.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only what comes after this place.</summary>
    public HistoryPlace? After { get; init; }

    /// <summary>What is kept by consent has versions from here on: it is in no log.</summary>
    public const long BeyondTheLog = 1L << 50;

    /// <summary>An entry's place in this order.</summary>
    public HistoryPlace PlaceOf(DateOnly occurredOn, DateTimeOffset recordedAt, long version) =>
        new(ByOccurred ? occurredOn.DayNumber : recordedAt.ToUnixTimeMilliseconds(), version);

    /// <param name="log">The events of the log.</param>
    /// <param name="kept">What is kept beside it.</param>
    /// <param name="read">Opens an event.</param>
    internal HistoryPage Of(
        IReadOnlyList<StoredEvent> log, IReadOnlyList<HistoryEntry> kept, Func<StoredEvent, HistoryEntry> read)
    {
        var wanted = log.Select(stored => new Line(stored, null)).Concat(kept.Select(entry => new Line(null, entry)))
            .Where(Takes).OrderBy(line => PlaceOf(line).Order).ToList();
        if (NewestFirst)
        {
            wanted.Reverse();
        }
        var rest = After is { } after
            ? wanted.SkipWhile(e => !(NewestFirst ? IsBefore(PlaceOf(e), after) : IsBefore(after, PlaceOf(e)))).ToList()
            : wanted;
        return new HistoryPage(
            [.. rest.Take(Max).Select(line => line.Kept ?? read(line.Stored!.Value))],
            [.. log.Where(IsMark).Select(read)],
            wanted.Count, rest.Count > Max, rest.Count < wanted.Count);
    }

    private static bool IsBefore(HistoryPlace one, HistoryPlace other) => one.Order.CompareTo(other.Order) < 0;

    private HistoryPlace PlaceOf(Line line) => PlaceOf(line.OccurredOn, line.RecordedAt, line.Version);

    private bool Takes(Line line)
    {
        var day = ByOccurred || (From ?? To) is null ? line.OccurredOn : HostServices.DayOf(line.RecordedAt);
        return Types?.Contains(line.Type) is not false && !(day < From) && !(day > To);
    }

    private static bool IsMark(StoredEvent stored) =>
        EventCatalogue.TypeOf(stored.Type)?.IsAssignableTo(typeof(IRevisesHistory)) is true;

    /// <summary>An entry that is still sealed, or one that is kept open in memory.</summary>
    private readonly record struct Line(StoredEvent? Stored, HistoryEntry? Kept)
    {
        public DateOnly OccurredOn => Kept?.OccurredOn ?? Stored!.Value.OccurredOn;

        public DateTimeOffset RecordedAt => Kept?.RecordedAt ?? Stored!.Value.RecordedAt;

        public long Version => Kept?.Version ?? Stored!.Value.Version;

        public string Type => Kept?.Type ?? Stored!.Value.Type;
    }
}

/// <summary>A page of a history.</summary>
/// <param name="Entries">The page's entries.</param>
/// <param name="Marks">Every entry of the history that marks another one as recorded in error.</param>
/// <param name="Total">Entries on all pages.</param>
/// <param name="HasNext">There is more after the page.</param>
/// <param name="HasPrevious">There is more before the page.</param>
public sealed record HistoryPage(
    IReadOnlyList<HistoryEntry> Entries, IReadOnlyList<HistoryEntry> Marks, int Total, bool HasNext, bool HasPrevious);
