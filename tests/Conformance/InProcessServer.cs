using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using OsstOrleans.Gateway;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Conformance.Tests;

/// <summary>A server in this process, for what cannot be had from outside: other limits, an early drain.</summary>
internal sealed class InProcessServer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly string _data;
    private readonly Server _server;
    private readonly Tokens _tokens;

    private InProcessServer(string data, EmbeddedSilo silo, Tokens tokens, Server server) =>
        (_data, Silo, _tokens, _server) = (data, silo, tokens, server);

    public EmbeddedSilo Silo { get; }

    public HttpClient Http { get; } = new() { Timeout = s_patience };

    public Uri Address => new($"{_server.Address}/graphql");

    /// <summary>Ends a wait that has lasted too long to be right.</summary>
    public CancellationToken Patience { get; } = new CancellationTokenSource(s_patience).Token;

    public static async Task<InProcessServer> Start(ServerOptions? options = null)
    {
        var data = Directory.CreateTempSubdirectory("osst-conformance-").FullName;
        var silo = await EmbeddedSilo.Open(new StoreAddress(data), TimeProvider.System);
        var tokens = new Tokens(TokenKey.Open(data), TimeProvider.System);
        return new InProcessServer(data, silo, tokens, await Server.Start(silo, tokens, port: 0, options));
    }

    public string Token(Role role = Role.Researcher) =>
        _tokens.Mint(role, "conformance", AccessPolicy.MayReadClients(role) ? "320" : null, TimeSpan.FromHours(1));

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
    public async Task<ClientWebSocket> Acknowledged()
    {
        var socket = await Socket();
        await Send(socket, Init());
        using var ack = await Receive(socket);
        Assert.Equal("connection_ack", ack!.RootElement.GetProperty("type").GetString());
        return socket;
    }

    public string Init() => $$$"""{"type":"connection_init","payload":{"authorization":"Bearer {{{Token()}}}"}}""";

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
        await Silo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
