using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Timeline;
using OsstOrleans.Silo.Hosting;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>By which day a timeline is ordered.</summary>
internal enum TimelineOrder
{
    /// <summary>The day it happened.</summary>
    Occurred,

    /// <summary>When it was recorded.</summary>
    Recorded,
}

/// <summary>An entry of a timeline, to be told in a language.</summary>
internal sealed record TimelineEntry(HistoryEntry Entry, TimelineKind Kind, long? Corrects, PlainWords Words)
{
    /// <summary>The entry that says of this one that it was recorded in error.</summary>
    public HistoryEntry? InError { get; init; }
}

internal sealed record TimelineEdge(string Cursor, TimelineEntry Node);

/// <summary>A page of a timeline.</summary>
internal sealed record TimelinePage(
    IReadOnlyList<TimelineEntry> Nodes, bool HasNextPage, bool HasPreviousPage, int TotalCount,
    Func<TimelineEntry, string> CursorOf);

/// <summary>What was asked of a timeline.</summary>
internal sealed record TimelineQuestion(
    TimelineOrder Order, bool NewestFirst, IReadOnlyList<TimelineKind>? Kinds, DateOnly? From, DateOnly? To,
    PlainWords Words, int First, IReadOnlyList<long>? After)
{
    /// <summary>The day that the order goes by.</summary>
    public DateOnly DayOf(HistoryEntry entry) =>
        Order == TimelineOrder.Occurred ? entry.OccurredOn : HostServices.DayOf(entry.RecordedAt);

    public bool Takes(TimelineEntry entry) =>
        (Kinds is null || Kinds.Contains(entry.Kind)) && DayOf(entry.Entry) is var day
        && (From is null || day >= From) && (To is null || day <= To);

    /// <summary>The place of an entry: days first, then the order of recording.</summary>
    public (long Day, long Version) PlaceOf(TimelineEntry entry) =>
        (Order == TimelineOrder.Occurred ? entry.Entry.OccurredOn.DayNumber : 0, entry.Entry.Version);
}

/// <summary>Everything that happened to a client, in plain words, by either of its two days.</summary>
internal sealed class TimelineResolvers(IGrainEngine grains, PageSizes sizes)
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
        .Plain<TimelineEntry, long>("TimelineEntry", "version", e => e.Entry.Version)
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

    private async ValueTask<IReadOnlyList<TimelinePage>> Timelines(IReadOnlyList<ClientView> clients, FieldCall call)
    {
        var question = QuestionOf(call);
        var read = new ReadEnvelope(call.Caller(), ReadKind.Timeline);
        var replies = await Task.WhenAll(
            clients.Select(client => grains.Read(GrainId.Client(client.Id), read).AsTask()));
        return [.. replies.Select(reply => PageOf(reply.History ?? throw CallerOf.Forbidden(What), question))];
    }

    private TimelineQuestion QuestionOf(FieldCall call)
    {
        var order = call.Arguments.Get<TimelineOrder>("order");
        var newestFirst = call.Arguments.Get<bool>("newestFirst");
        var words = PlainWords.In(call.Arguments.Get<string>("language"))
            ?? throw CaseloadResolvers.BadInput("language", "There are words in fi, sv and en.");
        return new TimelineQuestion(
            order, newestFirst, call.Arguments.GetOrDefault<IReadOnlyList<TimelineKind>>("kinds"),
            call.Arguments.GetOrDefault<DateOnly?>("from"), call.Arguments.GetOrDefault<DateOnly?>("to"), words,
            sizes.Of(call, "first"), Cursors.Asked(call, "after", ListOf(order, newestFirst), numbers: 2));
    }

    private static TimelinePage PageOf(IReadOnlyList<HistoryEntry> history, TimelineQuestion question)
    {
        var marks = history.Where(entry => entry.Event is EntryRecordedInError)
            .ToLookup(entry => ((EntryRecordedInError)entry.Event!).Entry);
        var corrections = history.Select(entry => entry.Event).OfType<EntryRecordedInError>()
            .Where(mark => mark.CorrectedBy is not null).ToLookup(mark => mark.CorrectedBy!.Value, mark => mark.Entry);
        var entries = history
            .Select(entry => new TimelineEntry(
                entry, TimelineKinds.Of(entry.Type) ?? TimelineKind.Registration,
                corrections[entry.Version].Cast<long?>().FirstOrDefault(), question.Words)
            {
                InError = marks[entry.Version].FirstOrDefault(),
            })
            .Where(question.Takes).OrderBy(question.PlaceOf).ToList();
        if (question.NewestFirst)
        {
            entries.Reverse();
        }
        var after = question.After is [var day, var version] ? (day, version) : ((long, long)?)null;
        var rest = after is { } place
            ? entries.SkipWhile(e => question.NewestFirst
                ? question.PlaceOf(e).CompareTo(place) >= 0
                : question.PlaceOf(e).CompareTo(place) <= 0).ToList()
            : entries;
        var list = ListOf(question.Order, question.NewestFirst);
        return new TimelinePage(
            [.. rest.Take(question.First)], rest.Count > question.First, rest.Count < entries.Count, entries.Count,
            entry => Cursors.Write(list, question.PlaceOf(entry).Day, question.PlaceOf(entry).Version));
    }

    /// <summary>A cursor of one order is none of another.</summary>
    private static string ListOf(TimelineOrder order, bool newestFirst) =>
        (order == TimelineOrder.Occurred ? "to" : "tr") + (newestFirst ? "n" : "o");
}
