namespace OsstOrleans.GraphQL.Language;

/// <summary>Reads a whole document of any kind.</summary>
internal static class Parser
{
    /// <exception cref="SyntaxFault">The text is no GraphQL document or passes a limit.</exception>
    public static Document Parse(string text, GraphQLLimits limits)
    {
        var reader = new TokenReader(text, limits);
        var definitions = new List<Definition>();
        do
        {
            definitions.Add(Definition(reader));
        }
        while (!reader.Is(TokenKind.End));
        return new Document(text, definitions);
    }

    /// <summary>Reads one value and nothing after it.</summary>
    /// <exception cref="SyntaxFault">The text is no GraphQL value.</exception>
    public static ValueNode ParseValue(string text, GraphQLLimits limits)
    {
        var reader = new TokenReader(text, limits);
        var value = ValueParser.ConstValue(reader);
        reader.Expect(TokenKind.End);
        return value;
    }

    private static Definition Definition(TokenReader reader)
    {
        if (reader.Is(TokenKind.OpenBrace))
        {
            return ExecutableParser.Anonymous(reader);
        }
        var at = reader.Current.At;
        var description = TypeSystemParser.Description(reader);
        if (description is not null && reader.Is(TokenKind.OpenBrace))
        {
            throw new SyntaxFault("Unexpected description, descriptions are not supported on shorthand queries.", at);
        }
        if (!reader.Is(TokenKind.Name))
        {
            throw reader.Unexpected();
        }
        return reader.Current.Text switch
        {
            "query" or "mutation" or "subscription" => ExecutableParser.Operation(reader, at, description),
            "fragment" => ExecutableParser.Fragment(reader, at, description),
            var word when description is not null && !TypeSystemParser.IsDefinition(word) => throw new SyntaxFault(
                "Unexpected description, only GraphQL definitions support descriptions.", at),
            _ => TypeSystemParser.Definition(reader, at, description),
        };
    }
}
