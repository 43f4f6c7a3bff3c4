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
    /// What a host's own exception is to a caller: one that it expects from any resolver, such as a store that is away.
    /// Null for an unexpected exception.
    /// </summary>
    public Func<Exception, FieldFault?>? Expected { get; init; }

    /// <summary>
    /// Gets every other exception that is no <c>FieldFault</c>, with the request's trace id. The caller sees only that
    /// id.
    /// </summary>
    public Action<Exception, string>? OnUnexpectedFault { get; init; }
}
