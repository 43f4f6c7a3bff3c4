using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// Reads who asks from a token whose signature holds. A claim of another JSON type than the one it has by RFC 7519, or
/// that stands there twice, makes the token invalid: a list or a number must not become a text that means nothing.
/// </summary>
internal static class TokenClaims
{
    public const string Role = "role";
    public const string Municipality = "municipality";
    public const string Purpose = "purpose";

    /// <summary>The systems that the caller speaks for: a name, or a list of names.</summary>
    public const string Source = "source";

    public const string DefaultPurpose = "asiakastyö";

    private const int MaxSubjectLength = 64;
    private const int MaxTextLength = 200;
    private const int MaxSources = 50;

    private static readonly string[] s_instants =
        [JwtRegisteredClaimNames.Exp, JwtRegisteredClaimNames.Nbf, JwtRegisteredClaimNames.Iat];

    private static readonly JsonDocumentOptions s_eachOnce = new() { AllowDuplicateProperties = false };

    /// <summary>
    /// Null unless every claim is well-formed; a client-facing role without a municipality is no caller.
    /// </summary>
    public static Caller? CallerOf(JsonWebToken token)
    {
        try
        {
            var payload = Base64UrlEncoder.DecodeBytes(token.EncodedPayload);
            using var json = JsonDocument.Parse(payload, s_eachOnce);
            return CallerOf(json.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null; // Also half a surrogate pair, which no text holds.
        }
    }

    private static Caller? CallerOf(JsonElement claims)
    {
        if (!s_instants.All(name => IsOf(claims, name, JsonValueKind.Number))
            || !TryRead(claims, JwtRegisteredClaimNames.Jti, MaxTextLength, out _)
            || !TryRead(claims, JwtRegisteredClaimNames.Sub, MaxSubjectLength, out var subject)
            || !TryRead(claims, Purpose, MaxTextLength, out var purpose)
            || !TryRead(claims, Municipality, GrainName.MaxKeyLength, out var municipality)
            || !TryRead(claims, Role, MaxTextLength, out var name)
            || SourcesOf(claims) is not { } sources
            || subject is null || name is null || !RoleNames.TryParse(name, out var role))
        {
            return null;
        }
        var isSomewhere = municipality is null
            ? !AccessPolicy.MayReadClients(role)
            : GrainName.IsValidKey(municipality);
        return isSomewhere
            ? new Caller(role, subject, municipality, purpose ?? DefaultPurpose) { Sources = sources }
            : null;
    }

    /// <summary>Null for a claim that is no name and no list of names.</summary>
    private static IReadOnlyList<string>? SourcesOf(JsonElement claims)
    {
        if (!claims.TryGetProperty(Source, out var value))
        {
            return [];
        }
        JsonElement[] names = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        return names.Length <= MaxSources && names.All(name => name.ValueKind == JsonValueKind.String
            && GrainName.IsValidKey(name.GetString()!))
            ? [.. names.Select(name => name.GetString()!)]
            : null;
    }

    private static bool IsOf(JsonElement claims, string name, JsonValueKind kind) =>
        !claims.TryGetProperty(name, out var value) || value.ValueKind == kind;

    /// <summary>False when the claim is there and is no text; an absent one is null.</summary>
    private static bool TryRead(JsonElement claims, string name, int most, out string? text)
    {
        text = null;
        if (!claims.TryGetProperty(name, out var value))
        {
            return true;
        }
        text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is { Length: > 0 } && text.Length <= most && !text.Any(char.IsControl);
    }
}
