using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OsstOrleans.GraphQL;
using OsstOrleans.GraphQL.Resolvers;

namespace OsstOrleans.Conformance.Tests.Oracle;

/// <summary>A value of the scalar <c>Any</c>.</summary>
internal sealed record AnyJson(JsonElement Value);

/// <summary>A field's arguments as the resolver saw them.</summary>
internal sealed record Echo(string Json)
{
    public static Echo Of(Arguments arguments) => new(ToJson(arguments.Values)!.ToJsonString());

    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        AnyJson any => JsonNode.Parse(any.Value.GetRawText()),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IReadOnlyDictionary<string, object?> fields =>
            new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, ToJson(field.Value)))),
        object?[] items => new JsonArray([.. items.Select(ToJson)]),
        _ => JsonSerializer.SerializeToNode(value, value.GetType()),
    };
}

/// <summary>The village's own scalars.</summary>
internal static class VillageScalars
{
    public static ResolverMap Map() => new ResolverMap()
        .Scalar<DateOnly>("Date", "a day", (day, json) => json.Quoted(day, "yyyy-MM-dd"), TryReadDay)
        .Scalar<AnyJson>("Any", "any value", (any, json) => Write(any.Value.GetRawText(), json), TryReadAny)
        .Scalar<Echo>("Echo", "nothing", (echo, json) => Write(echo.Json, json),
            (object _, out Echo echo) => { echo = new Echo("null"); return false; });

    private static bool TryReadDay(object raw, out DateOnly day)
    {
        day = default;
        return raw is string text
            && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    private static bool TryReadAny(object raw, out AnyJson any)
    {
        any = new AnyJson(JsonSerializer.SerializeToElement(Echo.ToJson(raw)));
        return true;
    }

    private static void Write(string text, JsonSink json) => json.Raw(Encoding.UTF8.GetBytes(text));
}
