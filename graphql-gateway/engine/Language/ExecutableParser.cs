namespace OsstOrleans.GraphQL.Language;

/// <summary>Operations and fragments (specification sections 2.3 to 2.9).</summary>
internal static class ExecutableParser
{
    public static OperationDefinition Anonymous(TokenReader reader) =>
        new(reader.Current.At, OperationKind.Query, null) { SelectionSet = SelectionSet(reader) };

    public static OperationDefinition Operation(TokenReader reader, int at, string? description)
    {
        var kind = Kind(reader);
        var name = reader.Is(TokenKind.Name) ? reader.Name() : null;
        var variables = reader.OptionalMany(TokenKind.OpenParen, Variable, TokenKind.CloseParen);
        var directives = ValueParser.Directives(reader);
        return new OperationDefinition(at, kind, name)
        {
            Description = description,
            Variables = variables,
            Directives = directives,
            SelectionSet = SelectionSet(reader),
        };
    }

    public static OperationKind Kind(TokenReader reader)
    {
        var token = reader.Expect(TokenKind.Name);
        return token.Text switch
        {
            "query" => OperationKind.Query,
            "mutation" => OperationKind.Mutation,
            "subscription" => OperationKind.Subscription,
            _ => throw reader.Unexpected(token),
        };
    }

    public static FragmentDefinition Fragment(TokenReader reader, int at, string? description)
    {
        reader.ExpectKeyword("fragment");
        if (reader.IsKeyword("on"))
        {
            throw reader.Unexpected();
        }
        var name = reader.Name();
        reader.ExpectKeyword("on");
        var condition = ValueParser.NamedType(reader);
        var directives = ValueParser.Directives(reader);
        return new FragmentDefinition(at, name, condition)
        {
            Description = description,
            Directives = directives,
            SelectionSet = SelectionSet(reader),
        };
    }

    private static SelectionSet SelectionSet(TokenReader reader) =>
        new(reader.Current.At, reader.Many(TokenKind.OpenBrace, Selection, TokenKind.CloseBrace));

    private static VariableDefinition Variable(TokenReader reader)
    {
        var at = reader.Current.At;
        var description = TypeSystemParser.Description(reader);
        reader.Expect(TokenKind.Dollar);
        var name = reader.Name();
        reader.Expect(TokenKind.Colon);
        return new VariableDefinition(at, name, ValueParser.Type(reader))
        {
            Description = description,
            Default = reader.Skip(TokenKind.EqualSign) ? ValueParser.ConstValue(reader) : null,
            Directives = ValueParser.ConstDirectives(reader),
        };
    }

    private static Selection Selection(TokenReader reader) =>
        reader.Is(TokenKind.Spread) ? Spread(reader) : Field(reader);

    private static Field Field(TokenReader reader)
    {
        var name = reader.Name();
        Name? alias = null;
        if (reader.Skip(TokenKind.Colon))
        {
            alias = name;
            name = reader.Name();
        }
        var arguments = ValueParser.Arguments(reader);
        var directives = ValueParser.Directives(reader);
        var selections = reader.Is(TokenKind.OpenBrace) ? SelectionSet(reader) : null;
        return new Field(alias, name, arguments, directives, selections);
    }

    private static Selection Spread(TokenReader reader)
    {
        var at = reader.Expect(TokenKind.Spread).At;
        var hasCondition = reader.SkipKeyword("on");
        if (!hasCondition && reader.Is(TokenKind.Name))
        {
            return new FragmentSpread(at, reader.Name(), ValueParser.Directives(reader));
        }
        var condition = hasCondition ? ValueParser.NamedType(reader) : null;
        return new InlineFragment(at, condition, ValueParser.Directives(reader), SelectionSet(reader));
    }
}
