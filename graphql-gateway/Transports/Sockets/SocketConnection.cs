using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Gateway.Transports.Sockets;

/// <summary>
/// One socket of <c>graphql-transport-ws</c>: first the client says who it is, then any number of operations share it.
/// </summary>
internal sealed class SocketConnection : IDisposable
{
    private const int ReadBytes = 2048;

    /// <summary>A socket keeps no larger buffer than this between two messages.</summary>
    private const int KeptBytes = 16 * 1024;

    /// <summary>Enough for a token; more is read from those only whom we know.</summary>
    private const int MaxInitBytes = 16 * 1024;

    private readonly WebSocket _socket;
    private readonly StreamServices _services;
    private readonly SocketWriter _writer;
    private readonly SocketIdentity _identity;
    private readonly string _traceId;
    private readonly CancellationTokenSource _reading;
    private readonly ConcurrentDictionary<string, SocketOperation> _operations = new(StringComparer.Ordinal);
    private readonly ITimer _deadline;

    private volatile Verified? _caller;
    private IDisposable? _revocation;
    private bool _initialised;
    private bool _closing;

    /// <param name="socket">The socket, accepted.</param>
    /// <param name="services">Engine, tokens and limits.</param>
    /// <param name="identity">Knows who speaks.</param>
    /// <param name="traceId">Ties an unexpected fault to its line in the log.</param>
    public SocketConnection(WebSocket socket, StreamServices services, SocketIdentity identity, string traceId)
    {
        (_socket, _services, _identity, _traceId) = (socket, services, identity, traceId);
        _writer = new SocketWriter(socket, services.Limits.SendTimeout, services.Time);
        _reading = new CancellationTokenSource(Timeout.InfiniteTimeSpan, services.Time);
        // One timer for both ends that time sets: of the wait for a name, and then of the token.
        _deadline = services.Time.CreateTimer(
            _ => _ = Close(_caller is null ? SocketClose.InitTimeout : SocketClose.Expired),
            null, services.Limits.InitTimeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Serves the socket until either side has closed it.</summary>
    public async Task Run()
    {
        await using var drain = _services.Stopping.Register(() => _ = Drain());
        try
        {
            await Receive();
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException)
        {
            _socket.Abort(); // The client is gone without a close.
        }
        finally
        {
            await _deadline.DisposeAsync();
            _revocation?.Dispose();
            EndAll(all: true);
            await Task.WhenAll(_operations.Values.Select(o => o.Running));
            _caller?.Use.Close();
        }
    }

    public void Dispose()
    {
        _reading.Dispose();
        _writer.Dispose();
    }

    private async Task Receive()
    {
        var text = new ArrayBufferWriter<byte>(ReadBytes);
        while (true)
        {
            var read = await _socket.ReceiveAsync(text.GetMemory(ReadBytes), _reading.Token);
            text.Advance(read.Count);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                await Close(SocketClose.Normal);
                return;
            }
            if (text.WrittenCount > (_caller is null ? MaxInitBytes : _services.Http.MaxBodyBytes))
            {
                await Close(SocketClose.TooBig);
            }
            else if (read.EndOfMessage)
            {
                var isText = read.MessageType == WebSocketMessageType.Text;
                await Take(isText ? SocketMessage.Parse(text.WrittenMemory) : null);
            }
            else
            {
                continue;
            }
            text.ResetWrittenCount();
            text = text.Capacity > KeptBytes ? new ArrayBufferWriter<byte>(ReadBytes) : text;
        }
    }

    private Task Take(SocketMessage? message) => Volatile.Read(ref _closing) ? Task.CompletedTask : message switch
    {
        { Type: SocketMessage.Init } init => Init(init),
        { Type: SocketMessage.Ping } ping => Ping(ping),
        { Type: SocketMessage.Pong } => Task.CompletedTask,
        { Type: SocketMessage.Subscribe } subscribe => Subscribe(subscribe),
        { Type: SocketMessage.Complete, Id: { } id } => Complete(id),
        _ => Close(SocketClose.Invalid),
    };

    private async Task Init(SocketMessage init)
    {
        if (_initialised)
        {
            await Close(SocketClose.TooManyInits);
            return;
        }
        _initialised = true;
        if (await _identity.Of(init) is not { } caller)
        {
            await Close(SocketClose.Forbidden);
            return;
        }
        if (!caller.Use.TryOpen(_services.Http.MaxSocketsPerCaller))
        {
            await Close(SocketClose.TooManySockets);
            return;
        }
        Follow(caller);
        await _writer.Send(SocketAnswers.Ack);
    }

    /// <summary>A ping may bring a new token of the same person, so that a socket outlives the short life of one.
    /// </summary>
    private async Task Ping(SocketMessage ping)
    {
        if (_caller is { } caller && SocketIdentity.IsIn(ping))
        {
            if (await _identity.Renew(ping, caller) is not { } renewed)
            {
                await Close(SocketClose.Forbidden);
                return;
            }
            Follow(renewed);
        }
        await _writer.Send(SocketAnswers.Pong);
    }

    /// <summary>From now on this token says how long the socket lives.</summary>
    private void Follow(Verified caller)
    {
        _revocation?.Dispose();
        _caller = caller;
        _revocation = _services.Tokens.WhenRevoked(caller, () => _ = Close(SocketClose.Revoked));
        _deadline.Change(Validity.Left(caller.Expires, _services.Time), Timeout.InfiniteTimeSpan);
    }

    private async Task Subscribe(SocketMessage message)
    {
        var id = message.Id!;
        if (_caller is not { } caller)
        {
            await Close(SocketClose.Unauthorized);
        }
        else if (_operations.ContainsKey(id))
        {
            await Close(SocketClose.Exists(id));
        }
        else if (_operations.Count >= _services.Limits.MaxOperationsPerSocket)
        {
            await _writer.Send(new SocketAnswers(id).Error(Refusal.TooManyOperations));
        }
        else
        {
            await Start(id, message, caller);
        }
    }

    private async Task Start(string id, SocketMessage message, Verified caller)
    {
        try
        {
            var operation = new SocketOperation(id, _services.Admit(message.Request(), caller), _services);
            _operations[id] = operation;
            operation.Start(
                caller, () => _services.Tokens.IsValid(_caller ?? caller), _traceId, _writer,
                over => _operations.TryRemove(KeyValuePair.Create(over.Id, over)));
        }
        catch (GraphQLRequestFault fault) when (fault.Code != GraphQLErrorCodes.BadRequest)
        {
            await _writer.Send(new SocketAnswers(id).Error((fault.Code, fault.Message)));
        }
        catch (GraphQLRequestFault fault)
        {
            await Close(SocketClose.BadRequest(fault.Message));
        }
    }

    private Task Complete(string id)
    {
        if (_operations.TryRemove(id, out var operation))
        {
            operation.End();
        }
        return Task.CompletedTask; // An unknown id may have been completed by both sides at once.
    }

    /// <summary>
    /// Lets queries and mutations finish, and then says that the process goes. Subscriptions are not completed: a
    /// client takes them up again on its next connection.
    /// </summary>
    private async Task Drain()
    {
        EndAll(all: false);
        var running = Task.WhenAll(_operations.Values.Where(o => !o.IsSubscription).Select(o => o.Running));
        await Task.WhenAny(running, Task.Delay(_services.Limits.CloseTimeout, _services.Time));
        await Close(SocketClose.GoingAway);
    }

    private async Task Close(SocketClose why)
    {
        if (Interlocked.Exchange(ref _closing, true))
        {
            return;
        }
        EndAll(all: true);
        await _writer.Close(why);
        try
        {
            _reading.CancelAfter(_services.Limits.CloseTimeout);
        }
        catch (ObjectDisposedException)
        {
            // The client agreed before we could begin to wait for it.
        }
    }

    private void EndAll(bool all)
    {
        foreach (var operation in _operations.Values.Where(o => all || o.IsSubscription))
        {
            operation.End();
        }
    }
}
