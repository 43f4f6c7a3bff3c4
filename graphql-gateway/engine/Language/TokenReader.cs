namespace OsstOrleans.GraphQL.Language;

/// <summary>
/// One token ahead over a document: what the parsers share. Counts tokens and nesting, so that no document costs more
/// memory or stack than the limits allow.
/// </summary>
internal sealed class TokenReader
{
    private Lexer _lexer;
    private int _tokens;
    private int _nesting;

    public TokenReader(string text, GraphQLLimits limits)
    {
        if (text.Length > limits.MaxDocumentLength)
        {
            throw new SyntaxFault(
                GraphQLErrorCodes.LimitBytes, $"The document is longer than {limits.MaxDocumentLength} characters.", 0);
        }
        Text = text;
        Limits = limits;
        _lexer = new Lexer(text);
        Current = Read();
    }

    public GraphQLLimits Limits { get; }

    public string Text { get; }

    public Token Current { get; private set; }

    public Token Take()
    {
        var taken = Current;
        Current = Read();
        return taken;
    }

    public bool Is(TokenKind kind) => Current.Kind == kind;

    public bool IsKeyword(string word) => Current.Kind == TokenKind.Name && Current.Text == word;

    public bool IsString => Current.Kind is TokenKind.String or TokenKind.BlockString;

    public bool Skip(TokenKind kind)
    {
        if (Current.Kind != kind)
        {
            return false;
        }
        Take();
        return true;
    }

    public bool SkipKeyword(string word)
    {
        if (!IsKeyword(word))
        {
            return false;
        }
        Take();
        return true;
    }

    public Token Expect(TokenKind kind) => Current.Kind == kind
        ? Take()
        : throw new SyntaxFault($"Expected {Token.Describe(kind)}, found {Current.Describe()}.", Current.At);

    public Token ExpectKeyword(string word) => IsKeyword(word)
        ? Take()
        : throw new SyntaxFault($"Expected \"{word}\", found {Current.Describe()}.", Current.At);

    public Name Name()
    {
        var token = Expect(TokenKind.Name);
        return new Name(token.At, token.Text);
    }

    public SyntaxFault Unexpected(Token? token = null) =>
        new($"Unexpected {(token ?? Current).Describe()}.", (token ?? Current).At);

    /// <summary>Between two marks, at least one of something.</summary>
    public List<T> Many<T>(TokenKind open, Func<TokenReader, T> parse, TokenKind close)
    {
        Expect(open);
        Deeper();
        var list = new List<T>();
        do
        {
            list.Add(parse(this));
        }
        while (!Skip(close));
        _nesting--;
        return list;
    }

    /// <summary>As <see cref="Many{T}"/> when the opening mark is there, else nothing.</summary>
    public IReadOnlyList<T> OptionalMany<T>(TokenKind open, Func<TokenReader, T> parse, TokenKind close) =>
        Is(open) ? Many(open, parse, close) : [];

    /// <summary>Between two marks, any number of something.</summary>
    public List<T> Any<T>(TokenKind open, Func<TokenReader, T> parse, TokenKind close)
    {
        Expect(open);
        Deeper();
        var list = new List<T>();
        while (!Skip(close))
        {
            list.Add(parse(this));
        }
        _nesting--;
        return list;
    }

    /// <summary>One or more, separated by a mark, which may also stand in front.</summary>
    public List<T> Separated<T>(TokenKind mark, Func<TokenReader, T> parse)
    {
        Skip(mark);
        var list = new List<T>();
        do
        {
            list.Add(parse(this));
        }
        while (Skip(mark));
        return list;
    }

    private void Deeper()
    {
        if (++_nesting > Limits.MaxNesting)
        {
            throw new SyntaxFault(
                GraphQLErrorCodes.LimitDepth, $"The document nests deeper than {Limits.MaxNesting} levels.",
                Current.At);
        }
    }

    private Token Read()
    {
        var token = _lexer.Next();
        if (++_tokens > Limits.MaxTokens)
        {
            throw new SyntaxFault(
                GraphQLErrorCodes.LimitTokens, $"The document has more than {Limits.MaxTokens} tokens.", token.At);
        }
        return token;
    }
}
