using System.Text.Json;
using System.Text.Json.Serialization;
using OsstOrleans.Gateway.Operations;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// <c>/ops.json</c>: this process's figures, for operators (decision 0021); <c>/ops</c> is the page that shows them.
/// </summary>
internal static class OpsEndpoint
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    /// <param name="app">The process's HTTP side.</param>
    /// <param name="tokens">Knows operators.</param>
    /// <param name="report">The figures now.</param>
    /// <param name="cluster">The cluster now.</param>
    public static void MapOps(
        this WebApplication app, Tokens tokens, Func<OpsReport> report, Func<Task<ClusterReport>> cluster)
    {
        app.MapGet("/ops.json", async http =>
        {
            http.Response.Headers.CacheControl = "no-store";
            if (await http.Identify(tokens) is not { } caller)
            {
                http.Response.Headers.WWWAuthenticate = "Bearer";
                await Refusal.Write(
                    http, StatusCodes.Status401Unauthorized, Negotiation.Json, Refusal.Unauthenticated);
            }
            else if (caller.Caller.Role != Role.Operator)
            {
                await Refusal.Write(
                    http, StatusCodes.Status403Forbidden, Negotiation.Json,
                    (ErrorCodes.Forbidden, "Only an operator's token shows figures of the process."));
            }
            else
            {
                var now = report() with { Cluster = await cluster() };
                await http.Response.WriteAsJsonAsync(now, Json, http.RequestAborted);
            }
        });
        app.MapPages(Pages.Ops);
    }
}
