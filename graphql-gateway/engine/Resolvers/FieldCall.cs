namespace OsstOrleans.GraphQL.Resolvers;

/// <summary>
/// One call of a <c>Root</c>, <c>Batch</c> or <c>Stream</c> resolver: what was asked and for whom. For a batch it
/// stands for all parents of that place in the operation; the arguments are the same for each of them.
/// </summary>
public sealed class FieldCall
{
    private readonly Func<string, bool> _selects;
    private Dictionary<int, FieldFault>? _failed;

    /// <param name="arguments">The field's coerced arguments, defaults filled in.</param>
    /// <param name="request">The request this call belongs to.</param>
    /// <param name="selects">Answers <see cref="Selects"/> for the engine's own form of a selection.</param>
    public FieldCall(Arguments arguments, GraphQLRequestContext request, Func<string, bool> selects)
    {
        Arguments = arguments;
        Request = request;
        _selects = selects;
    }

    /// <summary>The field's coerced arguments, defaults filled in.</summary>
    public Arguments Arguments { get; }

    /// <summary>The request that this call belongs to.</summary>
    public GraphQLRequestContext Request { get; }

    /// <summary>Short for <see cref="GraphQLRequestContext.Cancelled"/>.</summary>
    public CancellationToken Cancelled => Request.Cancelled;

    /// <summary>
    /// True when the caller selects the field below this one; <c>a.b</c> asks two levels down. Lets a resolver
    /// leave out costly parts. Skipped fields do not count; a field that only some runtime types have, does.
    /// </summary>
    public bool Selects(string fieldName) => _selects(fieldName);

    /// <summary>
    /// Within a batch: the element at <paramref name="index"/> fails alone, whatever value the resolver returns for it.
    /// </summary>
    public void Fail(int index, FieldFault fault) => (_failed ??= [])[index] = fault;

    /// <summary>For engines: the elements that failed alone, by index; null when none did.</summary>
    public IReadOnlyDictionary<int, FieldFault>? Failed => _failed;
}
