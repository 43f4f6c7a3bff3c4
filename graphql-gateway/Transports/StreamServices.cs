using System.Buffers;
using System.Diagnostics;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Settings;

namespace OsstOrleans.Gateway.Transports;

/// <summary>What all transports share; one per process.</summary>
/// <param name="engine">Answers.</param>
/// <param name="tokens">Knows callers.</param>
/// <param name="time">Ends executions and streams.</param>
/// <param name="options">Limits, and which documents are taken.</param>
/// <param name="stopping">Ends when the process drains.</param>
internal sealed class StreamServices(
    IGraphQLEngine engine, Tokens tokens, TimeProvider time, ServerOptions options, CancellationToken stopping)
{
    private static readonly GraphQLError s_mayNotIntrospect = new(
        ErrorCodes.Forbidden, "The token's role does not allow introspection.", []);

    private readonly HashSet<Role> _introspecting = [.. options.Settings.Http.IntrospectionRoles
        ?? (options.IsProduction ? [Role.Operator] : Enum.GetValues<Role>())];

    private int _sockets;

    /// <summary>Sockets that are open.</summary>
    public int Sockets => Volatile.Read(ref _sockets);

    /// <summary>When a query or mutation that starts now is out of time.</summary>
    public Deadlines Deadlines { get; } = new(options.Settings.Http.ExecutionTime, time);

    public Tokens Tokens => tokens;

    public TimeProvider Time => time;

    public StreamLimits Limits => options.Settings.Streams;

    public HttpLimits Http => options.Settings.Http;

    public Refusal Refusals { get; } = new(options.Settings.Http);

    /// <summary>Ends when the process drains.</summary>
    public CancellationToken Stopping => stopping;

    /// <summary>
    /// The request with its document: one that names a trusted document gets its text, and one that none allows is
    /// refused.
    /// </summary>
    /// <exception cref="GraphQLRequestFault">There is no such document, no other one is taken, or the caller's role
    /// may not have the purpose.</exception>
    public GraphQLRequest Admit(GraphQLRequest request, Verified caller)
    {
        RequestPurpose.Assert(RequestPurpose.Of(request, caller), caller.Caller.Role);
        return options.Documents.Admit(request, options.IsProduction);
    }

    /// <summary>What one operation carries to its resolvers.</summary>
    /// <param name="request">What is asked, admitted.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="traceId">Ties an unexpected fault to its line in the log.</param>
    /// <param name="cancelled">Ends the operation; its deadline when null.</param>
    /// <param name="cost">What the answer says of the operation's cost.</param>
    public GraphQLRequestContext Context(
        GraphQLRequest request, Verified caller, string traceId, CancellationToken? cancelled = null,
        CostReport cost = CostReport.None)
    {
        return new GraphQLRequestContext
        {
            User = caller.For(RequestPurpose.Of(request, caller)),
            TraceId = traceId,
            Cancelled = cancelled ?? Deadlines.Next(),
            IntrospectionRefusal = _introspecting.Contains(caller.Caller.Role) ? null : s_mayNotIntrospect,
            Cost = cost,
            IsInAddress = request.IsInAddress,
        };
    }

    /// <summary>Answers a subscription event by event, anything else once.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="traceId">Ties an unexpected fault to its line in the log.</param>
    /// <param name="ended">Ends the stream; a query or mutation under way is not cut short by it.</param>
    public IAsyncEnumerable<GraphQLEvent> Answers(
        GraphQLRequest request, Verified caller, string traceId, CancellationToken ended) => IsSubscription(request)
        ? engine.SubscribeAsync(request, Context(request, caller, traceId, ended), ended)
        : Once(request, Context(request, caller, traceId));

    /// <summary>A socket was opened (1) or closed (-1).</summary>
    public void CountSocket(int change) => Interlocked.Add(ref _sockets, change);

    public bool IsSubscription(GraphQLRequest request) => engine.KindOf(request) is OperationKind.Subscription;

    /// <summary>The request's W3C trace, which the caller may have begun; else the connection's name.</summary>
    public static string TraceOf(HttpContext http) => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity
        ? activity.TraceId.ToHexString()
        : http.TraceIdentifier;

    private async IAsyncEnumerable<GraphQLEvent> Once(GraphQLRequest request, GraphQLRequestContext context)
    {
        var answer = new ArrayBufferWriter<byte>();
        var result = await engine.ExecuteAsync(request, context, answer);
        yield return new GraphQLEvent(result, answer.WrittenMemory);
    }
}
