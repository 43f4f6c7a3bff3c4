using HotChocolate;
using HotChocolate.Resolvers;
using OsstOrleans.Gateway.Engines.HotChocolate.Answers;

namespace OsstOrleans.Gateway.Engines.HotChocolate;

/// <summary>One request's own, carried by the engine to every resolver. Thread-safe.</summary>
internal sealed class RequestRun(GraphQLRequestContext request, GraphQLOptions options) : IDisposable
{
    /// <summary>Its place in the engine's global state.</summary>
    public const string Key = "osst";

    private readonly Lock _gate = new();
    private readonly List<FieldFault> _faults = [];
    private readonly SemaphoreSlim _turns = new(options.Limits.MaxConcurrentResolvers);
    private Exception? _told;

    public GraphQLRequestContext Request { get; } = request;

    /// <summary>Ends a subscription's stream.</summary>
    public CancellationToken StreamEnded { get; init; }

    /// <summary>What the gate adds to every answer; null for nothing.</summary>
    public string? Extensions { get; init; }

    /// <summary>True from the event on that says why a stream broke.</summary>
    public bool IsBroken { get; set; }

    /// <summary>What resolvers have thrown, by number.</summary>
    public IReadOnlyList<FieldFault> Faults => _faults;

    public static RequestRun Of(IResolverContext context) => (RequestRun)context.ContextData[Key]!;

    /// <summary>Starts the next event of a subscription.</summary>
    public void Forget()
    {
        lock (_gate)
            _faults.Clear();
    }

    /// <summary>
    /// Calls a resolver in its turn: no more at once than the limits allow, and no longer than the request lives.
    /// </summary>
    public async ValueTask<TValue> Turn<TValue>(Func<ValueTask<TValue>> resolve)
    {
        var token = Request.Cancelled;
        await _turns.WaitAsync(token);
        try
        {
            var task = resolve();
            if (task.IsCompleted || !token.CanBeCanceled)
                return await task;
            // A resolver that does not watch the token must not hold the answer back.
            return await task.AsTask().WaitAsync(token);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>
    /// The engine's form of an exception: it puts the path to it, the writer of the answer all else.
    /// </summary>
    public GraphQLException Fault(Exception exception)
    {
        var fault = exception switch
        {
            FieldFault expected => expected,
            OperationCanceledException when Request.Cancelled.IsCancellationRequested => new FieldFault(
                GraphQLErrorCodes.Timeout, "The execution was cancelled or took too long."),
            _ => options.Expected?.Invoke(exception) ?? Masked(exception),
        };
        int number;
        lock (_gate)
        {
            number = _faults.Count;
            _faults.Add(fault);
        }
        return new GraphQLException(
            ErrorBuilder.New().SetMessage(fault.Message).SetExtension(AnswerWriter.FaultKey, number).Build());
    }

    /// <summary>A fault inside the engine itself.</summary>
    public void Unexpected(string code) => options.OnUnexpectedFault?.Invoke(
        new InvalidOperationException($"HotChocolate reports an unexpected fault, code {code}."), Request.TraceId);

    public void Dispose() => _turns.Dispose();

    private FieldFault Masked(Exception exception)
    {
        // A batch that fails as a whole fails at every parent, but is reported once.
        if (Interlocked.Exchange(ref _told, exception) != exception)
            options.OnUnexpectedFault?.Invoke(exception, Request.TraceId);
        return new FieldFault(
            GraphQLErrorCodes.Internal, "Unexpected fault",
            new Dictionary<string, object?> { ["traceId"] = Request.TraceId });
    }
}
