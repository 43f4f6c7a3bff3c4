namespace OsstOrleans.Gateway.Engines;

/// <summary>
/// Judges a document by the platform's limits before an engine of others sees it, so that the limits are the same
/// whichever engine executes.
/// </summary>
internal interface IDocumentGate
{
    DocumentFacts Check(string text);
}

/// <summary>What a gate knows of a document.</summary>
/// <param name="Errors">Syntax errors and limits passed; with any of them nothing runs.</param>
/// <param name="Operations">
/// Names and kinds; empty also for a document that does not fit the schema, which the engine says in its own words.
/// </param>
internal sealed record DocumentFacts(
    IReadOnlyList<GraphQLError> Errors, IReadOnlyList<(string? Name, OperationKind Kind)> Operations)
{
    /// <summary>True when the document fits the schema.</summary>
    public bool IsValid { get; init; }

    /// <summary>The operation that a request means; null with an error when none or no one fits.</summary>
    public OperationKind? KindOf(string? name, out GraphQLError? error)
    {
        error = null;
        foreach (var operation in Operations)
            if (name is null ? Operations.Count == 1 : operation.Name == name)
                return operation.Kind;
        error = OperationChoice.Fault(name, Operations.Count);
        return null;
    }
}
