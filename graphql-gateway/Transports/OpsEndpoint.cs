using System.Text.Json;
using System.Text.Json.Serialization;
using OsstOrleans.Gateway.Operations;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// <c>/ops.json</c>: this process's figures, for operators (decision 0021); the dashboard shows them at <c>/ops</c>.
/// </summary>
internal static class OpsEndpoint
{
    /// <summary>The form of the figures; the page reads the same.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    /// <param name="app">The process's HTTP side.</param>
    /// <param name="tokens">Knows operators.</param>
    /// <param name="report">The figures now.</param>
    public static void MapOps(this WebApplication app, Tokens tokens, Func<Task<OpsReport>> report)
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
                await http.Response.WriteAsJsonAsync(await report(), Json, http.RequestAborted);
            }
        });
    }
}
