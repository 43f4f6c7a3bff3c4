using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Silo.Tests;

namespace OsstOrleans.Gateway.Tests.Security;

/// <summary>A provider of tokens with keys of its own, and the process's side of it, by a clock that stands.</summary>
internal sealed class Provider
{
    public const string Issuer = "https://login.test.example";
    public const string Audience = "osst-clients";

    public static readonly IdentitySettings Defaults = new();

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public FakeTime Time { get; } = new();

    /// <summary>The keys that the provider publishes now.</summary>
    public Dictionary<string, SecurityKey> Published { get; } = [];

    /// <summary>How often they were fetched.</summary>
    public int Fetches { get; private set; }

    /// <summary>The provider does not answer.</summary>
    public bool IsAway { get; set; }

    public IssuerSettings Settings { get; init; } = Of([]);

    public static IssuerSettings Of(
        IReadOnlyList<string> acrOrder, string? leastAcr = null, string? plainMark = null, ClaimNames? claims = null) =>
        new("pirha", Issuer, null, plainMark is null ? [] : [plainMark], claims ?? ClaimNames.Usual, ["osst-app"],
            acrOrder, new Dictionary<Role, RoleGrant>
            {
                [Role.SocialWorker] = new(Audience, leastAcr, Reach.Of("837", "536"), []),
                [Role.Integration] = new("osst-import", null, Reach.All, ["kela"]),
            });

    public static RsaSecurityKey NewKey(string name) => new(RSA.Create(2048)) { KeyId = name };

    /// <summary>The process's tokens, when it has fetched the keys for the first time.</summary>
    /// <param name="revocations">What ends tokens before their time; null when nothing does.</param>
    public async Task<(Tokens Tokens, ProviderKeys Keys)> Open(Revocations? revocations = null)
    {
        var keys = await ProviderKeys.Follow(Fetch, Defaults, Time);
        return (new Tokens([new ProviderIssuer(Settings, keys, Time)], Time, revocations), keys);
    }

    /// <summary>The header of a token with the usual claims and these changes; null leaves a claim out.</summary>
    public string Token(
        SecurityKey key, Action<Dictionary<string, object?>>? change = null, string? type = "at+jwt",
        string algorithm = SecurityAlgorithms.RsaSha256)
    {
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Issuer,
            ["aud"] = Audience,
            ["sub"] = "aino",
            ["role"] = "social-worker",
            ["municipality"] = "837",
            ["iat"] = now,
            ["exp"] = now + 300,
        };
        change?.Invoke(claims);
        var present = claims.Where(claim => claim.Value is not null).ToDictionary(one => one.Key, one => one.Value!);
        return "Bearer " + _handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = present,
            TokenType = type,
            SigningCredentials = new SigningCredentials(key, algorithm),
        });
    }

    private Task<IReadOnlyDictionary<string, SecurityKey>> Fetch(CancellationToken cancelled)
    {
        Fetches++;
        return IsAway
            ? throw new HttpRequestException("The provider is away.")
            : Task.FromResult<IReadOnlyDictionary<string, SecurityKey>>(
                new Dictionary<string, SecurityKey>(Published));
    }
}
