using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Gateway.Transports.Sockets;

/// <summary>One operation under way on a socket.</summary>
internal sealed class SocketOperation(string id, GraphQLRequest request, StreamServices services) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    public string Id => id;

    public bool IsSubscription { get; } = services.IsSubscription(request);

    /// <summary>Completes when the operation has said its last word.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <param name="caller">Who asks.</param>
    /// <param name="isValid">False when the connection's token is over.</param>
    /// <param name="traceId">Ties an unexpected fault to its line in the log.</param>
    /// <param name="writer">Where the answers go.</param>
    /// <param name="over">Called before the last message, so that the client may use the id again.</param>
    public void Start(
        Verified caller, Func<bool> isValid, string traceId, SocketWriter writer, Action<SocketOperation> over) =>
        Running = Task.Run(() => Run(caller, isValid, traceId, writer, over));

    /// <summary>Nothing more is sent.</summary>
    public void End()
    {
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It came to its end by itself at the same moment.
        }
    }

    public void Dispose() => _ended.Dispose();

    private async Task Run(
        Verified caller, Func<bool> isValid, string traceId, SocketWriter writer, Action<SocketOperation> over)
    {
        var messages = new SocketAnswers(id);
        var entered = caller.Use.TryBegin(services.Http.MaxOperationsPerCaller);
        try
        {
            if (!entered)
            {
                over(this);
                await writer.Send(messages.Error(Refusal.TooManyOperations));
            }
            else if (await Answer(caller, isValid, traceId, writer, messages, over))
            {
                over(this);
                await writer.Send(messages.Complete());
            }
        }
        finally
        {
            over(this);
            if (entered)
            {
                caller.Use.End();
            }
            Dispose();
        }
    }

    /// <summary>True when the operation came to its end and the client does not know that yet.</summary>
    private async Task<bool> Answer(
        Verified caller, Func<bool> isValid, string traceId, SocketWriter writer, SocketAnswers messages,
        Action<SocketOperation> over)
    {
        await foreach (var answer in services.Answers(request, caller, traceId, _ended.Token))
        {
            // A timer closes the socket when the token ends; this is for an event that comes before the timer.
            if (_ended.IsCancellationRequested || !isValid())
            {
                return false;
            }
            var isLast = SocketAnswers.IsError(answer);
            var message = messages.Answer(answer);
            if (isLast)
            {
                over(this);
            }
            if (!await writer.Send(message) || isLast)
            {
                return false;
            }
        }
        return !_ended.IsCancellationRequested;
    }
}
