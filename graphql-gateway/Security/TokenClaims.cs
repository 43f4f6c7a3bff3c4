using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Grains;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// What a token says whose signature holds. A claim of another JSON type than the one it has by RFC 7519, or that
/// stands there twice, makes the token invalid: a list or a number must not become a text that means nothing.
/// </summary>
internal sealed class TokenClaims
{
    private const string SessionId = "sid";
    private const string Acr = "acr";
    private const string Confirmation = "cnf";
    private const string Thumbprint = "x5t#S256";

    /// <summary>The longest subject: what OpenID Connect Core allows, section 2.</summary>
    private const int MaxSubjectLength = 255;

    private const int MaxTextLength = 255;

    /// <summary>A wellbeing county has fewer municipalities, and no caller speaks for more systems.</summary>
    private const int MaxNames = 50;

    /// <summary>A provider may give a person roles of many other systems.</summary>
    private const int MaxRoles = 1_000;

    private static readonly string[] s_instants =
        [JwtRegisteredClaimNames.Exp, JwtRegisteredClaimNames.Nbf, JwtRegisteredClaimNames.Iat];

    private TokenClaims()
    {
    }

    /// <summary>Whose token it is, as the settings have people named.</summary>
    public required string Subject { get; init; }

    /// <summary>Whose token it is, as the issuer names the person, <c>sub</c>.</summary>
    public string? IssuersSubject { get; init; }

    public required Role Role { get; init; }

    /// <summary>Where the role is held; none when the token does not say.</summary>
    public required Reach Reach { get; init; }

    public required IReadOnlyList<string> Sources { get; init; }

    public required IReadOnlyList<string> Audiences { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>The token's own id, <c>jti</c>.</summary>
    public string? TokenId { get; init; }

    /// <summary>The session at the provider, <c>sid</c>.</summary>
    public string? Session { get; init; }

    /// <summary>How the person signed in, <c>acr</c>.</summary>
    public string? SignIn { get; init; }

    /// <summary>
    /// Of the only certificate with which the token may be used (RFC 8705, section 3.1); null for a bearer token, and
    /// empty for one that is bound in a way that is not known here, which no connection fits.
    /// </summary>
    public string? Certificate { get; init; }

    /// <summary>Null unless every claim is well-formed, and the token says exactly one role.</summary>
    public static TokenClaims? Read(JsonWebToken token, ClaimNames names) =>
        JsonTokens.Claims(token, claims => Read(claims, names));

    private static TokenClaims? Read(JsonElement claims, ClaimNames names)
    {
        return s_instants.All(name => IsOf(claims, name, JsonValueKind.Number))
            && Instant(claims, JwtRegisteredClaimNames.Iat) is { } issued
            && Instant(claims, JwtRegisteredClaimNames.Exp) is { } expires
            && expires - issued <= TokenTimes.Longest
            && TryText(claims, names.Subject, MaxSubjectLength, out var subject) && subject is not null
            && TryText(claims, JwtRegisteredClaimNames.Sub, MaxSubjectLength, out var own)
            && TryText(claims, JwtRegisteredClaimNames.Jti, MaxTextLength, out var id)
            && TryText(claims, SessionId, MaxTextLength, out var session)
            && TryText(claims, Acr, MaxTextLength, out var signIn)
            && TryCertificate(claims, out var certificate)
            && RoleIn(claims, names.Role) is { } role
            && ReachIn(claims, names.Register) is { } reach
            && Names(claims, names.Source, MaxNames) is { } sources && sources.All(GrainName.IsValidKey)
            && Names(claims, JwtRegisteredClaimNames.Aud, MaxNames) is { } audiences
                ? new TokenClaims
                {
                    Subject = subject,
                    IssuersSubject = own,
                    Role = role,
                    Reach = reach,
                    Sources = sources,
                    Audiences = audiences,
                    IssuedAt = issued,
                    Expires = expires,
                    TokenId = id,
                    Session = session,
                    SignIn = signIn,
                    Certificate = certificate,
                }
                : null;
    }

    /// <summary>The one role of the platform among those that are there; a provider may give others.</summary>
    private static Role? RoleIn(JsonElement claims, string name) =>
        Names(claims, name, MaxRoles)?.Where(role => RoleNames.TryParse(role, out _)).Distinct().ToList() is [var only]
        && RoleNames.TryParse(only, out var role)
            ? role
            : null;

    private static Reach? ReachIn(JsonElement claims, string name) => Names(claims, name, MaxNames) switch
    {
        null => null,
        [IssuerReader.AllRegisters] => Reach.All,
        var codes => codes.All(GrainName.IsValidKey) && !codes.Contains(IssuerReader.AllRegisters)
            ? Reach.Of(codes)
            : null,
    };

    /// <summary>One text, or a list of texts; empty for a claim that is absent, null for anything else.</summary>
    private static List<string>? Names(JsonElement claims, string path, int most)
    {
        if (!TryFind(claims, path, out var value))
        {
            return [];
        }
        JsonElement[] names = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        return names.Length <= most && names.All(name => name.ValueKind == JsonValueKind.String)
            ? [.. names.Select(name => name.GetString()!)]
            : null;
    }

    private static bool TryCertificate(JsonElement claims, out string? thumbprint)
    {
        thumbprint = null;
        if (!claims.TryGetProperty(Confirmation, out var bound))
        {
            return true;
        }
        thumbprint = bound.ValueKind == JsonValueKind.Object && bound.TryGetProperty(Thumbprint, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return bound.ValueKind == JsonValueKind.Object;
    }

    private static DateTimeOffset? Instant(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.TryGetDouble(out var seconds)
        && seconds is >= 0 and < 253_402_300_800 // The year 10000.
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    private static bool IsOf(JsonElement claims, string name, JsonValueKind kind) =>
        !claims.TryGetProperty(name, out var value) || value.ValueKind == kind;

    /// <summary>False when the claim is there and is no text; an absent one is null.</summary>
    private static bool TryText(JsonElement claims, string path, int most, out string? text)
    {
        text = null;
        if (!TryFind(claims, path, out var value))
        {
            return true;
        }
        text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is { Length: > 0 } && text.Length <= most && TextForm.IsOneLine(text) && text.Trim() == text;
    }

    /// <summary>A claim by its whole name, which may be an address with dots, or by a path into objects.</summary>
    private static bool TryFind(JsonElement claims, string path, [MaybeNullWhen(false)] out JsonElement value)
    {
        if (claims.TryGetProperty(path, out value))
        {
            return true;
        }
        value = claims;
        foreach (var part in path.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(part, out value))
            {
                return false;
            }
        }
        return true;
    }
}
