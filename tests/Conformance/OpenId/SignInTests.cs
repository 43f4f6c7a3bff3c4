using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Gateway.Transports;

namespace OsstOrleans.Conformance.Tests.OpenId;

/// <summary>Sign-in as an installation has it: with a real provider, its browsers and its integrations.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private const string Me = "{ me { role subject municipalities } }";
    private const string Figures = "subscription { caseloadMetrics { clients } }";

    private OpenIdProvider? _provider;
    private InProcessServer? _server;

    private OpenIdProvider Provider => _provider!;

    private InProcessServer Server => _server!;

    public async Task InitializeAsync()
    {
        if (Node.Missing is null)
        {
            _provider = await OpenIdProvider.Start();
            _server = await InProcessServer.Start(new ServerOptions
            {
                Settings = new GatewaySettings { Identity = Provider.Settings },
            });
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }
        if (_provider is { } provider)
        {
            await provider.DisposeAsync();
        }
    }

    [NodeFact]
    public async Task A_person_who_signs_in_is_known_in_the_own_register_alone()
    {
        using var aino = await Provider.SignIn("aino");
        var (status, json) = await Ask(aino.AccessToken, Me);
        Assert.Equal(200, status);
        Assert.Equal(
            """{"role":"social-worker","subject":"test:aino","municipalities":["320"]}""",
            json.GetProperty("data").GetProperty("me").GetRawText());
        using var vaino = await Provider.SignIn("vaino"); // Of a register that the provider may not speak for.
        var (_, other) = await Ask(vaino.AccessToken, Me);
        Assert.Equal(0, other.GetProperty("data").GetProperty("me").GetProperty("municipalities").GetArrayLength());
    }

    [NodeFact]
    public async Task A_browser_signs_in_to_the_dashboard_and_a_code_that_it_did_not_ask_for_lets_it_not_in()
    {
        using var browser = OpenIdProvider.NewBrowser();
        var home = new Uri(Server.Address, "/");
        var back = await SignInAt(browser, new Uri(home, "/sign-in/test?back=/about&hint=aino"));
        using var foreign = OpenIdProvider.NewBrowser();
        using var refused = await foreign.GetAsync(new Uri(home, back.PathAndQuery));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var signedIn = await browser.GetAsync(new Uri(home, back.PathAndQuery));
        Assert.Equal("/about", signedIn.Headers.Location!.ToString());
        var account = await browser.GetStringAsync(new Uri(home, "/account"));
        Assert.Contains("test:aino", account, StringComparison.Ordinal);
        using var again = await browser.GetAsync(new Uri(home, back.PathAndQuery));
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    /// <summary>Follows a sign-in through the provider to the address that leads back to the dashboard.</summary>
    private static async Task<Uri> SignInAt(HttpClient browser, Uri next)
    {
        while (!next.AbsoluteUri.StartsWith("http://127.0.0.1/signed-in/", StringComparison.Ordinal))
        {
            using var answer = await browser.GetAsync(next);
            Assert.True(answer.Headers.Location is not null, await answer.Content.ReadAsStringAsync());
            next = new Uri(next, answer.Headers.Location);
        }
        return next;
    }

    [NodeFact]
    public async Task Neither_an_ID_token_nor_a_weak_sign_in_lets_anyone_in()
    {
        using var aino = await Provider.SignIn("aino");
        Assert.Equal(401, (await Ask(aino.IdToken, Me)).Status);
        using var weak = await Provider.SignIn("weak");
        Assert.Equal(401, (await Ask(weak.AccessToken, Me)).Status);
    }

    [NodeFact]
    public async Task An_integration_comes_with_its_own_credentials_and_reads_no_client()
    {
        var token = await Provider.Integration();
        var (status, json) = await Ask(token, Me);
        Assert.Equal(200, status);
        var me = json.GetProperty("data").GetProperty("me");
        Assert.Equal(JsonValueKind.Null, me.GetProperty("municipalities").ValueKind);
        var (_, refused) = await Ask(token, """{ caseload(municipality: "320") { totalCount } }""");
        Assert.Equal("FORBIDDEN", InProcessServer.CodeOf(refused));
    }

    [NodeFact]
    public async Task A_stream_goes_on_over_a_change_of_keys_and_a_new_token()
    {
        using var aino = await Provider.SignIn("aino");
        using var socket = await Server.Acknowledged(aino.AccessToken);
        await Server.Send(socket, InProcessServer.Subscribe("1", Figures));
        using var first = await Server.Receive(socket);
        Assert.Equal("next", TypeOf(first));
        await Provider.Rotate();
        await aino.Refresh();
        await Server.Send(socket, Ping(aino.AccessToken));
        using var pong = await Server.Receive(socket);
        Assert.Equal("pong", TypeOf(pong));
        Assert.Equal(200, (await Ask(aino.AccessToken, Me)).Status);
    }

    [NodeFact]
    public async Task Another_persons_token_ends_a_socket()
    {
        using var aino = await Provider.SignIn("aino");
        using var vaino = await Provider.SignIn("vaino");
        using var socket = await Server.Acknowledged(aino.AccessToken);
        await Server.Send(socket, Ping(vaino.AccessToken));
        Assert.Equal(4403, await Server.CloseCode(socket));
    }

    [NodeFact]
    public async Task Who_logs_out_at_the_provider_is_out_here_before_the_provider_says_so()
    {
        await Provider.TellLogoutsTo(new Uri(Server.Address, "/logout/test").AbsoluteUri);
        using var aino = await Provider.SignIn("aino");
        using var elsewhere = await Provider.SignIn("aino");
        using var socket = await Server.Acknowledged(aino.AccessToken);
        await aino.LogOut();
        Assert.Equal(401, (await Ask(aino.AccessToken, Me)).Status);
        Assert.Equal(4403, await Server.CloseCode(socket));
        Assert.Equal(200, (await Ask(elsewhere.AccessToken, Me)).Status); // Another session of the same person.
    }

    private static string Ping(string token) => JsonSerializer.Serialize(
        new { type = "ping", payload = new { authorization = $"Bearer {token}" } });

    private static string? TypeOf(JsonDocument? message) => message!.RootElement.GetProperty("type").GetString();

    private Task<(int Status, JsonElement Json)> Ask(string token, string query) =>
        InProcessServer.Read(Server.PostAs(token, new { query }));
}
