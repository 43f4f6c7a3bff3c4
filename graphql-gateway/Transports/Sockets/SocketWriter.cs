using System.Net.WebSockets;

namespace OsstOrleans.Gateway.Transports.Sockets;

/// <summary>
/// The way out of one socket, a message at a time. Nothing is queued: a sender waits for its turn, so a
/// socket holds at most one message an operation, and a client that takes nothing for too long is cut off.
/// </summary>
internal sealed class SocketWriter(WebSocket socket, TimeSpan atMost, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private bool _closed;

    /// <summary>False when the socket takes no message any more.</summary>
    public async ValueTask<bool> Send(ReadOnlyMemory<byte> message)
    {
        await _turn.WaitAsync();
        try
        {
            if (_closed)
            {
                return false;
            }
            var sent = socket.SendAsync(message, WebSocketMessageType.Text, true, CancellationToken.None);
            if (!sent.IsCompletedSuccessfully)
            {
                await sent.AsTask().WaitAsync(atMost, time);
            }
            return true;
        }
        catch (Exception fault) when (IsGone(fault))
        {
            _closed = true;
            socket.Abort();
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Says why, once; no message follows it.</summary>
    public async Task Close(SocketClose why)
    {
        await _turn.WaitAsync();
        try
        {
            if (!_closed)
            {
                _closed = true;
                await socket.CloseOutputAsync((WebSocketCloseStatus)why.Code, why.Reason, CancellationToken.None)
                    .WaitAsync(atMost, time);
            }
        }
        catch (Exception fault) when (IsGone(fault))
        {
            socket.Abort();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static bool IsGone(Exception fault) =>
        fault is WebSocketException or TimeoutException or OperationCanceledException or IOException
            or InvalidOperationException;
}
