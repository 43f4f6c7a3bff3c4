using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using OsstOrleans.Gateway;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Conformance.Tests;

/// <summary>A server in this process, for what cannot be had from outside: other limits, an early drain.</summary>
internal sealed class InProcessServer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = OsstOrleans.Silo.Tests.Patience.Limit;

    private readonly string _data;
    private readonly Server _server;
    private readonly DevelopmentIssuer _issuer;

    private readonly Revocations _revocations;

    private InProcessServer(
        string data, Platform silo, DevelopmentIssuer issuer, Revocations revocations, Server server) =>
        (_data, Silo, _issuer, _revocations, _server) = (data, silo, issuer, revocations, server);

    public Platform Silo { get; }

    public HttpClient Http { get; } = new() { Timeout = s_patience };

    public Uri Address => new($"{_server.Address}/graphql");

    /// <summary>Ends a wait that has lasted too long to be right.</summary>
    public CancellationToken Patience { get; } = new CancellationTokenSource(s_patience).Token;

    /// <summary>The data folder.</summary>
    public string Data => _data;

    public static Task<InProcessServer> Start(StreamLimits limits) =>
        Start(new ServerOptions { Settings = new GatewaySettings { Streams = limits } });

    /// <param name="options">How it behaves.</param>
    /// <param name="revocationTime">The clock by which the list of revoked tokens is looked at.</param>
    public static async Task<InProcessServer> Start(
        ServerOptions? options = null, TimeProvider? revocationTime = null)
    {
        var data = Directory.CreateTempSubdirectory("osst-conformance-").FullName;
        var every = (options ?? new ServerOptions()).Settings.Http.RevocationCheck;
        var silo = await Platform.Prepare(new StoreAddress(data), TimeProvider.System);
        var revocations = await Revocations.Follow(
            data, new RevokedRows((INotes)silo.Store), revocationTime ?? TimeProvider.System, every);
        options = (options ?? new ServerOptions()) with { GraphQL = Engine.Current };
        var issuer = new DevelopmentIssuer(TokenKey.Open(data), TimeProvider.System);
        var providers = await SignIn.ProvidersOf(options.Settings.Identity, TimeProvider.System);
        var tokens = new Tokens([issuer, .. providers], TimeProvider.System, revocations);
        return new InProcessServer(
            data, silo, issuer, revocations, await Server.Start(silo, tokens, port: 0, options));
    }

    public string Token(Role role = Role.Researcher, string subject = "conformance") =>
        _issuer.Mint(
            role, subject, AccessPolicy.NamesItsRegisters(role) ? Reach.Of("320") : Reach.All, TimeSpan.FromHours(1));

    /// <summary>POSTs a body, with a token of the role.</summary>
    public Task<HttpResponseMessage> Post(object body, Role role = Role.Researcher, string? costHeader = null) =>
        PostAs(Token(role), body, costHeader);

    /// <summary>POSTs a body with this token.</summary>
    public async Task<HttpResponseMessage> PostAs(string token, object body, string? costHeader = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (TokenPurpose.Of(token) is { } purpose)
        {
            request.Headers.Add("Osst-Purpose", purpose);
        }
        if (costHeader is not null)
        {
            request.Headers.Add("GraphQL-Cost", costHeader);
        }
        return await Http.SendAsync(request, HttpCompletionOption.ResponseContentRead, Patience);
    }

    /// <summary>The status of an answer, and its JSON.</summary>
    public static async Task<(int Status, JsonElement Json)> Read(Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        return ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>The first error's code; null without errors.</summary>
    public static string? CodeOf(JsonElement answer) => answer.TryGetProperty("errors", out var errors)
        ? errors[0].GetProperty("extensions").GetProperty("code").GetString()
        : null;

    public Task Drain() => _server.Drain();

    /// <summary>A socket that has said nothing yet.</summary>
    public async Task<ClientWebSocket> Socket(string subprotocol = "graphql-transport-ws")
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(subprotocol);
        await socket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws" }.Uri, Patience);
        return socket;
    }

    /// <summary>A socket that the server has acknowledged.</summary>
    public async Task<ClientWebSocket> Acknowledged(string? token = null)
    {
        var socket = await Socket();
        await Send(socket, Init(token));
        using var ack = await Receive(socket);
        Assert.Equal("connection_ack", ack!.RootElement.GetProperty("type").GetString());
        return socket;
    }

    public string Init(string? token = null)
    {
        token ??= Token();
        var payload = new { authorization = $"Bearer {token}", purpose = TokenPurpose.Of(token) };
        return JsonSerializer.Serialize(new { type = "connection_init", payload });
    }

    public static string Subscribe(string id, string query) =>
        JsonSerializer.Serialize(new { type = "subscribe", id, payload = new { query } });

    public Task Send(WebSocket socket, string text) => socket.SendAsync(
        Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Patience);

    /// <summary>The next message; null when the server has closed the socket, which then says why.</summary>
    public async Task<JsonDocument?> Receive(WebSocket socket)
    {
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer, Patience);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Patience);
                return null;
            }
            text.Write(buffer.AsSpan(0, read.Count));
            if (read.EndOfMessage)
            {
                return JsonDocument.Parse(text.ToArray());
            }
        }
    }

    /// <summary>The code with which the server closes the socket, after whatever it still says.</summary>
    public async Task<int> CloseCode(WebSocket socket)
    {
        while (await Receive(socket) is { } said)
        {
            said.Dispose();
        }
        return (int)socket.CloseStatus!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        await _revocations.DisposeAsync();
        await Silo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
