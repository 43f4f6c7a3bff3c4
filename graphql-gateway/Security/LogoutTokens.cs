using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Gateway.Settings;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// Takes logout tokens of providers and ends the tokens of those who logged out there (OpenID Connect Back-Channel
/// Logout 1.0, section 2.6).
/// </summary>
internal sealed class LogoutTokens(IReadOnlyList<ProviderIssuer> providers, Revocations revocations)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    /// <summary>
    /// True when the token was taken, and what it means is durable; false when it is no logout token of this provider,
    /// or was taken before.
    /// </summary>
    /// <param name="name">The provider's name in the settings.</param>
    /// <param name="text">The logout token.</param>
    /// <exception cref="Silo.Faults.StoreFault">The store cannot write at present: the provider may try again.
    /// </exception>
    public async Task<bool> Take(string name, string text)
    {
        if (providers.FirstOrDefault(one => one.Settings.Name == name) is not { } provider
            || JsonTokens.Parse(text) is not { } token || !TokenKinds.IsLogoutToken(token)
            || !await provider.IsSigned(token, provider.Settings.Clients)
            || Read(token) is not { } logout)
        {
            return false;
        }
        var meant = Revoked(provider, logout);
        return meant.Count > 0 && await revocations.Add(meant, $"{provider.Issuer} {logout.Id}");
    }

    /// <summary>What a session's or a person's logout ends.</summary>
    private static List<Revocation> Revoked(ProviderIssuer provider, Logout logout)
    {
        // Where people are known here by another claim, the subject of a logout token is not their id.
        var person = logout.Subject is not null && provider.Settings.Claims.Subject == ClaimNames.Usual.Subject
            ? provider.PersonOf(logout.Subject)
            : null;
        return (logout.Session, person) switch
        {
            ({ } session, { } someone) =>
            [
                Revocation.OfSession(provider.Issuer, session, logout.At),
                Revocation.OfNoSession(someone, logout.At),
            ],
            ({ } session, null) => [Revocation.OfSession(provider.Issuer, session, logout.At)],
            (null, { } someone) => [Revocation.OfSubject(someone, logout.At)],
            _ => [],
        };
    }

    private static Logout? Read(JsonWebToken token)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
            var claims = json.RootElement;
            return !claims.TryGetProperty("nonce", out _)
                && claims.TryGetProperty("events", out var events) && events.ValueKind == JsonValueKind.Object
                && events.TryGetProperty(Event, out var logout) && logout.ValueKind == JsonValueKind.Object
                && Text(claims, JwtRegisteredClaimNames.Jti) is { } id
                && claims.TryGetProperty(JwtRegisteredClaimNames.Iat, out var issued) && issued.TryGetInt64(out var at)
                && at is >= 0 and < 253_402_300_800
                    ? new Logout(
                        id, DateTimeOffset.FromUnixTimeSeconds(at), Text(claims, JwtRegisteredClaimNames.Sub),
                        Text(claims, "sid"))
                    : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Logout(string Id, DateTimeOffset At, string? Subject, string? Session);
}
