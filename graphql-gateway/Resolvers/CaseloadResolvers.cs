using System.Buffers.Text;
using System.Globalization;
using System.Text;
using OsstOrleans.Gateway.Engines;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Resolvers;

internal sealed record CaseloadEdge(string Cursor, CaseloadEntry Node);

internal sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);

/// <summary>A page of a caseload; cursors are written only when they are asked for.</summary>
internal sealed record CaseloadPage(
    IReadOnlyList<CaseloadEntry> Nodes, bool HasNextPage, bool HasPreviousPage, int TotalCount, AsOf AsOf);

/// <summary>The list of a municipality's clients, page by page in the order of coming.</summary>
internal sealed class CaseloadResolvers(EmbeddedSilo silo, ClientResolvers clients, int maxPage)
{
    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "caseload", Page)
        .Object<CaseloadPage>("CaseloadConnection")
        .Plain<CaseloadPage, IReadOnlyList<CaseloadEdge>>(
            "CaseloadConnection", "edges",
            page => [.. page.Nodes.Select(n => new CaseloadEdge(WriteCursor(n.Since), n))])
        .Plain<CaseloadPage, PageInfo>("CaseloadConnection", "pageInfo", InfoOf)
        .Object<CaseloadEdge>("CaseloadEdge").Object<PageInfo>("PageInfo")
        .Object<CaseloadEntry>("CaseloadEntry")
        .Plain<CaseloadEntry, string>("CaseloadEntry", "clientId", e => e.Client)
        .Batch<CaseloadEntry, ClientView?>(
            "CaseloadEntry", "client", (entries, call) => clients.FindAll(call, [.. entries.Select(e => e.Client)]))
        .Object<AsOf>("AsOf");

    /// <summary>The filter of a call; all clients when it has none.</summary>
    public static CaseloadFilter FilterOf(FieldCall call)
    {
        if (call.Arguments.GetOrDefault<Arguments>("filter") is not { } filter)
        {
            return CaseloadFilter.All;
        }
        var method = filter.GetOrDefault<Arguments>("method");
        return new CaseloadFilter
        {
            Status = filter.GetOrDefault<CaseStatus?>("status"),
            Reason = filter.GetOrDefault<ReferralReason?>("reason"),
            AgeBand = filter.GetOrDefault<AgeBand?>("ageBand"),
            WorkerId = filter.GetOrDefault<string>("workerId"),
            Method = method is null ? null : new CodedValue(method.Get<string>("system"), method.Get<string>("code")),
            Overdue = filter.GetOrDefault<OverdueKind?>("overdue"),
            ReceivedFrom = filter.GetOrDefault<DateOnly?>("receivedFrom"),
            ReceivedTo = filter.GetOrDefault<DateOnly?>("receivedTo"),
            Arm = filter.GetOrDefault<StudyArm?>("arm"),
        };
    }

    /// <summary>Waits for <c>minPosition</c>, and tells what the answer has seen.</summary>
    public static async ValueTask<AsOf> Seen(EmbeddedSilo silo, FieldCall call)
    {
        if (call.Arguments.GetOrDefault<long?>("minPosition") is { } position)
        {
            if (position > silo.Store.LastPosition)
            {
                throw BadInput("minPosition", "There is no such position in the log yet.");
            }
            try
            {
                await silo.WaitFor(position, call.Cancelled);
            }
            catch (Silo.LimitReached limit)
            {
                throw new FieldFault(limit.Code, limit.Message);
            }
        }
        return silo.Caseloads.Clock.Now;
    }

    public static FieldFault BadInput(string field, string message) =>
        new(ErrorCodes.BadInput, message, new Dictionary<string, object?> { ["field"] = field });

    private async ValueTask<CaseloadPage> Page(FieldCall call)
    {
        var municipality = call.Arguments.Get<string>("municipality");
        if (!AccessPolicy.SeesExactFigures(call.Caller(), municipality))
        {
            throw CallerOf.Forbidden("reading this caseload");
        }
        var first = call.Arguments.Get<int>("first");
        if (first < 1)
        {
            throw BadInput("first", "A page has at least one line.");
        }
        if (first > maxPage)
        {
            throw new FieldFault(
                GraphQLErrorCodes.LimitPageSize, $"A page has at most {maxPage} lines.",
                new Dictionary<string, object?> { ["field"] = "first", ["limit"] = maxPage });
        }
        var after = call.Arguments.GetOrDefault<string>("after") is { } cursor ? ReadCursor(cursor) : 0;
        var asOf = await Seen(silo, call);
        var (filter, today) = (FilterOf(call), silo.Services.Clock().Today);
        var entries = silo.Caseloads.Ask(municipality, c => c.List(filter, today, after, first + 1)) ?? [];
        var total = call.Selects("totalCount")
            ? silo.Caseloads.Ask(municipality, c => c.Count(filter, today))
            : 0;
        return new CaseloadPage(
            entries.Count > first ? entries.Take(first).ToArray() : entries, entries.Count > first, after > 0,
            total, asOf);
    }

    private static PageInfo InfoOf(CaseloadPage page) => new(
        page.HasNextPage, page.HasPreviousPage,
        page.Nodes.Count == 0 ? null : WriteCursor(page.Nodes[0].Since),
        page.Nodes.Count == 0 ? null : WriteCursor(page.Nodes[^1].Since));

    private static string WriteCursor(long since) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"c1:{since}")));

    private static long ReadCursor(string cursor)
    {
        const string Prefix = "c1:";
        var bytes = new byte[64];
        if (cursor.Length <= 64 && Base64Url.IsValid(cursor)
            && Base64Url.TryDecodeFromChars(cursor, bytes, out var length)
            && Encoding.ASCII.GetString(bytes, 0, length) is var text
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && long.TryParse(
                text.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var since))
        {
            return since;
        }
        throw BadInput("after", "The cursor is not one of this list.");
    }
}
