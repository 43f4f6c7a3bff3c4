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

    private static async Task<IReadOnlyDictionary<string, SecurityKey>> Discover(
        string issuer, CancellationToken cancelled) => ByName((await Describe(issuer, cancelled)).SigningKeys);

    /// <summary>What a provider says of itself (OpenID Connect Discovery 1.0, section 4).</summary>
    /// <exception cref="InvalidDataException">It is of another issuer, or leads to an unsafe address.</exception>
    public static async Task<OpenIdConnectConfiguration> Describe(string issuer, CancellationToken cancelled)
    {
        // A redirect would lead to an address that nothing has judged.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { Timeout = s_patience, MaxResponseContentBufferSize = MostBytes };
        var found = await OpenIdConnectConfigurationRetriever.GetAsync(
            issuer.TrimEnd('/') + WellKnown, new Documents(http), cancelled);
        return found.Issuer == issuer
            ? found
            : throw new InvalidDataException("The discovered document is of another issuer.");
    }

    private static Dictionary<string, SecurityKey> ByName(IEnumerable<SecurityKey> keys) => keys
        .Where(key => key is not SymmetricSecurityKey && !string.IsNullOrEmpty(key.KeyId))
        .GroupBy(key => key.KeyId)
        .ToDictionary(same => same.Key, same => same.First());

    private sealed class Documents(HttpClient http) : IDocumentRetriever
    {
        public Task<string> GetDocumentAsync(string address, CancellationToken cancel) =>
            Uri.TryCreate(address, UriKind.Absolute, out var uri) && IssuerReader.IsSafe(uri)
                ? http.GetStringAsync(uri, cancel)
                : throw new InvalidDataException("The provider names an address that is neither https nor here.");
    }
}
