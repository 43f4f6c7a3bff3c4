using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Gateway.Settings;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// Signs people in to the dashboard by authorization code with PKCE (OpenID Connect Core 3.1, RFC 7636). What it
/// gives back is an access token, which is judged like any other.
/// </summary>
internal sealed class ProviderSignIn(ProviderIssuer issuer, DashboardClient client)
{
    private const int MostBytes = 1 << 18;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public string Name => issuer.Settings.Name;

    private Uri Back => new(client.Address, $"/signed-in/{Name}");

    /// <summary>Where a browser goes to sign in; null when the provider does not answer.</summary>
    public async Task<Uri?> Begin(string state, string nonce, string verifier, string? hint)
    {
        if (await Describe() is not { } provider)
        {
            return null;
        }
        var message = new OpenIdConnectMessage
        {
            IssuerAddress = provider.AuthorizationEndpoint,
            ClientId = client.Client,
            ResponseType = OpenIdConnectResponseType.Code,
            Scope = client.Scope,
            RedirectUri = Back.ToString(),
            State = state,
            Nonce = nonce,
            LoginHint = hint,
            EnableTelemetryParameters = false,
        };
        var challenge = SHA256.HashData(Encoding.ASCII.GetBytes(verifier));
        message.SetParameter("code_challenge", Base64UrlEncoder.Encode(challenge));
        message.SetParameter("code_challenge_method", "S256");
        return new Uri(message.CreateAuthenticationRequestUrl());
    }

    /// <summary>The access token for a code; null unless the provider gives one to the browser that began.</summary>
    public async Task<string?> End(string code, string nonce, string verifier)
    {
        if (await Describe() is not { } provider || await Exchange(provider, code, verifier) is not { } tokens)
        {
            return null;
        }
        return JsonTokens.Parse(tokens.IdToken ?? "") is { } id
            && id.TryGetPayloadValue<string>("nonce", out var said) && said == nonce
            && await issuer.SignerOf(id, [client.Client]) is not null
                ? tokens.AccessToken
                : null;
    }

    private async Task<OpenIdConnectConfiguration?> Describe()
    {
        try
        {
            using var late = new CancellationTokenSource(s_patience);
            return await KeySources.Describe(issuer.Issuer, late.Token);
        }
        catch (Exception fault) when (IsOfTheProvider(fault))
        {
            return null;
        }
    }

    private async Task<OpenIdConnectMessage?> Exchange(
        OpenIdConnectConfiguration provider, string code, string verifier)
    {
        if (!Uri.TryCreate(provider.TokenEndpoint, UriKind.Absolute, out var place) || !IssuerReader.IsSafe(place))
        {
            return null;
        }
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { Timeout = s_patience, MaxResponseContentBufferSize = MostBytes };
        using var request = new HttpRequestMessage(HttpMethod.Post, place)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["code"] = code,
                ["redirect_uri"] = Back.ToString(),
                ["client_id"] = client.Client,
                ["code_verifier"] = verifier,
            }),
        };
        if (client.Secret is { } secret)
        {
            // RFC 6749, section 2.3.1: both are encoded as in forms before they are joined.
            var credentials = $"{Uri.EscapeDataString(client.Client)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        }
        try
        {
            using var answer = await http.SendAsync(request);
            return answer.IsSuccessStatusCode
                ? new OpenIdConnectMessage(await answer.Content.ReadAsStringAsync())
                : null;
        }
        catch (Exception fault) when (IsOfTheProvider(fault))
        {
            return null;
        }
    }

    private static bool IsOfTheProvider(Exception fault) => fault is HttpRequestException or OperationCanceledException
        or InvalidDataException or IOException or InvalidOperationException or JsonException or ArgumentException;
}
