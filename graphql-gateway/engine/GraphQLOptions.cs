namespace OsstOrleans.GraphQL;

/// <summary>How an engine behaves beyond its schema.</summary>
public sealed record GraphQLOptions
{
    /// <summary>What one request may ask for.</summary>
    public GraphQLLimits Limits { get; init; } = new();

    /// <summary>
    /// Errors about unknown names say what may have been meant. A caller who may not introspect would learn the names
    /// of the schema from them, so a host in production switches them off.
    /// </summary>
    public bool Suggests { get; init; } = true;

    /// <summary>
    /// Told of every exception that is no <c>FieldFault</c>, with the request's trace id. The caller sees only that id.
    /// </summary>
    public Action<Exception, string>? OnUnexpectedFault { get; init; }
}
