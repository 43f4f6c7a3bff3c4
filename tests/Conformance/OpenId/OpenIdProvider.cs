using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Gateway.Settings;

namespace OsstOrleans.Conformance.Tests.OpenId;

/// <summary>A certified OpenID provider (npm oidc-provider) on this machine, and what its clients ask it.</summary>
internal sealed partial class OpenIdProvider : IAsyncDisposable
{
    public const string Audience = "urn:osst:api";

    private const string App = "osst-app";
    private const string Callback = "http://127.0.0.1/callback";

    private static readonly TimeSpan s_patience = Patience.Limit;

    private readonly Process _process;

    private OpenIdProvider(Process process, string issuer) => (_process, Issuer) = (process, issuer);

    public string Issuer { get; }

    /// <summary>How a process is told to trust it.</summary>
    public IdentitySettings Settings => new()
    {
        UnknownKeyPause = TimeSpan.FromSeconds(0.1),
        Issuers =
        [
            new IssuerSettings(
                "test", Issuer, KeyFile: null, PlainMarks: [], ClaimNames.Usual, [App], ["password", "strong"],
                new Dictionary<Role, RoleGrant>
                {
                    [Role.SocialWorker] = new(Audience, "strong", Reach.Of("320"), []),
                    [Role.Integration] = new(Audience, null, Reach.All, ["kela"]),
                })
            {
                // The port of the process under test is not known yet: its browser puts it in.
                Dashboard = new DashboardClient(App, Secret: null, "openid api", new Uri("http://127.0.0.1")),
            },
        ],
    };

    public static async Task<OpenIdProvider> Start()
    {
        var process = await Node.Provider.Start("provider.mjs");
        var issuer = await process.StandardOutput.ReadLineAsync().Patiently();
        return new OpenIdProvider(process, issuer ?? throw new InvalidOperationException(
            $"The provider did not start: {await process.StandardError.ReadToEndAsync()}"));
    }

    /// <summary>Signs a new key from now on; the old ones stay published.</summary>
    public Task Rotate() => Configure(new { rotate = true });

    /// <summary>Tells logouts to this address from now on.</summary>
    public Task TellLogoutsTo(string address) => Configure(new { logoutUri = address });

    /// <summary>A browser of somebody who signs in (authorization code with PKCE).</summary>
    public async Task<Person> SignIn(string name)
    {
        var http = NewBrowser();
        var verifier = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var next = new Uri($"{Issuer}/auth?client_id={App}&response_type=code&scope=openid%20api&login_hint={name}"
            + $"&redirect_uri={Uri.EscapeDataString(Callback)}&code_challenge={challenge}&code_challenge_method=S256");
        while (!next.AbsoluteUri.StartsWith(Callback + '?', StringComparison.Ordinal))
        {
            using var answer = await http.GetAsync(next);
            Assert.True(answer.Headers.Location is not null, await answer.Content.ReadAsStringAsync());
            next = new Uri(next, answer.Headers.Location);
        }
        var code = System.Web.HttpUtility.ParseQueryString(next.Query)["code"]!;
        var tokens = await Tokens(http, new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = Callback,
            ["client_id"] = App,
            ["code_verifier"] = verifier,
        });
        return new Person(this, http, tokens);
    }

    /// <summary>The access token of the integration (client credentials).</summary>
    public async Task<string> Integration()
    {
        using var http = NewBrowser();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String("kela:only-for-tests"u8));
        var tokens = await Tokens(http, new() { ["grant_type"] = "client_credentials", ["scope"] = "api" });
        return tokens.GetProperty("access_token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await Tool.EndOf(_process);
        _process.Dispose();
    }

    public static HttpClient NewBrowser() =>
        new(new HttpClientHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = new CookieContainer(),
            CheckCertificateRevocationList = true,
        })
        {
            Timeout = s_patience,
        };

    private async Task<JsonElement> Tokens(HttpClient http, Dictionary<string, string> form)
    {
        using var answer = await http.PostAsync($"{Issuer}/token", new FormUrlEncodedContent(form));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    private async Task Configure(object wanted)
    {
        using var http = NewBrowser();
        using var answer = await http.PostAsJsonAsync($"{Issuer}/test/configure", wanted);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [GeneratedRegex("""name="xsrf" value="([^"]+)""")]
    private static partial Regex Confirmation { get; }

    /// <summary>Somebody who signed in.</summary>
    internal sealed class Person(OpenIdProvider provider, HttpClient http, JsonElement tokens) : IDisposable
    {
        private JsonElement _tokens = tokens;

        public string AccessToken => _tokens.GetProperty("access_token").GetString()!;

        public string IdToken => _tokens.GetProperty("id_token").GetString()!;

        /// <summary>Fetches newer tokens.</summary>
        public async Task Refresh() => _tokens = await provider.Tokens(http, new()
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = _tokens.GetProperty("refresh_token").GetString()!,
            ["client_id"] = App,
        });

        /// <summary>Ends the session at the provider, which tells those whom it concerns before this completes.
        /// </summary>
        public async Task LogOut()
        {
            var page = await http.GetStringAsync($"{provider.Issuer}/session/end?client_id={App}");
            var form = new Dictionary<string, string>
            {
                ["xsrf"] = Confirmation.Match(page).Groups[1].Value,
                ["logout"] = "yes",
            };
            using var answer = await http.PostAsync(
                $"{provider.Issuer}/session/end/confirm", new FormUrlEncodedContent(form));
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        }

        public void Dispose() => http.Dispose();
    }
}
