using System.Text;
using System.Text.Json;

namespace OsstOrleans.GraphQL;

/// <summary>
/// The id of a document in <c>extensions.persistedQuery.sha256Hash</c>, where Apollo's clients have it.
/// </summary>
internal static class PersistedDocument
{
    /// <summary>The id in the parameter of a GET; null without one.</summary>
    /// <exception cref="GraphQLRequestFault">The extensions are no JSON object.</exception>
    public static string? HashOf(string? extensions)
    {
        if (string.IsNullOrEmpty(extensions))
        {
            return null;
        }
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(extensions));
        try
        {
            var hash = HashOf(ref reader);
            reader.Read(); // Fails on text after the object.
            return hash;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new GraphQLRequestFault("The extensions are not valid JSON.", isJson: false);
        }
    }

    /// <summary>The id in the extensions that come next; null without one.</summary>
    /// <exception cref="GraphQLRequestFault">They are no object.</exception>
    public static string? HashOf(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new GraphQLRequestFault("\"extensions\" is not an object.");
        }
        string? hash = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("persistedQuery"u8))
            {
                reader.Skip();
                continue;
            }
            reader.Read();
            var persisted = JsonElement.ParseValue(ref reader);
            hash = persisted.ValueKind == JsonValueKind.Object
                && persisted.TryGetProperty("sha256Hash", out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        return hash;
    }
}
