using OsstOrleans.Gateway.Resolvers;

namespace OsstOrleans.Gateway.Engines;

/// <summary>
/// Judges a request by the platform's rules before an engine of others sees it, so that limits and their answers are
/// the same whichever engine executes.
/// </summary>
internal interface IRequestGate
{
    /// <inheritdoc cref="IGraphQLEngine.KindOf"/>
    OperationKind? KindOf(GraphQLRequest request);

    /// <summary>
    /// Syntax errors, limits passed, and an operation that cannot be chosen; with any of them nothing runs. What does
    /// not fit the schema, and variables that do not fit their types, are the other engine's to say.
    /// </summary>
    Verdict Judge(GraphQLRequest request, RequestContext context);
}

/// <summary>What a gate says of a request.</summary>
/// <param name="Errors">Why it cannot run; empty when nothing is in its way.</param>
/// <param name="Extensions">
/// The entry <c>"extensions":{...}</c> that the answer must have because the request asks for it; null for none.
/// </param>
internal sealed record Verdict(IReadOnlyList<GraphQLError> Errors, string? Extensions = null);
