using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Timeline;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>By which day a timeline is ordered.</summary>
internal enum TimelineOrder
{
    /// <summary>The day it happened.</summary>
    Occurred,

    /// <summary>When it was recorded.</summary>
    Recorded,
}

/// <summary>An entry of a timeline, with the words of one language.</summary>
internal sealed record TimelineEntry(HistoryEntry Entry, TimelineKind Kind, long? Corrects, PlainWords Words)
{
    /// <summary>Kept by consent beside the log: it is no entry that could be named.</summary>
    public bool IsKept => Entry.Version >= HistorySlice.BeyondTheLog;

    /// <summary>The entry that says of this one that it was recorded in error.</summary>
    public HistoryEntry? InError { get; init; }
}

internal sealed record TimelineEdge(string Cursor, TimelineEntry Node);

/// <summary>A page of a timeline, and in which order it stands.</summary>
internal sealed record TimelinePage(
    IReadOnlyList<TimelineEntry> Nodes, bool HasNextPage, bool HasPreviousPage, int TotalCount, HistorySlice Slice)
{
    public string CursorOf(TimelineEntry node) =>
        Slice.PlaceOf(node.Entry.OccurredOn, node.Entry.RecordedAt, node.Entry.Version) is var place
            ? Cursors.Write(ListOf(Slice.ByOccurred, Slice.NewestFirst), place.Day, place.Version)
            : "";

    /// <summary>A cursor of one order is not valid in another.</summary>
    public static string ListOf(bool byOccurred, bool newestFirst) =>
        (byOccurred ? "to" : "tr") + (newestFirst ? "n" : "o");
}

/// <summary>Everything that happened to a client, in plain words, by either of its two days.</summary>
internal sealed class TimelineResolvers(IGrainCalls grains, PageSizes sizes)
{
    private const string What = "reading this client";

    public ResolverMap AddTo(ResolverMap map) => map
        .Batch<ClientView, TimelinePage>("Client", "timeline", Timelines)
        .Object<TimelinePage>("TimelineConnection")
        .Plain<TimelinePage, IReadOnlyList<TimelineEdge>>(
            "TimelineConnection", "edges", page => [.. page.Nodes.Select(n => new TimelineEdge(page.CursorOf(n), n))])
        .Plain<TimelinePage, PageInfo>("TimelineConnection", "pageInfo",
            page => PageInfo.Of(page.Nodes, page.HasNextPage, page.HasPreviousPage, page.CursorOf))
        .Object<TimelineEdge>("TimelineEdge")
        .Object<TimelineEntry>("TimelineEntry")
        .Plain<TimelineEntry, long>("TimelineEntry", "version", e => e.IsKept ? 0 : e.Entry.Version)
        .Plain<TimelineEntry, string>("TimelineEntry", "type", e => e.Entry.Type)
        .Plain<TimelineEntry, DateOnly>("TimelineEntry", "occurredOn", e => e.Entry.OccurredOn)
        .Plain<TimelineEntry, DateTimeOffset>("TimelineEntry", "recordedAt", e => e.Entry.RecordedAt)
        .Plain<TimelineEntry, string>("TimelineEntry", "actor", e => e.Entry.Actor)
        .Plain<TimelineEntry, string>("TimelineEntry", "who", e => e.Words.Who(e.Entry.Actor))
        .Plain<TimelineEntry, string>("TimelineEntry", "text", e => e.Words.Of(e.Entry.Event))
        .Plain<TimelineEntry, IReadOnlyList<OwnWords>>("TimelineEntry", "words",
            e => e.Entry.Event is { } happened ? e.Words.OwnWordsOf(happened) : [])
        .Plain<TimelineEntry, long?>("TimelineEntry", "inErrorBy", e => e.InError?.Version)
        .Plain<TimelineEntry, PersonalText?>("TimelineEntry", "inErrorReason",
            e => (e.InError?.Event as EntryRecordedInError)?.Reason)
        .Plain<TimelineEntry, long?>("TimelineEntry", "correctedBy",
            e => (e.InError?.Event as EntryRecordedInError)?.CorrectedBy)
        .Object<OwnWords>("OwnWords");

    private ValueTask<IReadOnlyList<TimelinePage>> Timelines(IReadOnlyList<ClientView> clients, FieldCall call)
    {
        var words = PlainWords.In(call.Arguments.Get<string>("language"))
            ?? throw CaseloadResolvers.BadInput("language", "There are words in fi, sv and en.");
        var slice = SliceOf(call);
        var read = new ReadRequest(call.Caller(), ReadKind.Timeline, slice);
        return call.Each(clients, async client => PageOf(
            (await grains.Until(call.Cancelled).Read<ClientState>(GrainName.Client(client.Id), read)).Page
                ?? throw CallerOf.Forbidden(What),
            slice, words));
    }

    private HistorySlice SliceOf(FieldCall call)
    {
        var byOccurred = call.Arguments.Get<TimelineOrder>("order") == TimelineOrder.Occurred;
        var newestFirst = call.Arguments.Get<bool>("newestFirst");
        var after = Cursors.Asked(call, "after", TimelinePage.ListOf(byOccurred, newestFirst), numbers: 2);
        return new HistorySlice(byOccurred, newestFirst, sizes.Of(call, "first"))
        {
            Types = call.Arguments.GetOrDefault<IReadOnlyList<TimelineKind>>("kinds") is { } kinds
                ? EventCatalogue.NamesOf(kinds)
                : null,
            From = call.Arguments.GetOrDefault<DateOnly?>("from"),
            To = call.Arguments.GetOrDefault<DateOnly?>("to"),
            After = after is [var day, var version] ? new HistoryPlace(day, version) : null,
        };
    }

    private static TimelinePage PageOf(HistoryPage page, HistorySlice slice, PlainWords words)
    {
        var marks = page.Marks.ToDictionary(mark => ((EntryRecordedInError)mark.Event!).Entry);
        var corrections = page.Marks.Select(mark => (EntryRecordedInError)mark.Event!)
            .Where(mark => mark.CorrectedBy is not null).ToLookup(mark => mark.CorrectedBy!.Value, mark => mark.Entry);
        return new TimelinePage(
            [
                .. page.Entries.Select(entry => new TimelineEntry(
                    entry, EventCatalogue.KindOf(entry.Type), corrections[entry.Version].Cast<long?>().FirstOrDefault(),
                    words)
                {
                    InError = marks.GetValueOrDefault(entry.Version),
                }),
            ],
            page.HasNext, page.HasPrevious, page.Total, slice);
    }
}
