using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Gateway.Settings;

namespace OsstOrleans.Gateway.Security;

/// <summary>Where a provider's public keys come from.</summary>
internal static class KeySources
{
    private const string WellKnown = "/.well-known/openid-configuration";
    private const int MostBytes = 1 << 20;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>The source that an issuer's settings name.</summary>
    public static Func<CancellationToken, Task<IReadOnlyDictionary<string, SecurityKey>>> Of(IssuerSettings issuer) =>
        issuer.KeyFile is { } path ? cancelled => FromFile(path, cancelled)
        : cancelled => Discover(issuer.Issuer, cancelled);

    private static async Task<IReadOnlyDictionary<string, SecurityKey>> FromFile(
        string path, CancellationToken cancelled) =>
        ByName(new JsonWebKeySet(await File.ReadAllTextAsync(path, cancelled)).GetSigningKeys());

    /// <summary>OpenID Connect Discovery 1.0, section 4.</summary>
    private static async Task<IReadOnlyDictionary<string, SecurityKey>> Discover(
        string issuer, CancellationToken cancelled)
    {
        using var http = new HttpClient { Timeout = s_patience, MaxResponseContentBufferSize = MostBytes };
        var documents = new HttpDocumentRetriever(http) { RequireHttps = !new Uri(issuer).IsLoopback };
        var found = await OpenIdConnectConfigurationRetriever.GetAsync(
            issuer.TrimEnd('/') + WellKnown, documents, cancelled);
        return found.Issuer == issuer
            ? ByName(found.SigningKeys)
            : throw new InvalidDataException("The discovered document is of another issuer.");
    }

    private static Dictionary<string, SecurityKey> ByName(IEnumerable<SecurityKey> keys) => keys
        .Where(key => key is not SymmetricSecurityKey && !string.IsNullOrEmpty(key.KeyId))
        .GroupBy(key => key.KeyId)
        .ToDictionary(same => same.Key, same => same.First());
}
