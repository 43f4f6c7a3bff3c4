using System.Buffers.Text;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace OsstOrleans.Benchmarks;

/// <summary>Many subscribers to one caseload's figures, each on a socket of its own.</summary>
internal sealed class SocketSwarm : IAsyncDisposable
{
    /// <summary>One caller may have so many operations at once (<c>StreamLimits</c>); the swarm is several.</summary>
    private const int SocketsPerCaller = 1_000;

    private const string Subscription =
        "subscription { caseloadMetrics(municipalities: [\"837\"]) { asOf { position } clients "
        + "byStatus { status count } } }";

    private static readonly string Subscribe = JsonSerializer.Serialize(
        new { type = "subscribe", id = "1", payload = new { query = Subscription } });

    private readonly ClientWebSocket[] _sockets;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _readers;
    private readonly long[] _seen;
    private readonly long[] _seenAt;
    private readonly Lock _gate = new();
    private long _awaited = long.MaxValue;
    private int _missing;
    private TaskCompletionSource _all = new();

    private SocketSwarm(ClientWebSocket[] sockets)
    {
        (_sockets, _readers) = (sockets, new Task[sockets.Length]);
        (_seen, _seenAt) = (new long[sockets.Length], new long[sockets.Length]);
    }

    /// <summary>Opens the sockets, fifty at a time, and reads each one's first answer.</summary>
    public static async Task<SocketSwarm> Open(Uri address, int count, Func<int, string> token)
    {
        var sockets = new ClientWebSocket[count];
        var tokens = Enumerable.Range(0, count / SocketsPerCaller + 1).Select(token).ToArray();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (i, _) =>
            sockets[i] = await Connect(address, tokens[i / SocketsPerCaller]));
        var swarm = new SocketSwarm(sockets);
        for (var i = 0; i < count; i++)
        {
            swarm._readers[i] = swarm.Read(i);
        }
        await swarm.WaitFor(0, Stopwatch.GetTimestamp());
        return swarm;
    }

    /// <summary>Waits until every subscriber has seen a position; what each took, in rising milliseconds.</summary>
    public async Task<double[]> WaitFor(long position, long since)
    {
        lock (_gate)
        {
            _awaited = Math.Max(position, 1);
            _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _missing = _seen.Count(seen => seen < _awaited);
            if (_missing == 0)
            {
                _all.SetResult();
            }
        }
        await _all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return [.. _seenAt.Select(at => Math.Max(0, Stopwatch.GetElapsedTime(since, at).TotalMilliseconds)).Order()];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_readers);
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
        _stop.Dispose();
    }

    private static async Task<ClientWebSocket> Connect(Uri address, string token)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.SetBuffer(1024, 1024);
        await socket.ConnectAsync(address, CancellationToken.None);
        await Send(socket, $$$"""{"type":"connection_init","payload":{"authorization":"Bearer {{{token}}}"}}""");
        await socket.ReceiveAsync(new byte[1024], CancellationToken.None);
        await Send(socket, Subscribe);
        return socket;
    }

    private static Task Send(ClientWebSocket socket, string text) => socket.SendAsync(
        Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private async Task Read(int number)
    {
        var buffer = new byte[2048];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult read;
                do
                {
                    read = await _sockets[number].ReceiveAsync(buffer.AsMemory(length), _stop.Token);
                    length += read.Count;
                }
                while (!read.EndOfMessage);
                Note(number, PositionIn(buffer.AsSpan(0, length)));
            }
        }
        catch (OperationCanceledException)
        {
            // The swarm goes home.
        }
    }

    private void Note(int number, long position)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if (_seen[number] < _awaited && position >= _awaited && --_missing == 0)
            {
                _all.TrySetResult();
            }
            (_seen[number], _seenAt[number]) = (position, now);
        }
    }

    private static long PositionIn(ReadOnlySpan<byte> answer)
    {
        var at = answer.IndexOf("\"position\":"u8);
        return at >= 0 && Utf8Parser.TryParse(answer[(at + 11)..], out long position, out _) ? position : 0;
    }
}
