namespace OsstOrleans.Gateway.Transports.Sockets;

/// <summary>Takes WebSockets at the address of GraphQL itself.</summary>
internal sealed class SocketEndpoint(StreamServices services)
{
    public const string Subprotocol = "graphql-transport-ws";

    /// <summary>
    /// The handling of requests that ask for another protocol. A pipeline of its own: what sockets need is looked up
    /// for those requests only.
    /// </summary>
    public static RequestDelegate Build(IApplicationBuilder app, StreamServices services)
    {
        var sockets = app.New();
        sockets.UseWebSockets(new WebSocketOptions
        {
            KeepAliveInterval = services.Limits.KeepAlive,
            KeepAliveTimeout = services.Limits.KeepAlive,
        });
        sockets.Run(new SocketEndpoint(services).Handle);
        return sockets.Build();
    }

    private async Task Handle(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.Headers.Upgrade = "websocket";
            await Refusal.Write(
                http, StatusCodes.Status426UpgradeRequired, Negotiation.Json, Refusal.Protocol);
            return;
        }
        if (!http.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol))
        {
            // Accepted only to say why: a browser does not see the reason of a refused handshake.
            using var other = await http.WebSockets.AcceptWebSocketAsync();
            using var refused = new SocketWriter(other, services.Limits.SendTimeout, services.Time);
            await refused.Close(SocketClose.Subprotocol);
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync(Subprotocol);
        using var connection = new SocketConnection(
            socket, services, SocketIdentity.Of(http, services.Tokens), StreamServices.TraceOf(http));
        services.CountSocket(1);
        try
        {
            await connection.Run();
        }
        finally
        {
            services.CountSocket(-1);
        }
    }
}
