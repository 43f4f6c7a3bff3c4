using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text;
using OsstOrleans.GraphQL.Binding;
using OsstOrleans.GraphQL.Cost;
using OsstOrleans.GraphQL.Execution;
using OsstOrleans.GraphQL.Resolvers;
using OsstOrleans.GraphQL.Sdl;
using OsstOrleans.GraphQL.Selections;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Requests;

/// <summary>
/// Answers GraphQL requests (September 2025 edition) over one schema. Immutable and thread-safe; documents are parsed,
/// validated and compiled once and kept.
/// </summary>
public sealed class GraphQLEngine : IGraphQLEngine, IRequestGate
{
    private readonly ExecutableSchema _schema;
    private readonly GraphQLOptions _options;
    private readonly DocumentCache _documents;

    private GraphQLEngine(ExecutableSchema schema, GraphQLOptions options)
    {
        _schema = schema;
        _options = options;
        _documents = new DocumentCache(options.Limits.MaxCachedPlans);
    }

    /// <inheritdoc/>
    public string Sdl => SchemaPrinter.Print(_schema.Schema);

    internal Schema Schema => _schema.Schema;

    /// <exception cref="SchemaException">The SDL is faulty, or the resolvers do not fit it.</exception>
    public static GraphQLEngine Build(string sdl, ResolverMap resolvers, GraphQLOptions? options = null) =>
        new(Binder.Bind(SchemaBuilder.Build(sdl), resolvers), options ?? new GraphQLOptions());

    /// <inheritdoc/>
    public OperationKind? KindOf(GraphQLRequest request)
    {
        var document = Prepare(request.Query);
        return document.Errors.Count > 0 ? null : document.Operation(request.OperationName, out _)?.Definition.Kind;
    }

    /// <inheritdoc/>
    public async ValueTask<GraphQLResult> ExecuteAsync(
        GraphQLRequest request, GraphQLRequestContext context, IBufferWriter<byte> output)
    {
        using var x = Start(request, context, out var kind, out var errors);
        if (x is null)
        {
            return ErrorJson.Refuse(errors, output);
        }
        if (kind == OperationKind.Subscription)
        {
            return ErrorJson.Refuse([OperationChoice.ManyAnswers], output);
        }
        if (context.Cost == CostReport.Only)
        {
            return Tell(kind, x, output);
        }
        await Executor.Execute(x);
        output.Write(x.Json.Written);
        return Result(kind, x.Errors);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<GraphQLEvent> SubscribeAsync(
        GraphQLRequest request, GraphQLRequestContext context,
        [EnumeratorCancellation] CancellationToken token = default)
    {
        using var x = Start(request, context, out var kind, out var errors);
        if (x is not null && kind != OperationKind.Subscription)
        {
            errors = [OperationChoice.OneAnswer];
        }
        if (x is null || errors.Count > 0)
        {
            var refusal = new ArrayBufferWriter<byte>();
            yield return new GraphQLEvent(ErrorJson.Refuse(errors, refusal), refusal.WrittenMemory);
            yield break;
        }
        var source = (IEventSource)x.Plan.Root.Fields[0];
        await foreach (var happened in Subscription.Events(source, x, token))
        {
            using var answer = x.Next();
            await Executor.ExecuteEvent(source, happened, answer);
            yield return new GraphQLEvent(Result(kind, answer.Errors), answer.Json.WrittenMemory);
        }
    }

    Verdict IRequestGate.Judge(GraphQLRequest request, GraphQLRequestContext context)
    {
        using var x = Start(request, context, out _, out var errors);
        if (x is null)
        {
            return new Verdict(errors);
        }
        if (context.Cost == CostReport.None)
        {
            return new Verdict([]);
        }
        CostLimit.Write(x.Cost, x.Json);
        return new Verdict([], Encoding.UTF8.GetString(x.Json.Written));
    }

    IReadOnlyList<SourceLocation> IRequestGate.Locate(GraphQLRequest request, IReadOnlyList<object> path)
    {
        var document = Prepare(request.Query);
        return document.Operation(request.OperationName, out _) is { } operation
            ? FieldPlaces.Of(document.Text, document.Fragments, operation.Definition, path)
            : [];
    }

    private Run? Start(
        GraphQLRequest request, GraphQLRequestContext context, out OperationKind kind,
        out IReadOnlyList<GraphQLError> errors)
    {
        kind = default;
        var document = Prepare(request.Query);
        errors = document.Errors;
        if (errors.Count > 0)
        {
            return null;
        }
        var operation = document.Operation(request.OperationName, out var error);
        if (operation is null)
        {
            errors = [error!];
            return null;
        }
        kind = operation.Definition.Kind;
        var faults = new List<GraphQLError>();
        var variables = operation.Variables(request.Variables, _options, faults);
        errors = faults.Count > _options.Limits.MaxErrors ? faults.GetRange(0, _options.Limits.MaxErrors) : faults;
        if (faults.Count > 0)
        {
            return null;
        }
        var plan = operation.Plan(variables);
        var cost = plan.CostWith(variables);
        if (Refusal(plan, cost, context) is { } refusal)
        {
            errors = [refusal];
            return null;
        }
        return new Run(plan, context, _options, variables) { Cost = cost };
    }

    private GraphQLError? Refusal(OperationPlan plan, in OperationCost cost, GraphQLRequestContext context) =>
        plan.Introspects && context.IntrospectionRefusal is { } refusal
            ? refusal
            : CostLimit.Excess(cost, _options.Limits);

    private PreparedDocument Prepare(string text)
    {
        var document = _documents.Find(text);
        if (document is not null)
        {
            return document;
        }
        document = DocumentPreparation.Prepare(text, _schema, _options);
        if (document.Errors.Count == 0)
        {
            _documents.Add(document);
        }
        return document;
    }

    /// <summary>The answer is the cost alone.</summary>
    private static GraphQLResult Tell(OperationKind kind, Run x, IBufferWriter<byte> output)
    {
        x.Json.Raw((byte)'{');
        CostLimit.Write(x.Cost, x.Json);
        x.Json.Raw((byte)'}');
        output.Write(x.Json.Written);
        return new GraphQLResult(GraphQLOutcome.Success, kind, null);
    }

    private static GraphQLResult Result(OperationKind kind, IReadOnlyList<GraphQLError> errors) => errors.Count == 0
        ? new GraphQLResult(GraphQLOutcome.Success, kind, null)
        : new GraphQLResult(GraphQLOutcome.FieldErrors, kind, errors[0].Code);
}
