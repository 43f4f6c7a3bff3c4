using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>Where a connection breaks.</summary>
internal enum Cut
{
    None,

    /// <summary>The next request never arrives.</summary>
    BeforeRequest,

    /// <summary>The next request arrives, and its answer is lost.</summary>
    BeforeAnswer,
}

/// <summary>
/// Stands between a store and its server, and cuts one connection where it is told to: the one whose request contains a
/// marker.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private int _next;
    private byte[] _marker = [];
    private TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _passed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CuttingProxy(int server)
    {
        Server = server;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Accept();
    }

    public int Port { get; }

    /// <summary>The port of the server that new connections lead to.</summary>
    public int Server { get; set; }

    /// <summary>Completes when a connection has been cut.</summary>
    public Task WasCut => _cut.Task.Patiently();

    /// <summary>Completes when a marked request has passed since the arming.</summary>
    public Task RequestPassed => _passed.Task.Patiently();

    public void Arm(Cut next, string marker)
    {
        _marker = Encoding.UTF8.GetBytes(marker);
        _cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _next, (int)next);
    }

    /// <summary>Cuts the connection of the request that has passed, without waiting for its answer.</summary>
    public Action CutNow { get; private set; } = () => { };

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
                _ = Serve(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(IPAddress.Loopback, Server);
            var marked = new StrongBox<bool>();
            await Task.WhenAny(ToServer(client, server, marked), ToClient(server, client, marked));
        }
    }

    private Task ToServer(TcpClient client, TcpClient server, StrongBox<bool> marked) => Pump(
        client, server,
        request =>
        {
            var isMarked = _marker.Length > 0 && request.Span.IndexOf(_marker) >= 0;
            marked.Value |= isMarked;
            return isMarked && IsCut(Cut.BeforeRequest);
        },
        () =>
        {
            if (marked.Value)
            {
                CutNow = () => CloseBoth(client, server);
                _passed.TrySetResult();
            }
        });

    private Task ToClient(TcpClient server, TcpClient client, StrongBox<bool> marked) => Pump(
        server, client, _ => marked.Value && IsCut(Cut.BeforeAnswer), () => { });

    private bool IsCut(Cut here)
    {
        if (Interlocked.CompareExchange(ref _next, (int)Cut.None, (int)here) != (int)here)
        {
            return false;
        }
        _cut.TrySetResult();
        return true;
    }

    private static async Task Pump(
        TcpClient from, TcpClient to, Func<ReadOnlyMemory<byte>, bool> isCut, Action passed)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var count && !isCut(buffer.AsMemory(0, count)))
            {
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
                passed();
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The other direction was cut.
        }
    }

    /// <summary>The server is not told: it sees its connection only when it next reads or writes.</summary>
    private static void CloseBoth(TcpClient client, TcpClient server)
    {
        client.Close();
        server.Close();
    }
}
