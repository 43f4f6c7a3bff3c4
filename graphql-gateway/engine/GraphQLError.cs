namespace OsstOrleans.GraphQL;

/// <summary>One entry of an answer's <c>errors</c>.</summary>
public sealed record GraphQLError(string Code, string Message, IReadOnlyList<SourceLocation> Locations)
{
    /// <summary>Response names and list indexes from the root; null for errors of the request itself.</summary>
    public IReadOnlyList<object>? Path { get; init; }

    /// <summary>Entries of <c>extensions</c> beside the code.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }

    /// <summary>An error at these places of a document, given as offsets into its text.</summary>
    public static GraphQLError At(string code, string message, string text, params IEnumerable<int> offsets) =>
        new(code, message, [.. offsets.Select(o => SourceLocation.Of(text, o))]);
}
