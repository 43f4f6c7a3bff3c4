using System.Net.WebSockets;

namespace OsstOrleans.Gateway.Transports.Sockets;

/// <summary>Why a socket is closed, in the protocol's codes. Clients come again after the ones that may pass.</summary>
/// <param name="Code">The close code.</param>
/// <param name="Reason">At most 123 bytes.</param>
internal sealed record SocketClose(int Code, string Reason)
{
    /// <summary>The client's own wish.</summary>
    public static readonly SocketClose Normal = new((int)WebSocketCloseStatus.NormalClosure, "");

    /// <summary>The process stops; another one, or the same anew, takes the client's next connection.</summary>
    public static readonly SocketClose GoingAway =
        new((int)WebSocketCloseStatus.EndpointUnavailable, "The server is going away");

    public static readonly SocketClose TooBig =
        new((int)WebSocketCloseStatus.MessageTooBig, "The message is too large");

    /// <summary>The caller has as many sockets as it may: a client gives up on this code.</summary>
    public static readonly SocketClose TooManySockets =
        new((int)WebSocketCloseStatus.PolicyViolation, "Too many sockets of this caller are open");

    public static readonly SocketClose Invalid = new(4400, "The message is none of graphql-transport-ws");

    /// <summary>An operation before the client said who it is.</summary>
    public static readonly SocketClose Unauthorized = new(4401, "Unauthorized");

    /// <summary>No valid token.</summary>
    public static readonly SocketClose Forbidden = new(4403, "Forbidden");

    /// <summary>The token was valid until now: the same code, so that clients come again with a new one.</summary>
    public static readonly SocketClose Expired = new(4403, "The bearer token has expired");

    /// <summary>The token was revoked; a new one is welcome.</summary>
    public static readonly SocketClose Revoked = new(4403, "The bearer token was revoked");

    public static readonly SocketClose Subprotocol = new(4406, "Subprotocol not acceptable");

    public static readonly SocketClose InitTimeout = new(4408, "Connection initialisation timeout");

    public static readonly SocketClose TooManyInits = new(4429, "Too many initialisation requests");

    private const int MaxShownId = 64;

    public static SocketClose Exists(string id) => new(
        4409, $"Subscriber for {(id.Length <= MaxShownId && id.All(char.IsAscii) ? id : "that id")} already exists");

    public static SocketClose BadRequest(string why) => new(4400, why.Length <= 100 ? why : "Invalid message");
}
