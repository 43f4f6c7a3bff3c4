using System.Text.Json;
using System.Text.Json.Nodes;

namespace OsstOrleans.EndToEnd.Tests.Access;

/// <summary>
/// Makes a mutation from the schema alone: each required field of its input gets some value of its type, and those that
/// name a grain the one that is given. It demands a version that no grain has, so that it changes nothing whoever sends
/// it: who may gets a conflict of versions.
/// </summary>
/// <param name="schema">The answer to <see cref="Introspection"/>.</param>
/// <param name="grains">Values by the names of fields.</param>
internal sealed class AnyMutation(JsonElement schema, IReadOnlyDictionary<string, string> grains)
{
    public const string Introspection = """
        { __schema { types { kind name fields { name args { name } } enumValues { name }
            inputFields { name defaultValue type { ...T } } } } }
        fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
        """;

    private readonly Dictionary<string, JsonElement> _types = schema.At("__schema", "types").EnumerateArray()
        .ToDictionary(type => type.At("name").GetString()!);

    /// <summary>Every field of every object type, as <c>Type.field</c>.</summary>
    public IEnumerable<string> Fields =>
        from type in _types.Values
        let name = type.At("name").GetString()!
        where type.At("kind").GetString() == "OBJECT" && !name.StartsWith("__", StringComparison.Ordinal)
        from one in type.At("fields").EnumerateArray()
        select $"{name}.{one.At("name").GetString()}";

    /// <summary>The input of a mutation; null when it takes no version, so that it cannot be asked without effect.
    /// </summary>
    public JsonNode? InputOf(string mutation)
    {
        var type = _types[char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input"];
        if (type.At("inputFields").EnumerateArray().All(field => field.At("name").GetString() != "ifVersion"))
        {
            return null;
        }
        var input = Object(type);
        input["ifVersion"] = -1;
        return input;
    }

    private JsonObject Object(JsonElement type) => new(
        from field in type.At("inputFields").EnumerateArray()
        where field.At("type", "kind").GetString() == "NON_NULL"
            && field.At("defaultValue").ValueKind is JsonValueKind.Null
        let name = field.At("name").GetString()!
        select KeyValuePair.Create(name, Value(name, field.At("type", "ofType"))));

    private JsonNode? Value(string field, JsonElement type) =>
        (type.At("kind").GetString(), type.At("name").GetString()) switch
        {
            ("LIST", _) => new JsonArray(),
            ("ENUM", { } name) => _types[name].At("enumValues")[0].At("name").GetString(),
            ("INPUT_OBJECT", { } name) => Object(_types[name]),
            (_, "String" or "ID" or "PersonalText") => grains.GetValueOrDefault(field, "x1"),
            (_, "Int" or "Long") => 1,
            (_, "Boolean") => true,
            (_, "Date") => "2019-05-02",
            (_, "Month") => "2019-05",
            (_, "UUID") => Guid.NewGuid().ToString(),
            var other => throw new InvalidOperationException($"Nothing says what a {other} may be."),
        };
}
