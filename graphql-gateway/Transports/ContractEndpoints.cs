using System.Text.Json;
using System.Text.Json.Nodes;
using OsstOrleans.Gateway.Contracts;
using OsstOrleans.Silo.Deliveries;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Transports;

/// <summary>
/// <c>GET /contracts/...</c>: what machines need to know of events, of lines and of the addresses beside GraphQL. It is
/// as public as the schema: it holds no one's data.
/// </summary>
internal static class ContractEndpoints
{
    public const string OpenApiPath = "/contracts/openapi.json";

    private static readonly JsonSerializerOptions s_readable = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Written once: anyone may ask, and as often as it likes.
    private static readonly Lazy<string> s_openApi = new(() => Text(OpenApi.Document()));

    private static readonly Lazy<Dictionary<string, string>> s_events = new(() => EventSchemas.Names.ToDictionary(
        name => name, name => Text(EventSchemas.Of(name)!), StringComparer.Ordinal));

    private static readonly Lazy<Dictionary<string, string>> s_lines = new(() => ImportKinds.All.ToDictionary(
        ImportKinds.NameOf, kind => Text(LineSchemas.Of(kind)), StringComparer.Ordinal));

    /// <summary>A document as it is served.</summary>
    public static string Text(JsonNode document) => document.ToJsonString(s_readable) + "\n";

    public static void MapContracts(this WebApplication app)
    {
        app.MapGet(OpenApiPath, () => Answer(s_openApi.Value, "application/json"));
        app.MapGet("/contracts/events/{name}.json", (string name) =>
            Answer(s_events.Value.GetValueOrDefault(name), SchemaType));
        app.MapGet("/contracts/lines/{kind}.json", (string kind) =>
            Answer(s_lines.Value.GetValueOrDefault(kind), SchemaType));
    }

    private const string SchemaType = "application/schema+json";

    private static IResult Answer(string? document, string type) =>
        document is null ? Results.NotFound() : Results.Text(document, $"{type}; charset=utf-8");
}
