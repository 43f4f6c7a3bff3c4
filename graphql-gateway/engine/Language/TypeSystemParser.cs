namespace OsstOrleans.GraphQL.Language;

/// <summary>Definitions and extensions of the type system (specification section 3).</summary>
internal static class TypeSystemParser
{
    public static string? Description(TokenReader reader) => reader.IsString ? reader.Take().Text : null;

    /// <summary>True for the words that begin a definition, which may be described.</summary>
    public static bool IsDefinition(string keyword) => keyword is
        "schema" or "directive" or "scalar" or "type" or "interface" or "union" or "enum" or "input";

    public static Definition Definition(TokenReader reader, int at, string? description)
    {
        var isExtension = reader.SkipKeyword("extend");
        switch (reader.Current.Text)
        {
            case "schema":
                return Schema(reader, at, isExtension, description);
            case "directive" when !isExtension:
                return Directive(reader, at, description);
            case "scalar" or "type" or "interface" or "union" or "enum" or "input" when reader.Is(TokenKind.Name):
                return Type(reader, at, isExtension, description);
            default:
                throw reader.Unexpected();
        }
    }

    private static SchemaNode Schema(TokenReader reader, int at, bool isExtension, string? description)
    {
        reader.ExpectKeyword("schema");
        var directives = ValueParser.ConstDirectives(reader);
        var operations = isExtension
            ? reader.OptionalMany(TokenKind.OpenBrace, OperationType, TokenKind.CloseBrace)
            : reader.Many(TokenKind.OpenBrace, OperationType, TokenKind.CloseBrace);
        if (isExtension && directives.Count + operations.Count == 0)
        {
            throw reader.Unexpected();
        }
        return new SchemaNode(at, isExtension)
        {
            Description = description,
            Directives = directives,
            OperationTypes = operations,
        };
    }

    private static OperationTypeNode OperationType(TokenReader reader)
    {
        var at = reader.Current.At;
        var kind = ExecutableParser.Kind(reader);
        reader.Expect(TokenKind.Colon);
        return new OperationTypeNode(at, kind, ValueParser.NamedType(reader));
    }

    private static TypeDefinition Type(TokenReader reader, int at, bool isExtension, string? description)
    {
        var kind = KindOf(reader.Take().Text);
        var name = reader.Name();
        var isComposite = kind is TypeKind.Object or TypeKind.Interface;
        var interfaces = isComposite ? Implements(reader) : [];
        var directives = ValueParser.ConstDirectives(reader);
        var type = new TypeDefinition(at, kind, name, isExtension)
        {
            Description = description,
            Interfaces = interfaces,
            Directives = directives,
            Fields = isComposite ? Members(reader, Field) : [],
            Members = kind == TypeKind.Union && reader.Skip(TokenKind.EqualSign)
                ? reader.Separated(TokenKind.Pipe, ValueParser.NamedType)
                : [],
            Values = kind == TypeKind.Enum ? Members(reader, EnumValue) : [],
            InputFields = kind == TypeKind.InputObject ? Members(reader, InputValue) : [],
        };
        var adds = type.Interfaces.Count + type.Directives.Count + type.Fields.Count + type.Members.Count +
            type.Values.Count + type.InputFields.Count;
        return isExtension && adds == 0 ? throw reader.Unexpected() : type;
    }

    private static IReadOnlyList<T> Members<T>(TokenReader reader, Func<TokenReader, T> parse) =>
        reader.OptionalMany(TokenKind.OpenBrace, parse, TokenKind.CloseBrace);

    private static List<NamedTypeNode> Implements(TokenReader reader) =>
        reader.SkipKeyword("implements") ? reader.Separated(TokenKind.Ampersand, ValueParser.NamedType) : [];

    private static TypeKind KindOf(string keyword) => keyword switch
    {
        "scalar" => TypeKind.Scalar,
        "type" => TypeKind.Object,
        "interface" => TypeKind.Interface,
        "union" => TypeKind.Union,
        "enum" => TypeKind.Enum,
        _ => TypeKind.InputObject,
    };

    private static FieldDefinition Field(TokenReader reader)
    {
        var at = reader.Current.At;
        var description = Description(reader);
        var name = reader.Name();
        var arguments = reader.OptionalMany(TokenKind.OpenParen, InputValue, TokenKind.CloseParen);
        reader.Expect(TokenKind.Colon);
        return new FieldDefinition(at, name, ValueParser.Type(reader))
        {
            Description = description,
            Arguments = arguments,
            Directives = ValueParser.ConstDirectives(reader),
        };
    }

    private static InputValueDefinition InputValue(TokenReader reader)
    {
        var at = reader.Current.At;
        var description = Description(reader);
        var name = reader.Name();
        reader.Expect(TokenKind.Colon);
        return new InputValueDefinition(at, name, ValueParser.Type(reader))
        {
            Description = description,
            Default = reader.Skip(TokenKind.EqualSign) ? ValueParser.ConstValue(reader) : null,
            Directives = ValueParser.ConstDirectives(reader),
        };
    }

    private static EnumValueDefinition EnumValue(TokenReader reader)
    {
        var at = reader.Current.At;
        var description = Description(reader);
        if (reader.Current.Text is "true" or "false" or "null" && reader.Is(TokenKind.Name))
        {
            throw new SyntaxFault(
                $"{reader.Current.Describe()} is reserved and cannot be used for an enum value.", reader.Current.At);
        }
        return new EnumValueDefinition(at, reader.Name())
        {
            Description = description,
            Directives = ValueParser.ConstDirectives(reader),
        };
    }

    private static DirectiveDefinition Directive(TokenReader reader, int at, string? description)
    {
        reader.ExpectKeyword("directive");
        reader.Expect(TokenKind.At);
        var name = reader.Name();
        var arguments = reader.OptionalMany(TokenKind.OpenParen, InputValue, TokenKind.CloseParen);
        var repeatable = reader.SkipKeyword("repeatable");
        reader.ExpectKeyword("on");
        return new DirectiveDefinition(at, name)
        {
            Description = description,
            Arguments = arguments,
            IsRepeatable = repeatable,
            Locations = reader.Separated(TokenKind.Pipe, DirectiveLocation),
        };
    }

    private static Name DirectiveLocation(TokenReader reader)
    {
        var token = reader.Current;
        var name = reader.Name();
        return DirectiveLocations.All.Contains(name.Text) ? name : throw reader.Unexpected(token);
    }
}
