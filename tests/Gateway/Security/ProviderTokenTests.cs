using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Gateway.Settings;
using Xunit;

namespace OsstOrleans.Gateway.Tests.Security;

public class ProviderTokenTests
{
    private static readonly RsaSecurityKey s_key = Provider.NewKey("one");

    [Fact]
    public async Task A_valid_access_token_says_who_asks_and_where()
    {
        var (provider, caller) = await Ask(claims => claims["municipality"] = new[] { "536", "837" });
        Assert.NotNull(provider);
        Assert.Equal(
            (Role.SocialWorker, "pirha:aino", Reach.Of("837", "536")), (caller!.Role, caller.Subject, caller.Reach));
        Assert.Null(caller.Purpose);
    }

    [Theory]
    [InlineData("aud", "other")]
    [InlineData("aud", "osst-import")] // Of another role.
    [InlineData("iss", "https://elsewhere.example")]
    [InlineData("role", "coordinator")] // A role that this issuer may not give.
    [InlineData("role", "shop-keeper")]
    [InlineData("role", null)]
    [InlineData("sub", null)]
    [InlineData("iat", null)]
    [InlineData("exp", null)]
    [InlineData("exp", "tomorrow")]
    [InlineData("municipality", "all")] // A role that reads clients names its registers.
    [InlineData("municipality", "8 37")]
    [InlineData("cnf", "text")]
    [InlineData("iat", 4_102_444_800L)] // Made in the future: no revocation of what was made so far would mean it.
    [InlineData("sub", "aino\u202e")]
    [InlineData("sub", " aino")]
    [InlineData("sid", 7)]
    public async Task A_token_that_does_not_say_enough_or_says_too_much_lets_no_one_in(string claim, object? value)
    {
        var (_, caller) = await Ask(claims => claims[claim] = value);
        Assert.Null(caller);
    }

    [Fact]
    public async Task A_token_without_a_register_is_for_none()
    {
        var (_, caller) = await Ask(claims => claims["municipality"] = null);
        Assert.Equal(Reach.None, caller!.Reach);
        Assert.False(caller.HoldsFor("837"));
    }

    [Fact]
    public async Task An_issuer_speaks_for_no_register_and_no_system_beyond_its_settings()
    {
        var (_, worker) = await Ask(claims => claims["municipality"] = new[] { "091", "837" });
        Assert.Equal(Reach.Of("837"), worker!.Reach);
        var (_, kela) = await Ask(claims =>
        {
            (claims["role"], claims["aud"], claims["municipality"]) = ("integration", "osst-import", "all");
            claims["source"] = new[] { "kela", "registry" };
        });
        Assert.Equal(Reach.All, kela!.Reach);
        Assert.Equal(["kela"], kela.Sources);
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("logout+jwt")]
    [InlineData(null)]
    public async Task A_token_of_another_kind_is_no_access_token(string? type)
    {
        var provider = new Provider { Published = { ["one"] = s_key } };
        var (tokens, _) = await provider.Open();
        Assert.Null(await tokens.Identify(provider.Token(s_key, type: type)));
    }

    [Theory]
    [InlineData("nonce", "Bearer", false)]
    [InlineData("at_hash", "Bearer", false)]
    [InlineData("events", "Bearer", false)]
    [InlineData("scope", "ID", false)]
    [InlineData("scope", null, false)]
    [InlineData("scope", "Bearer", true)]
    public async Task A_provider_without_typed_tokens_still_lets_no_ID_token_in(
        string claim, string? typ, bool isTaken)
    {
        var provider = new Provider
        {
            Published = { ["one"] = s_key },
            Settings = Provider.Of([], plainMark: "typ=Bearer"),
        };
        var (tokens, _) = await provider.Open();
        var caller = await tokens.Identify(provider.Token(
            s_key, claims => (claims[claim], claims["typ"]) = ("x", typ), type: "JWT"));
        Assert.Equal(isTaken, caller is not null);
    }

    [Theory]
    [InlineData("loa3", true)]
    [InlineData("loa2", true)]
    [InlineData("loa1", false)]
    [InlineData("loa9", false)]
    [InlineData(null, false)]
    public async Task A_role_asks_for_a_sign_in_that_is_strong_enough(string? acr, bool isTaken)
    {
        var provider = new Provider
        {
            Published = { ["one"] = s_key },
            Settings = Provider.Of(["loa1", "loa2", "loa3"], leastAcr: "loa2"),
        };
        var (tokens, _) = await provider.Open();
        var caller = await tokens.Identify(provider.Token(s_key, claims => claims["acr"] = acr));
        Assert.Equal(isTaken, caller is not null);
    }

