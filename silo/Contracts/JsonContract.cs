using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Contracts;

/// <summary>
/// JSON Schema (draft 2020-12) of what is read and written, from the very declarations that read and write it.
/// </summary>
internal static class JsonContract
{
    public const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private static readonly JsonSchemaExporterOptions s_options = new() { TransformSchemaNode = Described };

    /// <summary>The schema of a type.</summary>
    /// <param name="type">What is read or written.</param>
    /// <param name="options">By what.</param>
    /// <param name="id">The schema's own address.</param>
    /// <param name="title">What it is called.</param>
    public static JsonObject Of(Type type, JsonSerializerOptions options, string id, string title)
    {
        // A schema lies deeper than what it describes.
        var described = new JsonSerializerOptions(options)
        {
            MaxDepth = 64,
            TypeInfoResolver = options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver(),
        };
        var schema = described.GetJsonSchemaAsNode(type, s_options).AsObject();
        var named = new JsonObject { ["$schema"] = Dialect, ["$id"] = id, ["title"] = title };
        foreach (var (name, value) in schema.ToArray())
        {
            schema.Remove(name);
            named[name] = value;
        }
        named["type"] = "object"; // The whole is never null.
        return named;
    }

    /// <summary>The platform's own forms of texts say nothing of themselves.</summary>
    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var isPersonal = type == typeof(PersonalText);
        if (!isPersonal && type != typeof(string))
        {
            return schema;
        }
        var isNullable = isPersonal
            || context.PropertyInfo is null or { IsSetNullable: true } or { IsGetNullable: true };
        var text = new JsonObject { ["type"] = isNullable ? new JsonArray("string", "null") : "string" };
        if (isPersonal)
        {
            text["description"] = "Words of or about a person.";
        }
        return text;
    }
}
