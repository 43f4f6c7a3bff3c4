using System.Buffers;
using System.Collections.Concurrent;
using OsstOrleans.Gateway.Engines;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Transports;

/// <summary>What both streaming transports need; one per process.</summary>
/// <param name="stopping">Ends when the process drains.</param>
internal sealed class StreamServices(
    IGraphQLEngine engine, Tokens tokens, TimeProvider time, StreamLimits limits, CancellationToken stopping)
{
    private readonly ConcurrentDictionary<string, int> _operations = new(StringComparer.Ordinal);

    /// <summary>When a query or mutation that starts now is out of time.</summary>
    public Deadlines Deadlines { get; } = new(GraphQLEndpoint.ExecutionTime, time);

    public Tokens Tokens => tokens;

    public TimeProvider Time => time;

    public StreamLimits Limits => limits;

    /// <summary>Ends when the process drains.</summary>
    public CancellationToken Stopping => stopping;

    /// <summary>Answers a subscription event by event, anything else once.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="traceId">Ties an unexpected fault to its line in the log.</param>
    /// <param name="ended">Ends the stream; a query or mutation under way is not cut short by it.</param>
    public IAsyncEnumerable<GraphQLEvent> Answers(
        GraphQLRequest request, Caller caller, string traceId, CancellationToken ended)
    {
        if (IsSubscription(request))
        {
            var context = new RequestContext { Caller = caller, TraceId = traceId, Cancelled = ended };
            return engine.SubscribeAsync(request, context, ended);
        }
        return Once(request, new RequestContext
        {
            Caller = caller,
            TraceId = traceId,
            Cancelled = Deadlines.Next(),
        });
    }

    public bool IsSubscription(GraphQLRequest request) => engine.KindOf(request) is OperationKind.Subscription;

    /// <summary>Takes one of the caller's places; false when none is left.</summary>
    public bool TryEnter(Caller caller)
    {
        if (_operations.AddOrUpdate(caller.Actor, 1, (_, count) => count + 1) <= limits.MaxOperationsPerCaller)
        {
            return true;
        }
        Leave(caller);
        return false;
    }

    public void Leave(Caller caller)
    {
        // Removed at none, so that the table is no longer than the list of present callers.
        if (_operations.AddOrUpdate(caller.Actor, 0, (_, count) => count - 1) <= 0)
        {
            _operations.TryRemove(KeyValuePair.Create(caller.Actor, 0));
        }
    }

    private async IAsyncEnumerable<GraphQLEvent> Once(GraphQLRequest request, RequestContext context)
    {
        var answer = new ArrayBufferWriter<byte>();
        var result = await engine.ExecuteAsync(request, context, answer);
        yield return new GraphQLEvent(result, answer.WrittenMemory);
    }
}
