using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>A provider whose keys are a file, as an installation without a way out may have it.</summary>
internal sealed class ProviderFiles : IDisposable
{
    private const string Issuer = "https://login.test.example";
    private const string Audience = "osst";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly RsaSecurityKey _key;

    /// <summary>Writes key and settings into a folder.</summary>
    public ProviderFiles(string folder)
    {
        _key = new RsaSecurityKey(_rsa) { KeyId = "one" };
        var published = RSA.Create(_rsa.ExportParameters(includePrivateParameters: false));
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(published) { KeyId = "one" });
        var keys = Path.Combine(folder, "jwks.json");
        File.WriteAllText(keys, JsonSerializer.Serialize(
            new { keys = new[] { new { kty = key.Kty, kid = key.Kid, n = key.N, e = key.E, use = "sig" } } }));
        Settings = Path.Combine(folder, "provider-settings.json");
        var roles = new { researcher = new { audience = Audience, registers = new[] { "all" } } };
        File.WriteAllText(Settings, JsonSerializer.Serialize(
            new { identity = new { issuers = new[] { new { name = "test", issuer = Issuer, keys, roles } } } }));
    }

    /// <summary>The path of the settings file.</summary>
    public string Settings { get; }

    /// <summary>An access token of a role for all registers.</summary>
    public string Token(string role) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = Audience,
        TokenType = "at+jwt",
        Claims = new Dictionary<string, object> { ["sub"] = "tester", ["role"] = role, ["municipality"] = "all" },
        SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
    });

    public void Dispose() => _rsa.Dispose();
}
