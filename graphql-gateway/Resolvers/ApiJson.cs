using System.Text.Json;
using System.Text.Json.Serialization;
using OsstOrleans.Grains;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>Commands from input and events into answers, by the names of the schema.</summary>
internal static class ApiJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new TextFormJson(), new PersonalTextFormJson(),
            new JsonStringEnumConverter(new SchemaNames(), allowIntegerValues: false),
        },
    };

    /// <summary>
    /// A command of the given type from a coerced input object; fields that it does not have are ignored.
    /// </summary>
    public static ICommand ReadCommand(Type type, IReadOnlyDictionary<string, object?> input)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            WriteValue(json, input);
        }
        return (ICommand)JsonSerializer.Deserialize(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), type, Options)!;
    }

    /// <summary>A coerced input object as the JSON that it was.</summary>
    public static byte[] Write(IReadOnlyDictionary<string, object?> input)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            WriteValue(json, input);
        }
        return buffer.ToArray();
    }

    public static RawJson? WriteEvent(IEvent? happened) =>
        happened is null
            ? null
            : new RawJson(JsonSerializer.SerializeToUtf8Bytes(happened, happened.GetType(), Options));

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> fields:
                json.WriteStartObject();
                foreach (var (name, field) in fields)
                {
                    json.WritePropertyName(name);
                    WriteValue(json, field);
                }
                json.WriteEndObject();
                break;
            case IReadOnlyList<object?> list:
                json.WriteStartArray();
                foreach (var item in list)
                {
                    WriteValue(json, item);
                }
                json.WriteEndArray();
                break;
            default:
                JsonSerializer.Serialize(json, value, value?.GetType() ?? typeof(object), Options);
                break;
        }
    }

    /// <summary>Enum members by the same rule as in the schema.</summary>
    private sealed class SchemaNames : JsonNamingPolicy
    {
        public override string ConvertName(string name) => EnumNames.ToGraphQL(name);
    }
}
