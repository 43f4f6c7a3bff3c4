using System.Text.Json;
using System.Text.Json.Serialization;
using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Messages;

/// <summary>
/// The form of messages between processes: JSON, so that the domain carries no attributes of Orleans. A reader skips
/// fields that it does not know and takes the default for those that it misses: processes of two versions understand
/// each other. Personal text is in clear here, as it is in the memory of both: what lies between them must be theirs.
/// </summary>
internal static class MessageJson
{
    internal static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new ClearTextConverter(),
            new EventConverter(),
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false),
        },
    };

    /// <summary>The name and the JSON of a message.</summary>
    public static (string Name, byte[] Json) Write(object message) => message is UnknownCommand unknown
        ? (unknown.Name, unknown.Json)
        : (MessageNames.Of(message.GetType()),
            JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), Options));

    /// <summary>Reads a message; an unknown name is that of a newer version's command.</summary>
    /// <exception cref="JsonException">A value that this version does not know.</exception>
    public static object? Read(string name, byte[] json) => MessageNames.TypeOf(name) is { } type
        ? JsonSerializer.Deserialize(json, type, Options)
        : new UnknownCommand(name, json);

    private sealed class ClearTextConverter : JsonConverter<PersonalText>
    {
        public override PersonalText Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            new(reader.GetString());

        public override void Write(Utf8JsonWriter writer, PersonalText value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Reveal());
    }

    /// <summary>
    /// An event and its stored name: <c>{"name": ..., "value": ...}</c>. One of an unknown name is null, as it is when
    /// it is read from the log.
    /// </summary>
    private sealed class EventConverter : JsonConverter<IEvent>
    {
        public override IEvent? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            Expect(ref reader, "name");
            var named = EventCatalogue.TypeOf(reader.GetString()!);
            Expect(ref reader, "value");
            IEvent? happened = null;
            if (named is null)
            {
                reader.Skip();
            }
            else
            {
                happened = (IEvent?)JsonSerializer.Deserialize(ref reader, named, options);
            }
            reader.Read();
            return reader.TokenType == JsonTokenType.EndObject
                ? happened
                : throw new JsonException("An event has a name and a value.");
        }

        public override void Write(Utf8JsonWriter writer, IEvent value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("name", EventCatalogue.NameOf(value));
            writer.WritePropertyName("value");
            JsonSerializer.Serialize(writer, value, value.GetType(), options);
            writer.WriteEndObject();
        }

        private static void Expect(ref Utf8JsonReader reader, string property)
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(property))
            {
                throw new JsonException($"An event lacks its {property}.");
            }
            reader.Read();
        }
    }
}
