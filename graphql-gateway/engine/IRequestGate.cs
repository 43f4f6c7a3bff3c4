namespace OsstOrleans.GraphQL;

/// <summary>
/// Judges a request by this engine's rules before another engine sees it, so that limits and their answers are
/// the same whichever engine executes.
/// </summary>
public interface IRequestGate
{
    /// <inheritdoc cref="IGraphQLEngine.KindOf"/>
    OperationKind? KindOf(GraphQLRequest request);

    /// <summary>
    /// Everything that is wrong with a request before it runs; with any error nothing runs. What the gate cannot judge
    /// is refused: a field that only the other engine knows would take the limits away from all that stands beside it.
    /// </summary>
    Verdict Judge(GraphQLRequest request, GraphQLRequestContext context);

    /// <summary>
    /// Where the field at a path of the answer is mentioned: an engine that executes a rewritten document does not know
    /// it.
    /// </summary>
    IReadOnlyList<SourceLocation> Locate(GraphQLRequest request, IReadOnlyList<object> path);
}

/// <summary>What a gate says of a request.</summary>
/// <param name="Errors">Why it cannot run; empty when nothing is in its way.</param>
/// <param name="Extensions">
/// The entry <c>"extensions":{...}</c> that the answer must have because the request asks for it; null for none.
/// </param>
public sealed record Verdict(IReadOnlyList<GraphQLError> Errors, string? Extensions = null);
