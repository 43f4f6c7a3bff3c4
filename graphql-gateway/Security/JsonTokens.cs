using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OsstOrleans.Gateway.Security;

/// <summary>Reads the parts of a token, of which nothing is checked yet.</summary>
internal static class JsonTokens
{
    /// <summary>A provider that puts a person's groups into a token makes it this long.</summary>
    public const int MaxLength = 16 * 1024;

    private static readonly JsonDocumentOptions s_eachOnce = new() { AllowDuplicateProperties = false };

    /// <summary>What a token's claims say; null where they are not well-formed, or one stands there twice.</summary>
    public static T? Claims<T>(JsonWebToken token, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var json = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload), s_eachOnce);
            return read(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return null; // Also half a surrogate pair, which no text holds.
        }
    }

    /// <summary>Null for a text that is no token.</summary>
    public static JsonWebToken? Parse(string text)
    {
        if (text.Length > MaxLength || !Ascii.IsValid(text))
        {
            return null;
        }
        try
        {
            return new JsonWebToken(text);
        }
        catch (Exception fault) when (fault is ArgumentException or SecurityTokenException or FormatException
            or JsonException or InvalidOperationException)
        {
            return null; // What IdentityModel says of a text that is no token depends on where it ceases to be one.
        }
    }
}
