using System.Security.Cryptography.X509Certificates;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Gateway.Transports.Sockets;

/// <summary>Who speaks on a socket: by its messages, else by the headers of its handshake.</summary>
internal sealed class SocketIdentity
{
    private const string Authorization = "authorization";

    private readonly Tokens _tokens;
    private readonly string? _header;
    private readonly string? _purpose;
    private readonly X509Certificate2? _certificate;

    private SocketIdentity(Tokens tokens, string? header, string? purpose, X509Certificate2? certificate) =>
        (_tokens, _header, _purpose, _certificate) = (tokens, header, purpose, certificate);

    public static SocketIdentity Of(HttpContext handshake, Tokens tokens)
    {
        var headers = handshake.Request.Headers;
        return new SocketIdentity(
            tokens, headers.Authorization, RequestPurpose.In(headers), handshake.Connection.ClientCertificate);
    }

    /// <summary>True for a message that brings a token.</summary>
    public static bool IsIn(SocketMessage message) => message.Text(Authorization) is not null;

    /// <summary>The caller of a <c>connection_init</c>; null for an unknown one.</summary>
    public async ValueTask<Verified?> Of(SocketMessage init) =>
        await _tokens.Identify(init.Text(Authorization) ?? _header, _certificate) is { } caller
            ? caller with { Purpose = init.Text(RequestPurpose.Name) ?? _purpose }
            : null;

    /// <summary>
    /// The caller by a newer token; null when it is not valid, is another person's, or gives other rights: what streams
    /// under way may show was decided by the earlier ones.
    /// </summary>
    public async ValueTask<Verified?> Renew(SocketMessage ping, Verified before) =>
        await _tokens.Identify(ping.Text(Authorization), _certificate) is { } caller
        // What registers leave of a token now may be equal for two that say unequal rights, and another tomorrow.
        && caller.Identity.Caller.HasRightsOf(before.Identity.Caller) && caller.Caller.HasRightsOf(before.Caller)
            ? caller with { Purpose = before.Purpose }
            : null;
}
