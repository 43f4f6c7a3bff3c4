using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// Mints and checks bearer tokens (JWT, HMAC-SHA256). A token says who asks, in which role, for which municipality and
/// why; whatever it does not say is denied.
/// </summary>
/// <param name="key">Signs and checks.</param>
/// <param name="time">Says which tokens are over.</param>
/// <param name="revocations">Tokens that ended before their time; null when none can.</param>
internal sealed class Tokens(SymmetricSecurityKey key, TimeProvider time, Revocations? revocations = null)
{
    private const string Issuer = "osst-development";
    private const string Audience = "osst";
    private const int MaxTokenLength = 4096;

    /// <summary>
    /// How far the clock of a token's issuer may be from ours: so much earlier a token is taken, and so much later
    /// it ends (RFC 7519, sections 4.1.4 and 4.1.5).
    /// </summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    private const int MaxRemembered = 10_000;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly ConcurrentDictionary<string, Verified> _remembered = new(StringComparer.Ordinal);
    private readonly CallerUses _uses = new();

    /// <summary>A token for development and tests.</summary>
    public string Mint(
        Role role, string subject, string? municipality, TimeSpan validFor, IReadOnlyList<string>? sources = null)
    {
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = subject,
            [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N"),
            [TokenClaims.Role] = RoleNames.NameOf(role),
            [TokenClaims.Purpose] = TokenClaims.DefaultPurpose,
        };
        if (municipality is not null)
        {
            claims[TokenClaims.Municipality] = municipality;
        }
        if (sources is { Count: > 0 })
        {
            claims[TokenClaims.Source] = sources;
        }
        var now = time.GetUtcNow();
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            Claims = claims,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + validFor).UtcDateTime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }

    /// <summary>
    /// The caller of an <c>Authorization</c> header, and until when the token says so; null for an unknown caller.
    /// </summary>
    public async ValueTask<Verified?> Identify(string? authorization)
    {
        const string Scheme = "Bearer ";
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || authorization.Length > MaxTokenLength)
        {
            return null;
        }
        var verified = _remembered.TryGetValue(authorization, out var known)
            ? known
            : await Verify(authorization, authorization[Scheme.Length..].Trim());
        return verified is not null && IsValid(verified) ? verified : null;
    }

    /// <summary>True while the token has neither expired nor been revoked.</summary>
    public bool IsValid(Verified token) =>
        token.Expires > time.GetUtcNow() && (revocations is null || !revocations.Has(token));

    /// <summary>Calls back when the token is revoked; its expiry is the caller's to watch.</summary>
    public IDisposable? WhenRevoked(Verified token, Action revoked) => revocations?.WhenRevoked(token, revoked);

    private async Task<Verified?> Verify(string authorization, string token)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireExpirationTime = true,
            LifetimeValidator = (from, until, _, _) => IsCurrent(from, until),
        });
        if (!result.IsValid || TokenClaims.CallerOf((JsonWebToken)result.SecurityToken) is not { } caller)
        {
            return null;
        }
        if (_remembered.Count >= MaxRemembered)
        {
            _remembered.Clear();
            _uses.Prune();
        }
        return _remembered[authorization] = new Verified(caller, result.SecurityToken.ValidTo + Leeway)
        {
            TokenId = result.SecurityToken.Id is { Length: > 0 } id ? id : null,
            MadeAt = result.SecurityToken.ValidFrom,
            Use = _uses.Of(caller.Actor),
        };
    }

    private bool IsCurrent(DateTime? from, DateTime? until)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return (from is null || from - Leeway <= now) && until + Leeway > now;
    }
}

/// <summary>A caller as a valid token says, and when the token ends: its own time and the leeway.</summary>
internal sealed record Verified(Caller Caller, DateTimeOffset Expires)
{
    /// <summary>The token's own id, <c>jti</c>; null when it has none.</summary>
    public string? TokenId { get; init; }

    public DateTimeOffset MadeAt { get; init; }

    /// <summary>What the caller has under way.</summary>
    public required CallerUse Use { get; init; }
}
