using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Memory;

/// <summary>Cuts a page out of a history; only what is on the page is opened.</summary>
internal static class HistoryReader
{
    /// <param name="slice">Which page.</param>
    /// <param name="log">The events of the log.</param>
    /// <param name="kept">What is kept beside it.</param>
    /// <param name="read">Opens an event.</param>
    public static HistoryPage Of(
        this HistorySlice slice, IReadOnlyList<StoredEvent> log, IReadOnlyList<HistoryEntry> kept,
        Func<StoredEvent, HistoryEntry> read)
    {
        var wanted = log.Select(stored => new Line(stored, null)).Concat(kept.Select(entry => new Line(null, entry)))
            .Where(slice.Takes).OrderBy(line => Order(slice.PlaceOf(line))).ToList();
        if (slice.NewestFirst)
        {
            wanted.Reverse();
        }
        var rest = slice.After is { } after
            ? wanted.SkipWhile(line => !slice.IsPast(slice.PlaceOf(line), after)).ToList()
            : wanted;
        return new HistoryPage(
            [.. rest.Take(slice.Max).Select(line => line.Kept ?? read(line.Stored!.Value))],
            [.. log.Where(IsMark).Select(read)],
            wanted.Count, rest.Count > slice.Max, rest.Count < wanted.Count);
    }

    private static bool IsPast(this HistorySlice slice, HistoryPlace place, HistoryPlace after) => slice.NewestFirst
        ? Order(place).CompareTo(Order(after)) < 0
        : Order(after).CompareTo(Order(place)) < 0;

    private static (long, long) Order(HistoryPlace place) => (place.Day, place.Version);

    private static HistoryPlace PlaceOf(this HistorySlice slice, Line line) =>
        slice.PlaceOf(line.OccurredOn, line.RecordedAt, line.Version);

    private static bool Takes(this HistorySlice slice, Line line)
    {
        var day = slice.ByOccurred || (slice.From ?? slice.To) is null
            ? line.OccurredOn
            : GrainServices.DayOf(line.RecordedAt);
        return slice.Types?.Contains(line.Type) is not false && !(day < slice.From) && !(day > slice.To);
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
