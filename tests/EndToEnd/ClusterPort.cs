using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>A stranger at a port by which a cluster's processes talk.</summary>
internal static class ClusterPort
{
    /// <summary>Shakes hands with the port, which must show the cluster's certificate.</summary>
    public static async Task Greet(int port, ClusterCertificate cluster)
    {
        using var socket = await Connect(port);
        await using var stream = new NetworkStream(socket);
        await ShakeHands(stream, cluster, cluster.Own);
    }

    /// <summary>Whether somebody with a certificate, or none, is hung up on without a word.</summary>
    public static Task<bool> HangsUpOn(int port, ClusterCertificate cluster, X509Certificate2? shown) =>
        IsHungUpOn(port, stream => ShakeHands(stream, cluster, shown));

    /// <summary>Whether somebody who speaks no TLS is.</summary>
    public static Task<bool> HangsUpOnWhoTalksInClear(int port) => IsHungUpOn(port, async stream =>
    {
        await stream.WriteAsync("not a handshake, and long enough to be sure of that"u8.ToArray());
        return stream;
    });

    private static async Task<Stream> ShakeHands(
        Stream stream, ClusterCertificate cluster, X509Certificate2? shown)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            ClientCertificates = shown is null ? [] : [shown],
            RemoteCertificateValidationCallback = (_, theirs, _, _) => cluster.Accepts((X509Certificate2)theirs!),
        });
        return tls;
    }

    private static async Task<bool> IsHungUpOn(int port, Func<Stream, Task<Stream>> greet)
    {
        using var socket = await Connect(port);
        await using var stream = new NetworkStream(socket);
        try
        {
            var greeted = await greet(stream);
            return await greeted.ReadAsync(new byte[64]).AsTask().Patiently() == 0;
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException)
        {
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task<Socket> Connect(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }
}
