using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Security;

/// <summary>One who makes tokens that are trusted here.</summary>
internal interface ITokenIssuer
{
    /// <summary>The <c>iss</c> of its tokens.</summary>
    string Issuer { get; }

    /// <summary>By what tokens are judged.</summary>
    TimeProvider Time { get; }

    /// <summary>Who asks by this token; null when it is not valid, whatever the reason.</summary>
    ValueTask<Identity?> Verify(JsonWebToken token);
}

/// <summary>Who asks, as a valid token says, and when the token ends: its own time and the leeway.</summary>
internal sealed record Identity(Caller Caller, DateTimeOffset Expires)
{
    /// <summary>The token's own id, <c>jti</c>; null when it has none.</summary>
    public string? TokenId { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Whether what signed it still signs; always, where there is one key for ever.</summary>
    public Func<bool> IsSignerKnown { get; init; } = static () => true;

    /// <summary>By what it can be revoked.</summary>
    public string[] RevocationKeys { get; init; } = [];

    /// <summary>The thumbprint of the only certificate that it may be used with; null for any connection.</summary>
    public string? Certificate { get; init; }

    /// <summary>
    /// Who asks by these claims; null for a role that reads clients of all registers, which none may, and for a token
    /// made in the future, which no revocation of what was made so far would mean.
    /// </summary>
    /// <param name="issuer">Whose token it is.</param>
    /// <param name="claims">What the token says.</param>
    /// <param name="subject">The person's id, of no other issuer's person.</param>
    /// <param name="reach">The registers, no more than the issuer may speak for.</param>
    /// <param name="sources">The systems, no more than the issuer may speak for.</param>
    public static Identity? Of(
        ITokenIssuer issuer, TokenClaims claims, string subject, Reach reach, IReadOnlyList<string> sources) =>
        (claims.Reach.IsAll && AccessPolicy.NamesItsRegisters(claims.Role))
            || claims.IssuedAt > issuer.Time.GetUtcNow() + TokenTimes.Leeway
            ? null
            : new Identity(
                new Caller(claims.Role, subject, reach) { Sources = sources }, claims.Expires + TokenTimes.Leeway)
            {
                TokenId = claims.TokenId,
                RevocationKeys = Security.RevocationKeys.Of(
                    issuer.Issuer, claims.IssuersSubject, subject, claims.TokenId, claims.Session),
                MadeAt = claims.IssuedAt,
                Certificate = claims.Certificate,
            };
}

/// <summary>When a token is valid.</summary>
internal static class TokenTimes
{
    /// <summary>
    /// How far the clock of a token's issuer may be from ours: so much earlier a token is taken, and so much later
    /// it ends (RFC 7519, sections 4.1.4 and 4.1.5).
    /// </summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    /// <summary>No token is valid for longer: a revocation need not be remembered for ever.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>So long after a revocation a token that it means may still be valid.</summary>
    public static readonly TimeSpan Remembered = Longest + (2 * Leeway);

    /// <summary>As IdentityModel asks it; a token without an end is never current.</summary>
    public static LifetimeValidator By(TimeProvider time) => (from, until, _, _) =>
    {
        var now = time.GetUtcNow().UtcDateTime;
        return (from is null || from - Leeway <= now) && until + Leeway > now;
    };
}
