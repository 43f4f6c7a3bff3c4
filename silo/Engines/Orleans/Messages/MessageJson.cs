using System.Text.Json;
using System.Text.Json.Serialization;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Hosting;

namespace OsstOrleans.Silo.Engines.Orleans.Messages;

/// <summary>
/// The form of messages between processes: JSON, so that the domain carries no attributes of an engine. A reader skips
/// fields that it does not know and takes the default for those that it misses: processes of two versions understand
/// each other. Personal text is in clear here, as it is in the memory of both: what lies between them must be theirs.
/// </summary>
internal static class MessageJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new ClearTextConverter(),
            new CommandConverter(),
            new EventConverter(),
            new StateConverter(),
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false),
        },
    };

    /// <summary>True for whatever travels as JSON: our own records, and nothing of the engine's or the runtime's.
    /// </summary>
    public static bool IsOurs(Type type) =>
        type.Assembly == typeof(ICommand).Assembly || type.Assembly == typeof(CommandEnvelope).Assembly;

    private sealed class ClearTextConverter : JsonConverter<PersonalText>
    {
        public override PersonalText Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            new(reader.GetString());

        public override void Write(Utf8JsonWriter writer, PersonalText value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Reveal());
    }

    /// <summary>
    /// A command of an unknown name is one of a newer version: it is kept as it came, because a silo that only passes
    /// it on must change nothing, and the grain refuses it.
    /// </summary>
    private sealed class CommandConverter() : NamedConverter<ICommand>(command => command.GetType().Name)
    {
        public override ICommand? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var again = reader;
            return base.Read(ref reader, type, options) ?? new UnknownCommand(JsonElement.ParseValue(ref again));
        }

        public override void Write(Utf8JsonWriter writer, ICommand value, JsonSerializerOptions options)
        {
            if (value is UnknownCommand unknown)
            {
                unknown.Named.WriteTo(writer);
                return;
            }
            base.Write(writer, value, options);
        }

        protected override Type? TypeOf(string name) => CommandCatalogue.TypeOf(name);
    }

    /// <summary>An event of an unknown name is null, as it is when it is read from the log.</summary>
    private sealed class EventConverter() : NamedConverter<IEvent>(EventCatalogue.NameOf)
    {
        protected override Type? TypeOf(string name) => EventCatalogue.TypeOf(name);
    }

    /// <summary>The state of a grain: the only property of a message whose type is not told by the message's own.
    /// </summary>
    private sealed class StateConverter()
        : NamedConverter<object>(state => GrainKinds.States.Single(kind => kind.Value == state.GetType()).Key)
    {
        protected override Type? TypeOf(string name) => GrainKinds.States.GetValueOrDefault(name);

        /// <summary>Orleans hands a whole message over as an object; it has named its type already.</summary>
        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
        {
            if (value is CommandEnvelope or ReadEnvelope or CommandAnswer or ReadAnswer)
            {
                JsonSerializer.Serialize(writer, value, value.GetType(), options);
                return;
            }
            base.Write(writer, value, options);
        }
    }
}

/// <summary>A value and the name of its type: <c>{"name": ..., "value": ...}</c>.</summary>
internal abstract class NamedConverter<T>(Func<T, string> nameOf) : JsonConverter<T>
    where T : class
{
    public override T? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        Expect(ref reader, "name");
        var named = TypeOf(reader.GetString()!);
        Expect(ref reader, "value");
        T? value = null;
        if (named is null)
        {
            reader.Skip();
        }
        else
        {
            value = (T?)JsonSerializer.Deserialize(ref reader, named, options);
        }
        reader.Read();
        return reader.TokenType == JsonTokenType.EndObject
            ? value
            : throw new JsonException("A named value has a name and a value.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("name", nameOf(value));
        writer.WritePropertyName("value");
        JsonSerializer.Serialize(writer, value, value.GetType(), options);
        writer.WriteEndObject();
    }

    /// <summary>Null when the value is to be skipped.</summary>
    protected abstract Type? TypeOf(string name);

    private static void Expect(ref Utf8JsonReader reader, string property)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(property))
        {
            throw new JsonException($"A named value lacks its {property}.");
        }
        reader.Read();
    }
}
