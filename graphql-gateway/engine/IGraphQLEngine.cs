using System.Buffers;

namespace OsstOrleans.GraphQL;

/// <summary>
/// Answers GraphQL requests over one schema and one <c>ResolverMap</c>. The transports know this and no engine.
/// Thread-safe. No member throws for what a caller sent: whatever is wrong with a request stands in its answer.
/// </summary>
public interface IGraphQLEngine
{
    /// <summary>The schema as SDL, without what is built in.</summary>
    string Sdl { get; }

    /// <summary>
    /// What kind of operation a request asks for, before anything runs; null when it cannot run at all. A GET may carry
    /// queries only.
    /// </summary>
    OperationKind? KindOf(GraphQLRequest request);

    /// <summary>Executes a query or mutation and writes the answer's JSON.</summary>
    ValueTask<GraphQLResult> ExecuteAsync(
        GraphQLRequest request, GraphQLRequestContext context, IBufferWriter<byte> output);

    /// <summary>
    /// Starts a subscription: one answer per event, until the stream ends or <paramref name="token"/> does. A request
    /// that cannot run gives one answer with the errors.
    /// </summary>
    IAsyncEnumerable<GraphQLEvent> SubscribeAsync(
        GraphQLRequest request, GraphQLRequestContext context, CancellationToken token = default);
}
