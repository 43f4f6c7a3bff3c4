namespace OsstOrleans.GraphQL;

/// <summary>A request that no engine gets to see; the message says why in one sentence.</summary>
/// <param name="message">Why, in one sentence.</param>
/// <param name="isJson">False when it is no JSON at all; true when it is JSON of another form.</param>
public sealed class GraphQLRequestFault(string message, bool isJson = true) : Exception(message)
{
    /// <summary>False when the request is no JSON at all.</summary>
    public bool IsJson { get; } = isJson;

    /// <summary>The <c>extensions.code</c>.</summary>
    public string Code { get; init; } = GraphQLErrorCodes.BadRequest;
}
