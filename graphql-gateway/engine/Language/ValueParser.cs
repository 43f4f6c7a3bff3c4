namespace OsstOrleans.GraphQL.Language;

/// <summary>Values, types, arguments and directives (specification sections 2.7, 2.10 to 2.13).</summary>
internal static class ValueParser
{
    public static ValueNode Value(TokenReader reader) => Value(reader, isConst: false);

    public static ValueNode ConstValue(TokenReader reader) => Value(reader, isConst: true);

    public static IReadOnlyList<Argument> Arguments(TokenReader reader) =>
        reader.OptionalMany(TokenKind.OpenParen, static r => Argument(r, false), TokenKind.CloseParen);

    public static IReadOnlyList<Directive> Directives(TokenReader reader) => Directives(reader, isConst: false);

    public static IReadOnlyList<Directive> ConstDirectives(TokenReader reader) => Directives(reader, isConst: true);

    public static TypeNode Type(TokenReader reader)
    {
        var start = reader.Current.At;
        TypeNode type;
        if (reader.Is(TokenKind.OpenBracket))
        {
            var inner = reader.Many(TokenKind.OpenBracket, OnlyType, TokenKind.CloseBracket);
            type = new ListTypeNode(start, inner[0]);
        }
        else
        {
            type = NamedType(reader);
        }
        return reader.Skip(TokenKind.Bang) ? new NonNullTypeNode(type) : type;
    }

    public static NamedTypeNode NamedType(TokenReader reader) => new(reader.Name());

    private static TypeNode OnlyType(TokenReader reader)
    {
        var type = Type(reader);
        return reader.Is(TokenKind.CloseBracket)
            ? type
            : throw new SyntaxFault($"Expected \"]\", found {reader.Current.Describe()}.", reader.Current.At);
    }

    private static ValueNode Value(TokenReader reader, bool isConst)
    {
        var token = reader.Current;
        switch (token.Kind)
        {
            case TokenKind.OpenBracket:
                return List(reader, isConst);
            case TokenKind.OpenBrace:
                return new ObjectNode(token.At, isConst
                    ? reader.Any(TokenKind.OpenBrace, static r => Argument(r, true), TokenKind.CloseBrace)
                    : reader.Any(TokenKind.OpenBrace, static r => Argument(r, false), TokenKind.CloseBrace));
            case TokenKind.Int:
                return new IntNode(token.At, reader.Take().Text);
            case TokenKind.Float:
                return new FloatNode(token.At, reader.Take().Text);
            case TokenKind.String or TokenKind.BlockString:
                return new StringNode(token.At, reader.Take().Text);
            case TokenKind.Name:
                return Word(reader.Take());
            case TokenKind.Dollar:
                return Variable(reader, isConst);
            default:
                throw reader.Unexpected();
        }
    }

    private static ListNode List(TokenReader reader, bool isConst)
    {
        var at = reader.Current.At;
        var items = isConst
            ? reader.Any(TokenKind.OpenBracket, ConstValue, TokenKind.CloseBracket)
            : reader.Any(TokenKind.OpenBracket, Value, TokenKind.CloseBracket);
        return items.Count > reader.Limits.MaxListItems && items.Exists(i => i is not ObjectNode)
            ? throw new SyntaxFault(GraphQLErrorCodes.LimitItems, reader.Limits.TooManyItems, at)
            : new ListNode(at, items);
    }

    private static ValueNode Word(Token token) => token.Text switch
    {
        "true" => new BooleanNode(token.At, true),
        "false" => new BooleanNode(token.At, false),
        "null" => new NullNode(token.At),
        _ => new EnumNode(token.At, token.Text),
    };

    private static VariableNode Variable(TokenReader reader, bool isConst)
    {
        var dollar = reader.Take();
        if (isConst)
        {
            throw reader.Is(TokenKind.Name)
                ? new SyntaxFault($"Unexpected variable \"${reader.Current.Text}\" in constant value.", dollar.At)
                : reader.Unexpected(dollar);
        }
        return new VariableNode(dollar.At, reader.Name().Text);
    }

    private static Argument Argument(TokenReader reader, bool isConst)
    {
        var name = reader.Name();
        reader.Expect(TokenKind.Colon);
        return new Argument(name, Value(reader, isConst));
    }

    private static List<Directive> Directives(TokenReader reader, bool isConst)
    {
        var list = new List<Directive>();
        while (reader.Is(TokenKind.At))
        {
            var at = reader.Take().At;
            var name = reader.Name();
            list.Add(new Directive(at, name, isConst
                ? reader.OptionalMany(TokenKind.OpenParen, static r => Argument(r, true), TokenKind.CloseParen)
                : Arguments(reader)));
        }
        return list;
    }
}
