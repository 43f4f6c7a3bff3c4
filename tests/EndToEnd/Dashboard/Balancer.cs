using System.Net;
using System.Net.Sockets;

namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>What stands before gateways: each connection goes to the first of them that takes it.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IReadOnlyList<Uri> _gateways;
    private readonly Task _accepting;

    public Balancer(params IReadOnlyList<Uri> gateways)
    {
        _gateways = gateways;
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = Accept();
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Carry(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private async Task Carry(TcpClient browser)
    {
        using (browser)
        {
            foreach (var gateway in _gateways)
            {
                using var server = new TcpClient();
                try
                {
                    await server.ConnectAsync(IPAddress.Loopback, gateway.Port);
                    var (here, there) = (browser.GetStream(), server.GetStream());
                    await Task.WhenAny(here.CopyToAsync(there), there.CopyToAsync(here));
                    return;
                }
                catch (Exception fault) when (fault is SocketException or IOException)
                {
                    if (server.Connected)
                    {
                        return;
                    }
                }
            }
        }
    }
}
