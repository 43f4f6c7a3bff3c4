namespace OsstOrleans.GraphQL;

/// <summary>
/// What one request carries to every resolver it reaches, whichever engine executes it. The host's own state comes in
/// as <see cref="User"/>, <see cref="Services"/> and <see cref="Shared{T}"/>.
/// </summary>
public sealed class GraphQLRequestContext
{
    private readonly Lock _gate = new();
    private Dictionary<Type, object>? _shared;

    /// <summary>Who asks, in the host's own form, which no engine looks into. Null for an anonymous caller.</summary>
    public object? User { get; init; }

    /// <summary>Services of the process; null in tests that need none.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Ties an unexpected fault in the answer to its line in the log.</summary>
    public string TraceId { get; init; } = "";

    /// <summary>Ends when the caller goes away or the execution's time is up.</summary>
    public CancellationToken Cancelled { get; init; }

    /// <summary>
    /// Why this request may not ask for <c>__schema</c> and <c>__type</c>, as its answer says it; null allows both.
    /// </summary>
    public GraphQLError? IntrospectionRefusal { get; init; }

    /// <summary>True when the request stands in the address of a GET.</summary>
    public bool IsInAddress { get; init; }

    /// <summary>Whether the answer says what the operation costs.</summary>
    public CostReport Cost { get; init; }

    /// <summary>
    /// One object of type <typeparamref name="T"/> for the whole request, made on first use: a place for what several
    /// fields share, such as one access decision.
    /// </summary>
    public T Shared<T>(Func<GraphQLRequestContext, T> make)
        where T : class
    {
        lock (_gate)
        {
            _shared ??= [];
            if (!_shared.TryGetValue(typeof(T), out var found))
            {
                _shared[typeof(T)] = found = make(this);
            }
            return (T)found;
        }
    }
}
