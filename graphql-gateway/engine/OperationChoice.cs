namespace OsstOrleans.GraphQL;

/// <summary>Which operation of a document runs (specification section 6.1).</summary>
public static class OperationChoice
{
    /// <summary>Why none can be chosen.</summary>
    /// <param name="name">The name that was asked for; null when none was.</param>
    /// <param name="count">How many operations the document has.</param>
    public static GraphQLError Fault(string? name, int count) => new(
        GraphQLErrorCodes.Operation,
        name is not null ? $"Unknown operation named \"{name}\"." :
        count == 0 ? "Must provide an operation." :
        "Must provide operation name if query contains multiple operations.", []);

    /// <summary>A subscription was asked for where there is one answer only.</summary>
    public static GraphQLError ManyAnswers { get; } = new(
        GraphQLErrorCodes.Operation, "A subscription needs a transport that carries many answers.", []);

    /// <summary>A stream was asked of an operation that has one answer.</summary>
    public static GraphQLError OneAnswer { get; } = new(
        GraphQLErrorCodes.Operation, "The operation is no subscription.", []);
}
