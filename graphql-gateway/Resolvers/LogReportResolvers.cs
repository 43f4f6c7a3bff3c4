using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>What a client is answered who asks who used and who got the client's data.</summary>
/// <param name="Register">The municipality.</param>
/// <param name="ClientId">The client.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
internal sealed record LogReport(string Register, string ClientId, DateOnly From, DateOnly To)
{
    /// <summary>The lines; the rest of the slice is a page's.</summary>
    public ClientLogSlice Lines => new(
        GrainName.Client(ClientId), Reach.Of(Register), GrainServices.StartOf(From), null, 0)
    {
        To = To == DateOnly.MaxValue ? DateTimeOffset.MaxValue : GrainServices.StartOf(To.AddDays(1)),
    };
}

/// <summary>The client's own right to the logs about the client (703/2023 11 §).</summary>
internal sealed class LogReportResolvers(Platform platform, GlobalIds ids)
{
    private const string What = "answering this client about the logs";

    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "logReport", Report)
        .Object<LogReport>("LogReport")
        .Root("Query", "logRequests", Requests)
        .Object<WaitingLogRequest>("WaitingLogRequest")
        .Plain<WaitingLogRequest, bool>(
            "WaitingLogRequest", "isLate", request => request.DueOn < platform.Services.Clock().Today);

    /// <summary>The line is durable before any other is read.</summary>
    private async ValueTask<LogReport?> Report(FieldCall call)
    {
        var (caller, register) = (call.Caller(), call.RegisterReported());
        var client = ids.KeyOf(GrainKind.Client, call.Arguments.Get<string>("client"));
        if (!GrainName.IsValidKey(client))
        {
            throw CaseloadResolvers.BadInput("client", "This is no id of a client.");
        }
        var report = new LogReport(
            register, client, call.Arguments.Get<DateOnly>("from"), call.Arguments.Get<DateOnly>("to"));
        if (AccessPolicy.MayAudit(caller, register))
        {
            await platform.Uses.Audited(caller, register, "log-report", "", [client]);
            return report;
        }
        var reply = await platform.Grains.Read<ClientState>(
            GrainName.Client(client), new ReadRequest(caller, ReadKind.UseLog));
        var state = reply.StateOrFault(What, "client");
        return state?.Municipality == register && IsAskedFor(state, report)
            ? report
            : throw CaseloadResolvers.BadInput("from", "No request of this client in this register has these days.");
    }

    private static bool IsAskedFor(ClientState client, LogReport report) => client.LogRequests.Any(
        request => !request.IsRefused && request.From <= report.From && report.To <= request.To);

    private async ValueTask<IReadOnlyList<WaitingLogRequest>> Requests(FieldCall call)
    {
        var (caller, register) = (call.Caller(), call.RegisterReported());
        await CaseloadResolvers.Seen(platform, call);
        var waiting = platform.Caseloads.Ask(register, caseload => (IReadOnlyList<WaitingLogRequest>)
        [
            .. caseload.LogRequests.OrderBy(request => request.DueOn)
                .ThenBy(request => request.ClientId, StringComparer.Ordinal),
        ]) ?? [];
        string[] clients = [.. waiting.Select(request => request.ClientId).Distinct()];
        await (AccessPolicy.MayAudit(caller, register)
            ? platform.Uses.Audited(caller, register, "log-requests", "", clients)
            : platform.Uses.Listed(
                caller, register, "log-requests",
                [.. clients.Select(client => new ListedClient(client, AccessBasis.Coordination))]));
        return waiting;
    }
}
