using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Hosting;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.Resolvers;

internal sealed record AccessLogEdge(string Cursor, Logged<UseLine> Node);

internal sealed record DisclosureLogEdge(string Cursor, Logged<DisclosureLine> Node);

/// <summary>A page of a log about a client.</summary>
internal sealed record ClientLogPage<TLine>(
    string List, IReadOnlyList<Logged<TLine>> Nodes, bool HasNextPage, bool HasPreviousPage)
    where TLine : struct
{
    public PageInfo PageInfo => PageInfo.Of(Nodes, HasNextPage, HasPreviousPage, CursorOf);

    /// <summary>A cursor's numbers are not negative: the place is cut into four.</summary>
    public string CursorOf(Logged<TLine> node) => Cursors.Write(
        List, Part(node.Place, 96), Part(node.Place, 64), Part(node.Place, 32), Part(node.Place, 0));

    private static long Part(UInt128 place, int from) => (uint)(place >> from);
}

/// <summary>Who used a client's data and who got them, for the coordinator who answers the client.</summary>
internal sealed class ClientLogResolvers(Platform platform, PageSizes sizes)
{
    private const string What = "reading who used or got this client's data";
    private const string AccessList = "ua";
    private const string DisclosureList = "ud";

    private readonly IClientLogs _logs = (IClientLogs)platform.Store;

    public ResolverMap AddTo(ResolverMap map)
    {
        map.Batch<ClientView, ClientLogPage<UseLine>>("Client", "accessLog", (clients, call) =>
                Pages(clients, call, ReadKind.UseLog, AccessList, _logs.Accesses))
            .Batch<ClientView, ClientLogPage<DisclosureLine>>("Client", "disclosureLog", (clients, call) =>
                Pages(clients, call, ReadKind.DisclosureLog, DisclosureList, _logs.Disclosures))
            .Batch<LogReport, ClientLogPage<UseLine>>("LogReport", "uses", (reports, call) =>
                call.Each(reports, report => Page(call, AccessList, _logs.Accesses, report.Lines)))
            .Batch<LogReport, ClientLogPage<DisclosureLine>>("LogReport", "disclosures", (reports, call) =>
                call.Each(reports, report => Page(call, DisclosureList, _logs.Disclosures, report.Lines)));
        AddAccesses(map);
        return AddDisclosures(map);
    }

    /// <summary>The client itself checks the reader and writes the line of this read, which is the newest one then.
    /// </summary>
    private ValueTask<IReadOnlyList<ClientLogPage<TLine>>> Pages<TLine>(
        IReadOnlyList<ClientView> clients, FieldCall call, ReadKind kind, string list,
        Func<ClientLogSlice, ValueTask<IReadOnlyList<Logged<TLine>>>> read)
        where TLine : struct
    {
        var caller = call.Caller();
        var from = call.Arguments.GetOrDefault<DateOnly?>("from")
            ?? platform.Services.Clock().Today.AddYears(-LogRequests.UsualYears);
        return call.Each(clients, async client =>
        {
            var grain = GrainName.Client(client.Id);
            var reply = await platform.Grains.Until(call.Cancelled).Read<ClientState>(
                grain, new ReadRequest(caller, kind));
            reply.StateOrFault(What);
            return await Page(call, list, read, new ClientLogSlice(
                grain, caller.Reach, GrainServices.StartOf(from), null, 0)
            {
                // Who looks after what coordinators look at is not seen by them at each client.
                WithoutBasis = AccessBases.NameOf(AccessBasis.DataProtection),
            });
        });
    }

    /// <summary>The page that a call asks for.</summary>
    /// <param name="call">Says where the page begins, and how long it is.</param>
    /// <param name="list">Which list's cursors.</param>
    /// <param name="read">Reads lines.</param>
    /// <param name="all">Whose lines, of which time.</param>
    private async ValueTask<ClientLogPage<TLine>> Page<TLine>(
        FieldCall call, string list, Func<ClientLogSlice, ValueTask<IReadOnlyList<Logged<TLine>>>> read,
        ClientLogSlice all)
        where TLine : struct
    {
        var size = sizes.Of(call, "first");
        var below = Cursors.Asked(call, "after", list, numbers: 4) is { } cut ? Place(cut) : (UInt128?)null;
        var lines = await read(all with { Below = below, Max = size + 1 });
        return new ClientLogPage<TLine>(list, [.. lines.Take(size)], lines.Count > size, below is not null);
    }

    private static UInt128 Place(IReadOnlyList<long> cut) => cut.Any(part => part > uint.MaxValue)
        ? throw Cursors.OfNoList("after")
        : cut.Aggregate(UInt128.Zero, (place, part) => (place << 32) | (UInt128)part);

    private static void AddAccesses(ResolverMap map) => map
        .Object<ClientLogPage<UseLine>>("AccessLogConnection")
        .Plain<ClientLogPage<UseLine>, IReadOnlyList<AccessLogEdge>>("AccessLogConnection", "edges",
            page => [.. page.Nodes.Select(node => new AccessLogEdge(page.CursorOf(node), node))])
        .Object<AccessLogEdge>("AccessLogEdge")
        .Object<Logged<UseLine>>("AccessLogEntry")
        .Plain<Logged<UseLine>, DateTimeOffset>("AccessLogEntry", "at", logged => logged.Line.At)
        .Plain<Logged<UseLine>, string>("AccessLogEntry", "actor", logged => logged.Line.Actor)
        .Plain<Logged<UseLine>, string>("AccessLogEntry", "purpose", logged => logged.Line.Purpose)
        .Plain<Logged<UseLine>, string>("AccessLogEntry", "what", logged => logged.Line.What)
        .Plain<Logged<UseLine>, string?>(
            "AccessLogEntry", "basis", logged => logged.Line.Basis is { Length: > 0 } basis ? basis : null)
        .Plain<Logged<UseLine>, string>("AccessLogEntry", "register", logged => logged.Line.Register);

    private static ResolverMap AddDisclosures(ResolverMap map) => map
        .Object<ClientLogPage<DisclosureLine>>("DisclosureLogConnection")
        .Plain<ClientLogPage<DisclosureLine>, IReadOnlyList<DisclosureLogEdge>>("DisclosureLogConnection", "edges",
            page => [.. page.Nodes.Select(node => new DisclosureLogEdge(page.CursorOf(node), node))])
        .Object<DisclosureLogEdge>("DisclosureLogEdge")
        .Object<Logged<DisclosureLine>>("DisclosureLogEntry")
        .Plain<Logged<DisclosureLine>, DateTimeOffset>("DisclosureLogEntry", "at", logged => logged.Line.At)
        .Plain<Logged<DisclosureLine>, string>("DisclosureLogEntry", "what", logged => logged.Line.What)
        .Plain<Logged<DisclosureLine>, string>("DisclosureLogEntry", "receiverId", logged => logged.Line.Receiver)
        .Plain<Logged<DisclosureLine>, string>("DisclosureLogEntry", "recipient", logged => logged.Line.Recipient)
        .Plain<Logged<DisclosureLine>, string>("DisclosureLogEntry", "discloser", logged => logged.Line.Discloser)
        .Plain<Logged<DisclosureLine>, string>("DisclosureLogEntry", "purpose", logged => logged.Line.Purpose)
        .Plain<Logged<DisclosureLine>, string>("DisclosureLogEntry", "legalBasis", logged => logged.Line.LegalBasis)
        .Plain<Logged<DisclosureLine>, string>("DisclosureLogEntry", "register", logged => logged.Line.Register)
        .Plain<Logged<DisclosureLine>, long>("DisclosureLogEntry", "position", logged => logged.Line.Position);
}
