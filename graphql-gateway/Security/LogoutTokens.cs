using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

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
            || await provider.SignerOf(token, provider.Settings.Clients) is null
            || JsonTokens.Claims(token, Read) is not { } logout
            || logout.At > provider.Time.GetUtcNow() + TokenTimes.Leeway)
        {
            return false;
        }
        var meant = Revoked(provider.Issuer, logout);
        return meant.Length > 0 && await revocations.Add(meant, $"{provider.Issuer} {logout.Id}");
    }

    /// <summary>What a session's or a person's logout ends.</summary>
    private static Revocation[] Revoked(string issuer, Logout logout) => (logout.Session, logout.Subject) switch
    {
        ({ } session, { } person) =>
        [
            Revocation.OfSession(issuer, session, logout.At),
            Revocation.OfNoSession(issuer, person, logout.At),
        ],
        ({ } session, null) => [Revocation.OfSession(issuer, session, logout.At)],
        (null, { } person) => [Revocation.OfPerson(issuer, person, logout.At)],
        _ => [],
    };

    private static Logout? Read(JsonElement claims) =>
        !claims.TryGetProperty("nonce", out _)
        && claims.TryGetProperty("events", out var events) && events.ValueKind == JsonValueKind.Object
        && events.TryGetProperty(Event, out var logout) && logout.ValueKind == JsonValueKind.Object
        && Text(claims, JwtRegisteredClaimNames.Jti) is { } id
        && claims.TryGetProperty(JwtRegisteredClaimNames.Iat, out var issued) && issued.TryGetInt64(out var at)
        && at is >= 0 and < 253_402_300_800
            ? new Logout(
                id, DateTimeOffset.FromUnixTimeSeconds(at), Text(claims, JwtRegisteredClaimNames.Sub),
                Text(claims, "sid"))
            : null;

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private sealed record Logout(string Id, DateTimeOffset At, string? Subject, string? Session);
}
