namespace OsstOrleans.GraphQL.Language;

/// <summary>The text is no GraphQL document, or passes a limit that is met while reading it.</summary>
internal sealed class SyntaxFault(string code, string message, int at) : Exception(message)
{
    public SyntaxFault(string message, int at)
        : this(GraphQLErrorCodes.Syntax, $"Syntax Error: {message}", at)
    {
    }

    public string Code { get; } = code;

    /// <summary>Offset in the text.</summary>
    public int At { get; } = at;
}
