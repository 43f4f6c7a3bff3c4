using System.Text.Json;
using System.Text.Json.Serialization;

namespace OsstOrleans.Grains;

/// <summary>Reads a text from outside into its <see cref="TextForm"/>; writes it as it is.</summary>
public sealed class TextFormJson : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? TextForm.Of(reader.GetString()!) : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}

/// <summary>The same for words of and about people. What is written holds them: never store or log it.</summary>
public sealed class PersonalTextFormJson : JsonConverter<PersonalText>
{
    public override PersonalText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => new PersonalText(TextForm.Of(reader.GetString()!)),
            JsonTokenType.Null => default,
            _ => throw new JsonException(),
        };

    public override void Write(Utf8JsonWriter writer, PersonalText value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Reveal());
}
