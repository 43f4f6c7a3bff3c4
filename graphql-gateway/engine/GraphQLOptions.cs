namespace OsstOrleans.GraphQL;

/// <summary>How an engine behaves beyond its schema.</summary>
public sealed record GraphQLOptions
{
    /// <summary>What one request may ask for.</summary>
    public GraphQLLimits Limits { get; init; } = new();

    /// <summary>
    /// Told of every exception that is no <c>FieldFault</c>, with the request's trace id. The caller sees only that id.
    /// </summary>
    public Action<Exception, string>? OnUnexpectedFault { get; init; }
}
