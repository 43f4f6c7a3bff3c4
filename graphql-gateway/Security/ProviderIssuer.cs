using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Gateway.Settings;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// Checks access tokens of an OpenID provider: its signature, and that it may say for this person what it says. What
/// it says beyond that is cut off.
/// </summary>
internal sealed class ProviderIssuer(IssuerSettings settings, ProviderKeys keys, TimeProvider time) : ITokenIssuer
{
    private static readonly string[] s_algorithms =
        [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private readonly JsonWebTokenHandler _handler = new();
    private readonly string[] _audiences = [.. settings.Roles.Values.Select(grant => grant.Audience).Distinct()];

    /// <summary>Between the issuer's name and the person's id at it.</summary>
    public const char BehindName = ':';

    public string Issuer => settings.Issuer;

    public TimeProvider Time => time;

    public IssuerSettings Settings => settings;

    public ProviderKeys Keys => keys;

    public async ValueTask<Identity?> Verify(JsonWebToken token) =>
        TokenKinds.IsAccessToken(token, settings.PlainMarks) && await SignerOf(token, _audiences) is { } key
        && TokenClaims.Read(token, settings.Claims) is { } claims
        && settings.Roles.TryGetValue(claims.Role, out var grant)
        && claims.Audiences.Contains(grant.Audience) && IsStrong(claims.SignIn, grant.LeastAcr)
            && Identity.Of(
                this, claims, $"{settings.Name}{BehindName}{claims.Subject}", claims.Reach.Within(grant.Registers),
                [.. claims.Sources.Intersect(grant.Sources)]) is { } identity
            ? identity with { IsSignerKnown = () => keys.Knows(key) }
            : null;

    /// <summary>
    /// What signed a token of this issuer, for one of these audiences, that is in time; null for any other token.
    /// </summary>
    public async ValueTask<SecurityKey?> SignerOf(JsonWebToken token, IReadOnlyList<string> audiences)
    {
        if (!s_algorithms.Contains(token.Alg) || await keys.Find(token.Kid) is not { } key)
        {
            return null;
        }
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = settings.Issuer,
            IssuerSigningKey = key,
            ValidAlgorithms = s_algorithms,
            RequireExpirationTime = true,
            LifetimeValidator = TokenTimes.By(time),
            ValidAudiences = audiences,
        });
        return result.IsValid ? key : null;
    }

    private bool IsStrong(string? signIn, string? least)
    {
        if (least is null)
        {
            return true;
        }
        var order = settings.AcrOrder.ToList();
        return signIn is not null && order.IndexOf(signIn) >= order.IndexOf(least);
    }
}
