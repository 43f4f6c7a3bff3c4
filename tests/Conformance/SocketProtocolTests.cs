using System.Net.WebSockets;
using OsstOrleans.Gateway.Settings;

namespace OsstOrleans.Conformance.Tests;

/// <summary>The letter of <c>graphql-transport-ws</c>, where well-behaved clients never go.</summary>
public sealed class SocketProtocolTests
{
    private const string Figures = "subscription { caseloadMetrics { clients } }";

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("""{"type":"unheard of"}""")]
    [InlineData("""{"type":"subscribe","payload":{"query":"{ __typename }"}}""")]
    [InlineData("""{"type":"subscribe","id":"1"}""")]
    [InlineData("""{"type":"subscribe","id":"1","payload":{}}""")]
    [InlineData("""{"type":"ping","payload":7}""")]
    public async Task A_message_of_another_form_closes_with_4400(string message)
    {
        await using var server = await InProcessServer.Start();
        using var socket = await server.Acknowledged();
        await server.Send(socket, message);
        Assert.Equal(4400, await server.CloseCode(socket));
    }

    [Fact]
    public async Task A_binary_message_closes_with_4400()
    {
        await using var server = await InProcessServer.Start();
        using var socket = await server.Acknowledged();
        await socket.SendAsync("{}"u8.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, server.Patience);
        Assert.Equal(4400, await server.CloseCode(socket));
    }

    [Fact]
    public async Task An_operation_before_the_acknowledgement_closes_with_4401()
    {
        await using var server = await InProcessServer.Start();
        using var socket = await server.Socket();
        await server.Send(socket, InProcessServer.Subscribe("1", "{ __typename }"));
        Assert.Equal(4401, await server.CloseCode(socket));
    }

    [Theory]
    [InlineData("""{"type":"connection_init"}""")]
    [InlineData("""{"type":"connection_init","payload":{"authorization":"Bearer of nothing"}}""")]
    [InlineData("""{"type":"connection_init","payload":{"authorization":7}}""")]
    public async Task No_valid_token_closes_with_4403(string init)
    {
        await using var server = await InProcessServer.Start();
        using var socket = await server.Socket();
        await server.Send(socket, init);
        Assert.Equal(4403, await server.CloseCode(socket));
    }

    [Fact]
    public async Task A_token_in_the_handshakes_header_will_do()
    {
        await using var server = await InProcessServer.Start();
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.SetRequestHeader("Authorization", $"Bearer {server.Token()}");
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws" }.Uri, server.Patience);
        await server.Send(socket, """{"type":"connection_init"}""");
        using var ack = await server.Receive(socket);
        Assert.Equal("connection_ack", ack!.RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Another_subprotocol_closes_with_4406()
    {
        await using var server = await InProcessServer.Start();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws" }.Uri, server.Patience);
        Assert.Equal(4406, await server.CloseCode(socket));
    }

    [Fact]
    public async Task A_client_that_says_nothing_is_closed_with_4408()
    {
        var limits = new StreamLimits { InitTimeout = TimeSpan.FromMilliseconds(100) };
        await using var server = await InProcessServer.Start(limits);
        using var socket = await server.Socket();
        Assert.Equal(4408, await server.CloseCode(socket));
    }

    [Fact]
    public async Task The_same_id_twice_closes_with_4409()
    {
        await using var server = await InProcessServer.Start();
        using var socket = await server.Acknowledged();
        await server.Send(socket, InProcessServer.Subscribe("1", Figures));
        await server.Send(socket, InProcessServer.Subscribe("1", Figures));
        Assert.Equal(4409, await server.CloseCode(socket));
    }

    [Fact]
    public async Task A_second_init_closes_with_4429()
    {
        await using var server = await InProcessServer.Start();
        using var socket = await server.Acknowledged();
        await server.Send(socket, server.Init());
        Assert.Equal(4429, await server.CloseCode(socket));
    }

    [Fact]
    public async Task A_ping_is_answered_and_an_unknown_completion_is_not()
    {
        await using var server = await InProcessServer.Start();
        using var socket = await server.Socket();
        await server.Send(socket, """{"type":"complete","id":"nobody"}""");
        await server.Send(socket, """{"type":"pong"}""");
        await server.Send(socket, """{"type":"ping","payload":{"a":[1]}}""");
        using var pong = await server.Receive(socket);
        Assert.Equal("pong", pong!.RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_completed_id_may_be_used_again()
    {
        await using var server = await InProcessServer.Start();
        using var socket = await server.Acknowledged();
        for (var i = 0; i < 20; i++)
        {
            await server.Send(socket, InProcessServer.Subscribe("1", "{ me { role } }"));
            using var next = await server.Receive(socket);
            using var complete = await server.Receive(socket);
            Assert.Equal("next", next!.RootElement.GetProperty("type").GetString());
            Assert.Equal("complete", complete!.RootElement.GetProperty("type").GetString());
        }
    }
}
