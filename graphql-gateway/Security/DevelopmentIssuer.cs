using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Gateway.Settings;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// Mints and checks tokens for development and tests, by a key of the data folder (HMAC-SHA256). Production has none:
/// the process that checks could mint.
/// </summary>
internal sealed class DevelopmentIssuer(SymmetricSecurityKey key, TimeProvider time) : ITokenIssuer
{
    private const string Audience = "osst";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Issuer => "osst-development";

    public TimeProvider Time => time;

    /// <summary>A token for development and tests.</summary>
    /// <param name="role">The role that it gives.</param>
    /// <param name="subject">Whose it is.</param>
    /// <param name="reach">Where the role is held.</param>
    /// <param name="validFor">How long from now on.</param>
    /// <param name="sources">The systems that the caller speaks for.</param>
    public string Mint(
        Role role, string subject, Reach reach, TimeSpan validFor, IReadOnlyList<string>? sources = null)
    {
        var now = time.GetUtcNow();
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            Claims = ClaimsOf(role, subject, reach, sources ?? []),
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + validFor).UtcDateTime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }

    public async ValueTask<Identity?> Verify(JsonWebToken token)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireExpirationTime = true,
            LifetimeValidator = TokenTimes.By(time),
        });
        return result.IsValid && TokenClaims.Read(token, ClaimNames.Usual) is { } claims
            && !claims.Subject.Contains(ProviderIssuer.BehindName, StringComparison.Ordinal) // A provider's person.
            ? Identity.Of(this, claims, claims.Subject, claims.Reach, claims.Sources)
            : null;
    }

    private static Dictionary<string, object> ClaimsOf(
        Role role, string subject, Reach reach, IReadOnlyList<string> sources)
    {
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = subject,
            [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N"),
            [ClaimNames.Usual.Role] = RoleNames.NameOf(role),
        };
        if (reach != Reach.None)
        {
            claims[ClaimNames.Usual.Register] = reach.IsAll ? IssuerReader.AllRegisters : reach.Municipalities;
        }
        if (sources.Count > 0)
        {
            claims[ClaimNames.Usual.Source] = sources;
        }
        return claims;
    }
}
