using System.Text.Json.Nodes;
using OsstOrleans.Silo.Contracts;

namespace OsstOrleans.Silo.Import;

/// <summary>What machines are shown of lines.</summary>
public static class LineSchemas
{
    /// <summary>The JSON Schema of a kind's lines, as NDJSON has them. Fields that are needed are required.</summary>
    public static JsonObject Of(ImportKind kind)
    {
        var name = ImportKinds.NameOf(kind);
        var schema = JsonContract.Of(
            ImportKinds.LineOf(kind), LineJson.Options, $"/contracts/lines/{name}.json", $"A line of {name}");
        if (ImportKinds.NeededBy(kind) is { Count: > 0 } needed)
        {
            schema["required"] = new JsonArray([.. needed.Select(field => (JsonNode)field)]);
        }
        if (ImportKinds.NamesClients(kind))
        {
            schema["anyOf"] = new JsonArray(
                new JsonObject { ["required"] = new JsonArray("externalId") },
                new JsonObject { ["required"] = new JsonArray("clientId") });
        }
        return schema;
    }
}