    [Fact]
    public async Task Roles_are_found_in_a_nested_list_among_those_of_other_systems()
    {
        var provider = new Provider
        {
            Published = { ["one"] = s_key },
            Settings = Provider.Of([], claims: ClaimNames.Usual with { Role = "realm_access.roles" }),
        };
        var (tokens, _) = await provider.Open();
        Assert.Equal(Role.SocialWorker, await RoleOf("offline_access", "social-worker"));
        Assert.Null(await RoleOf("social-worker", "integration")); // Which of them the request is for is not said.

        async Task<Role?> RoleOf(params string[] roles)
        {
            var access = new Dictionary<string, object> { ["roles"] = roles };
            var token = provider.Token(s_key, claims => claims["realm_access"] = access);
            return (await tokens.Identify(token))?.Caller.Role;
        }
    }

    [Fact]
    public async Task A_key_that_only_the_token_knows_signs_nothing()
    {
        var provider = new Provider { Published = { ["one"] = s_key } };
        var (tokens, _) = await provider.Open();
        Assert.Null(await tokens.Identify(provider.Token(Provider.NewKey("one"))));
        var modulus = s_key.Rsa.ExportSubjectPublicKeyInfo();
        Assert.Null(await tokens.Identify(provider.Token(
            new SymmetricSecurityKey(modulus) { KeyId = "one" }, algorithm: SecurityAlgorithms.HmacSha256)));
    }

    [Theory]
    [InlineData(SecurityAlgorithms.RsaSsaPssSha256, true)]
    [InlineData(SecurityAlgorithms.EcdsaSha256, true)]
    [InlineData(SecurityAlgorithms.RsaSha512, false)]
    public async Task Three_algorithms_are_taken(string algorithm, bool isTaken)
    {
        SecurityKey key = algorithm == SecurityAlgorithms.EcdsaSha256
            ? new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "one" }
            : s_key;
        var provider = new Provider { Published = { ["one"] = key } };
        var (tokens, _) = await provider.Open();
        Assert.Equal(isTaken, await tokens.Identify(provider.Token(key, algorithm: algorithm)) is not null);
    }

    [Fact]
    public async Task A_bound_token_is_taken_with_its_certificate_alone()
    {
        using var own = Certificate();
        using var other = Certificate();
        var provider = new Provider { Published = { ["one"] = s_key } };
        var (tokens, _) = await provider.Open();
        var token = provider.Token(s_key, claims => claims["cnf"] = new Dictionary<string, object>
        {
            ["x5t#S256"] = Base64UrlEncoder.Encode(own.GetCertHash(HashAlgorithmName.SHA256)),
        });
        Assert.NotNull(await tokens.Identify(token, own));
        Assert.Null(await tokens.Identify(token, other)); // Also when it is remembered.
        Assert.Null(await tokens.Identify(token));
        var unknown = provider.Token(
            s_key, claims => claims["cnf"] = new Dictionary<string, object> { ["jkt"] = "thumbprint" });
        Assert.Null(await tokens.Identify(unknown, own));
    }

    [Fact]
    public async Task A_token_is_taken_within_thirty_seconds_of_its_times_and_no_longer()
    {
        var provider = new Provider { Published = { ["one"] = s_key } };
        var (tokens, _) = await provider.Open();
        var now = provider.Time.GetUtcNow().ToUnixTimeSeconds();
        Assert.NotNull(await tokens.Identify(provider.Token(s_key, claims => claims["nbf"] = now + 30)));
        Assert.Null(await tokens.Identify(provider.Token(s_key, claims => claims["nbf"] = now + 31)));
        var token = provider.Token(s_key);
        provider.Time.Advance(TimeSpan.FromSeconds(329));
        Assert.NotNull(await tokens.Identify(token));
        provider.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await tokens.Identify(token));
    }

    [Fact]
    public async Task A_token_may_have_sixteen_kilobytes_and_a_subject_what_OpenID_allows()
    {
        Assert.NotNull((await Ask(claims => claims["groups"] = new string('g', 11_000))).Caller);
        Assert.Null((await Ask(claims => claims["groups"] = new string('g', 13_000))).Caller);
        Assert.NotNull((await Ask(claims => claims["sub"] = new string('s', 255))).Caller);
        Assert.Null((await Ask(claims => claims["sub"] = new string('s', 256))).Caller);
    }

    private static async Task<(Provider Provider, Caller? Caller)> Ask(Action<Dictionary<string, object?>> change)
    {
        var provider = new Provider { Published = { ["one"] = s_key } };
        var (tokens, _) = await provider.Open();
        return (provider, (await tokens.Identify(provider.Token(s_key, change)))?.Caller);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=caller", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
