using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Feeds;

namespace OsstOrleans.Gateway.Resolvers;

internal sealed record CaseloadEdge(string Cursor, CaseloadEntry Node);

internal sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor)
{
    public static PageInfo Of<TNode>(
        IReadOnlyList<TNode> nodes, bool hasNext, bool hasPrevious, Func<TNode, string> cursorOf) =>
        nodes.Count == 0
            ? new(hasNext, hasPrevious, null, null)
            : new(hasNext, hasPrevious, cursorOf(nodes[0]), cursorOf(nodes[^1]));
}

/// <summary>A page of a caseload; cursors are written only when they are asked for.</summary>
internal sealed record CaseloadPage(
    IReadOnlyList<CaseloadEntry> Nodes, bool HasNextPage, bool HasPreviousPage, int TotalCount, AsOf AsOf);

/// <summary>The list of a municipality's clients, page by page in the order of coming.</summary>
internal sealed class CaseloadResolvers(Platform platform, ClientResolvers clients, PageSizes sizes)
{
    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "caseload", Page)
        .Object<CaseloadPage>("CaseloadConnection")
        .Plain<CaseloadPage, IReadOnlyList<CaseloadEdge>>(
            "CaseloadConnection", "edges",
            page => [.. page.Nodes.Select(n => new CaseloadEdge(WriteCursor(n.Since), n))])
        .Plain<CaseloadPage, PageInfo>("CaseloadConnection", "pageInfo",
            page => PageInfo.Of(page.Nodes, page.HasNextPage, page.HasPreviousPage, n => WriteCursor(n.Since)))
        .Object<CaseloadEdge>("CaseloadEdge").Object<PageInfo>("PageInfo")
        .Object<CaseloadEntry>("CaseloadEntry")
        .Plain<CaseloadEntry, string>("CaseloadEntry", "clientId", e => e.Client)
        .Batch<CaseloadEntry, ClientView?>(
            "CaseloadEntry", "client", (entries, call) => clients.FindAll(call, [.. entries.Select(e => e.Client)]))
        .Object<AsOf>("AsOf");

    /// <summary>The filter of a call; all clients when it has none.</summary>
    /// <exception cref="FieldFault">It asks for what is no worker's id or no method's code: both are written into the
    /// use log.</exception>
    public static CaseloadFilter FilterOf(Platform platform, FieldCall call)
    {
        if (call.Arguments.GetOrDefault<Arguments>("filter") is not { } filter)
        {
            return CaseloadFilter.All;
        }
        return new CaseloadFilter
        {
            Status = filter.GetOrDefault<CaseStatus?>("status"),
            Reason = filter.GetOrDefault<ReferralReason?>("reason"),
            AgeBand = filter.GetOrDefault<AgeBand?>("ageBand"),
            WorkerId = WorkerOf(filter),
            Method = MethodOf(platform, filter),
            Overdue = filter.GetOrDefault<OverdueKind?>("overdue"),
            ReceivedFrom = filter.GetOrDefault<DateOnly?>("receivedFrom"),
            ReceivedTo = filter.GetOrDefault<DateOnly?>("receivedTo"),
            Arm = filter.GetOrDefault<StudyArm?>("arm"),
        };
    }

    /// <summary>The worker whose clients are asked for; null for all.</summary>
    /// <exception cref="FieldFault">It is no id.</exception>
    public static string? WorkerOf(Arguments asked) =>
        asked.GetOrDefault<string>("workerId") is not { } id ? null
        : GrainName.IsValidKey(id) ? id
        : throw BadInput("workerId", "An identifier is 1-64 letters a-z, digits, '-' or '_'.");

    /// <summary>Waits for <c>minPosition</c>, and says how much of the log the answer has seen.</summary>
    public static async ValueTask<AsOf> Seen(Platform platform, FieldCall call)
    {
        if (call.Arguments.GetOrDefault<long?>("minPosition") is { } position)
        {
            if (platform.WritesAlone && position > platform.Store.LastPosition)
            {
                throw BadInput("minPosition", "There is no such position in the log yet.");
            }
            await platform.WaitFor(position, call.Cancelled);
        }
        return platform.Caseloads.Clock.Now;
    }

    public static FieldFault BadInput(string field, string message) =>
        new(ErrorCodes.BadInput, message, new Dictionary<string, object?> { ["field"] = field });

    private static CodedValue? MethodOf(Platform platform, Arguments filter)
    {
        if (filter.GetOrDefault<Arguments>("method") is not { } given)
        {
            return null;
        }
        var method = new CodedValue(given.Get<string>("system"), given.Get<string>("code"));
        return platform.Services.Codes.Line(method) is not null
            ? method
            : throw BadInput("method", "This code is not known.");
    }

    private async ValueTask<CaseloadPage> Page(FieldCall call)
    {
        var municipality = call.RegisterAsked();
        var slice = SliceOf(call);
        var asOf = await Seen(platform, call);
        var filter = FilterOf(platform, call) with { SeenBy = platform.Staff.SightOf(call.Caller(), municipality) };
        var today = platform.Services.Clock().Today;
        var (total, ends) = (call.Selects("totalCount"), call.Selects("pageInfo"));
        var page = Joined(
            [
                .. platform.Caseloads.AskEach(
                    platform.Services.MunicipalitiesOf(municipality),
                    caseload => PageOf(caseload, filter, today, slice, total, ends, asOf)),
            ],
            slice, asOf);
        await platform.Listed(
            call.Caller(), municipality, $"caseload{ListUses.Words(filter)}", page.Nodes, filter.SeenBy);
        return page;
    }

    /// <summary>
    /// Both ends are looked at beyond the page, so both answers of its <c>pageInfo</c> are exact; only when they are
    /// asked for.
    /// </summary>
    private static CaseloadPage PageOf(
        MunicipalityCaseload caseload, CaseloadFilter filter, DateOnly today, CaseloadSlice slice, bool total,
        bool ends, AsOf asOf)
    {
        var nodes = caseload.List(filter, today, slice);
        var (first, last) = nodes.Count == 0 ? (slice.After + 1, slice.Before - 1) : (nodes[0].Since, nodes[^1].Since);
        return new CaseloadPage(
            nodes, Any(new CaseloadSlice(1, After: last)), Any(new CaseloadSlice(1, Before: first, FromEnd: true)),
            total ? caseload.CountListed(filter, today) : 0, asOf);

        bool Any(CaseloadSlice beyond) => ends && caseload.List(filter, today, beyond).Count > 0;
    }

    /// <summary>Pages of a register's municipalities as one: places in the order of coming are the log's.</summary>
    private static CaseloadPage Joined(IReadOnlyList<CaseloadPage> pages, CaseloadSlice slice, AsOf asOf)
    {
        if (pages is [var only])
        {
            return only;
        }
        CaseloadEntry[] all = [.. pages.SelectMany(page => page.Nodes).OrderBy(entry => entry.Since)];
        var isCut = all.Length > slice.Max;
        return new CaseloadPage(
            slice.FromEnd ? [.. all.TakeLast(slice.Max)] : [.. all.Take(slice.Max)],
            (isCut && !slice.FromEnd) || pages.Any(page => page.HasNextPage),
            (isCut && slice.FromEnd) || pages.Any(page => page.HasPreviousPage),
            pages.Sum(page => page.TotalCount), asOf);
    }

    private CaseloadSlice SliceOf(FieldCall call)
    {
        var (first, last) = (sizes.OrNull(call, "first"), sizes.OrNull(call, "last"));
        if (first is not null && last is not null)
        {
            throw BadInput("last", "A page is asked for with first or with last, not with both.");
        }
        return new CaseloadSlice(
            first ?? last ?? PageSizes.Usual, PlaceOf(call, "after") ?? -1, PlaceOf(call, "before") ?? long.MaxValue,
            FromEnd: last is not null);
    }

    private static string WriteCursor(long since) => Cursors.Write("c1", since);

    private static long? PlaceOf(FieldCall call, string argument) =>
        Cursors.Asked(call, argument, "c1", numbers: 1)?[0];
}
