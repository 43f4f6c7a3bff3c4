using System.Text.Json;
using System.Text.Json.Serialization;
using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Storage;

/// <summary>
/// Splits personal text from coded data while JSON is written, and puts it back while it is read: in the coded JSON
/// each text is only its number in the list of words beside it. The list is this thread's, for one synchronous call.
/// </summary>
internal sealed class PersonalTextConverter : JsonConverter<PersonalText>
{
    /// <summary>In a snapshot, for a text that an event has and no key opens any more: null is one that never was.
    /// </summary>
    private const int Unreadable = -1;

    [ThreadStatic]
    private static List<string>? s_words;

    [ThreadStatic]
    private static bool s_isSnapshot;

    /// <summary>Sets the list for the call that follows; null means that the words cannot be read any more.</summary>
    public static void Use(List<string>? words, bool isSnapshot = false) =>
        (s_words, s_isSnapshot) = (words, isSnapshot);

    /// <summary>A required text that is empty (its key was erased) is written as null and read back as empty.</summary>
    public override bool HandleNull => true;

    public override PersonalText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.Null)
        {
            return default;
        }
        var number = reader.GetInt32();
        return number >= 0 && s_words is { } words && number < words.Count ? new PersonalText(words[number]) : default;
    }

    public override void Write(Utf8JsonWriter writer, PersonalText value, JsonSerializerOptions options)
    {
        if (value.IsEmpty && s_isSnapshot)
        {
            writer.WriteNumberValue(Unreadable);
            return;
        }
        if (value.IsEmpty || s_words is not { } words)
        {
            writer.WriteNullValue();
            return;
        }
        writer.WriteNumberValue(words.Count);
        words.Add(value.Reveal()!);
    }
}
