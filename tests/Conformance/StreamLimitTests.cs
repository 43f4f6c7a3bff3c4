using System.Net.WebSockets;
using OsstOrleans.Gateway;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.Gateway.Transports;

namespace OsstOrleans.Conformance.Tests;

/// <summary>What a stream may cost, and how it ends when the process does.</summary>
public sealed class StreamLimitTests
{
    private const string Figures = "subscription { caseloadMetrics { clients } }";

    private const string Large =
        "{ __schema { types { name description fields(includeDeprecated: true) { name description } } } }";

    [Fact]
    public async Task An_operation_past_the_limit_is_refused_and_the_others_go_on()
    {
        var limits = new StreamLimits { MaxOperationsPerSocket = 1 };
        await using var server = await InProcessServer.Start(limits);
        using var socket = await server.Acknowledged();
        await server.Send(socket, InProcessServer.Subscribe("1", Figures));
        using var next = await server.Receive(socket);
        Assert.Equal("1", next!.RootElement.GetProperty("id").GetString());
        await server.Send(socket, InProcessServer.Subscribe("2", Figures));
        using var refused = await server.Receive(socket);
        Assert.Equal("error", refused!.RootElement.GetProperty("type").GetString());
        var code = refused.RootElement.GetProperty("payload")[0].GetProperty("extensions").GetProperty("code");
        Assert.Equal("LIMIT_OPERATIONS", code.GetString());
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task All_sockets_of_a_caller_share_one_limit()
    {
        var settings = new GatewaySettings { Http = new HttpLimits { MaxOperationsPerCaller = 1 } };
        await using var server = await InProcessServer.Start(new ServerOptions { Settings = settings });
        using var first = await server.Acknowledged();
        await server.Send(first, InProcessServer.Subscribe("1", Figures));
        using var next = await server.Receive(first);
        using var second = await server.Acknowledged();
        await server.Send(second, InProcessServer.Subscribe("1", Figures));
        using var refused = await server.Receive(second);
        Assert.Equal("error", refused!.RootElement.GetProperty("type").GetString());
        await server.Send(first, """{"type":"complete","id":"1"}""");
        await Patience.Until(() => server.Silo.Signals.Watches == 0);
    }

    [Fact]
    public async Task A_message_that_is_too_large_closes_the_socket()
    {
        await using var server = await InProcessServer.Start();
        using var socket = await server.Socket();
        await server.Send(socket, new string(' ', 100_000));
        Assert.Equal((int)WebSocketCloseStatus.MessageTooBig, await server.CloseCode(socket));
    }

    [Fact]
    public async Task A_client_that_takes_nothing_is_cut_off()
    {
        var limits = new StreamLimits { SendTimeout = TimeSpan.FromMilliseconds(200) };
        await using var server = await InProcessServer.Start(limits);
        using var socket = await server.Acknowledged();
        await server.Send(socket, InProcessServer.Subscribe("watch", Figures));
        await Patience.Until(() => server.Silo.Signals.Watches == 1);
        // Far more than the sockets' buffers of both sides take.
        for (var i = 0; i < 90; i++)
        {
            await server.Send(socket, InProcessServer.Subscribe($"{i}", Large));
        }
        await Patience.Until(() => server.Silo.Signals.Watches == 0);
    }

    [Fact]
    public async Task A_client_that_vanishes_leaves_nothing_behind()
    {
        await using var server = await InProcessServer.Start();
        using (var socket = await server.Acknowledged())
        {
            await server.Send(socket, InProcessServer.Subscribe("1", Figures));
            await Patience.Until(() => server.Silo.Signals.Watches == 1);
            socket.Abort();
        }
        await Patience.Until(() => server.Silo.Signals.Watches == 0);
    }

    [Fact]
    public async Task A_draining_process_tells_its_sockets_and_does_not_wait_for_subscriptions()
    {
        await using var server = await InProcessServer.Start();
        using var socket = await server.Acknowledged();
        await server.Send(socket, InProcessServer.Subscribe("1", Figures));
        using var first = await server.Receive(socket);
        var drained = server.Drain();
        Assert.Equal((int)WebSocketCloseStatus.EndpointUnavailable, await server.CloseCode(socket));
        await drained.WaitAsync(server.Patience);
        Assert.Equal(0, server.Silo.Signals.Watches);
    }
}
