using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OsstOrleans.Gateway.Telemetry;

/// <summary>A GraphQL engine with figures and spans, whichever it is. No text of a request leaves with them.</summary>
internal sealed class ObservedGraphQL(IGraphQLEngine engine, GraphQLFigures figures) : IGraphQLEngine
{
    public string Sdl => engine.Sdl;

    public OperationKind? KindOf(GraphQLRequest request) => engine.KindOf(request);

    public async ValueTask<GraphQLResult> ExecuteAsync(
        GraphQLRequest request, GraphQLRequestContext context, IBufferWriter<byte> output)
    {
        var began = Stopwatch.GetTimestamp();
        using var span = GatewayInstruments.Source.StartActivity("graphql");
        var result = await engine.ExecuteAsync(request, context, output);
        figures.Answered(began, result, span);
        return result;
    }

    /// <summary>
    /// A subscription lives for hours: what it reads for an event is a trace of its own and not part of the request's.
    /// </summary>
    public async IAsyncEnumerable<GraphQLEvent> SubscribeAsync(
        GraphQLRequest request, GraphQLRequestContext context,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        Activity.Current = null;
        await foreach (var happened in engine.SubscribeAsync(request, context, token))
        {
            figures.Sent(happened.Result);
            yield return happened;
            Activity.Current = null;
        }
    }
}
