using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OsstOrleans.Benchmarks.Kills;

/// <summary>A receiver of webhooks that outlives every server, and keeps the places of what arrived.</summary>
internal sealed class KillReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<long> _arrived = [];
    private readonly Task _running;

    public KillReceiver()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _running = Task.Run(Take);
    }

    public string Address { get; }

    /// <summary>The places of the events that arrived, each at its first arrival.</summary>
    public IReadOnlyList<long> Arrived
    {
        get
        {
            lock (_arrived)
            {
                return [.. _arrived.Distinct()];
            }
        }
    }

    public void Dispose()
    {
        _listener.Close();
        _running.Wait();
    }

    private async Task Take()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                lock (_arrived)
                {
                    _arrived.Add(long.Parse(
                        context.Request.Headers["webhook-id"]!.Split('-')[0], CultureInfo.InvariantCulture));
                }
                context.Response.StatusCode = 204;
                context.Response.Close();
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                // The sender was killed, or this one ends.
            }
        }
    }
}
