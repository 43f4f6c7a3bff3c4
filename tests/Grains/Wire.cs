using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsstOrleans.Grains.Tests;

/// <summary>The wire form that the vocabulary promises: camelCase, enums in UPPER_SNAKE, personal text as text.</summary>
internal static class Wire
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper), new PersonalTextConverter() },
    };

    public static string Write(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);

    public static object Read(string json, Type type) => JsonSerializer.Deserialize(json, type, Options)!;

    private sealed class PersonalTextConverter : JsonConverter<PersonalText>
    {
        public override PersonalText Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            new(reader.GetString());

        public override void Write(Utf8JsonWriter writer, PersonalText value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Reveal());
    }
}
