using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using HotChocolate;
using HotChocolate.Execution;
using OsstOrleans.Gateway.Engines.HotChocolate.Answers;
// Both have one of that name.
using GraphQLRequest = OsstOrleans.GraphQL.GraphQLRequest;

namespace OsstOrleans.Gateway.Engines.HotChocolate;

/// <summary>
/// HotChocolate behind the platform's port: the same SDL, resolvers, limits and answers. What the gate refuses is
/// refused in the gate's words; what it lets through HotChocolate parses, validates and executes on its own.
/// </summary>
internal sealed class HotChocolateGraphQLEngine : IGraphQLEngine
{
    private readonly IRequestExecutor _executor;
    private readonly GraphQLOptions _options;
    private readonly IRequestGate _gate;

    private HotChocolateGraphQLEngine(IRequestExecutor executor, GraphQLOptions options, IRequestGate gate)
    {
        _executor = executor;
        _options = options;
        _gate = gate;
        Sdl = ServedSchema.Print(executor);
    }

    public string Sdl { get; }

    /// <summary>Builds the schema at once: what does not fit is found at start, not by the first caller.</summary>
    public static HotChocolateGraphQLEngine Build(
        string sdl, ResolverMap resolvers, GraphQLOptions options, IRequestGate gate) =>
        new(ServedSchema.Build(sdl, resolvers, options), options, gate);

    public OperationKind? KindOf(GraphQLRequest request) => _gate.KindOf(request);

    public async ValueTask<GraphQLResult> ExecuteAsync(
        GraphQLRequest request, GraphQLRequestContext context, IBufferWriter<byte> output)
    {
        var verdict = _gate.Judge(request, context);
        if (verdict.Errors.Count > 0)
            return ErrorJson.Refuse(verdict.Errors, output);
        var kind = _gate.KindOf(request);
        if (kind == OperationKind.Subscription)
            return ErrorJson.Refuse([OperationChoice.ManyAnswers], output);
        if (context.Cost == CostReport.Only && verdict.Extensions is not null)
            return Tell(verdict.Extensions, kind, output);
        using var run = new RequestRun(context, _options) { Extensions = verdict.Extensions };
        await using var result = await Start(request, run);
        return Write(result, request, kind, run, output);
    }

    public async IAsyncEnumerable<GraphQLEvent> SubscribeAsync(
        GraphQLRequest request, GraphQLRequestContext context,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        var answer = new ArrayBufferWriter<byte>();
        var verdict = _gate.Judge(request, context);
        var errors = verdict.Errors;
        var kind = _gate.KindOf(request);
        if (errors.Count == 0 && kind != OperationKind.Subscription)
            errors = [OperationChoice.OneAnswer];
        if (errors.Count > 0)
        {
            yield return new GraphQLEvent(ErrorJson.Refuse(errors, answer), answer.WrittenMemory);
            yield break;
        }
        using var run = new RequestRun(context, _options) { StreamEnded = token, Extensions = verdict.Extensions };
        await using var result = await Start(request, run);
        if (result is not IResponseStream stream)
        {
            yield return new GraphQLEvent(Write(result, request, kind, run, answer), answer.WrittenMemory);
            yield break;
        }
        await foreach (var happened in stream.ReadResultsAsync())
        {
            answer.ResetWrittenCount();
            GraphQLResult written;
            await using (happened)
                written = Write(happened, request, kind, run, answer);
            run.Forget();
            yield return new GraphQLEvent(written, answer.WrittenMemory);
        }
    }

    /// <summary>
    /// The engine is given no token: it would leave out fields without an error. Resolvers watch the request's own, and
    /// what it cuts short stands in the answer.
    /// </summary>
    private Task<IExecutionResult> Start(GraphQLRequest request, RequestRun run)
    {
        var builder = OperationRequestBuilder.New()
            .SetDocument(request.Query)
            .SetOperationName(request.OperationName)
            .SetGlobalState(RequestRun.Key, run);
        if (request.Variables is { } variables)
            builder.SetVariableValues(variables.GetRawText());
        return _executor.ExecuteAsync(builder.Build(), CancellationToken.None);
    }

    private GraphQLResult Write(
        IExecutionResult result, GraphQLRequest request, OperationKind? kind, RequestRun run,
        IBufferWriter<byte> output)
    {
        using var json = new JsonSink();
        var writer = new AnswerWriter(_options.Limits, run.Request.TraceId, run.Unexpected)
        {
            Extensions = run.Extensions,
            // The engine runs a document that it has written anew, whose fields know no place.
            Locate = path => _gate.Locate(request, path),
        };
        var written = writer.Write(result.ToJson(withIndentations: false), kind, run.Faults, run.IsBroken, json);
        output.Write(json.Written);
        return written;
    }

    /// <summary>The answer is what the gate says.</summary>
    private static GraphQLResult Tell(string extensions, OperationKind? kind, IBufferWriter<byte> output)
    {
        using var json = new JsonSink();
        json.Raw(Encoding.UTF8.GetBytes($"{{{extensions}}}"));
        output.Write(json.Written);
        return new GraphQLResult(GraphQLOutcome.Success, kind, null);
    }
}
