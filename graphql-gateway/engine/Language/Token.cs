namespace OsstOrleans.GraphQL.Language;

internal enum TokenKind
{
    Start,
    End,
    Bang,
    Dollar,
    Ampersand,
    OpenParen,
    CloseParen,
    Spread,
    Colon,
    EqualSign,
    At,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    Pipe,
    CloseBrace,
    Name,
    Int,
    Float,
    String,
    BlockString,
}

/// <summary>One lexical token. <see cref="Text"/> is the name, the number as written, or the string's value.</summary>
internal readonly record struct Token(TokenKind Kind, int At, string Text)
{
    /// <summary>How error messages name the token. A text may be a person's: it is not repeated.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.Name or TokenKind.Int or TokenKind.Float => $"{Describe(Kind)} \"{Text}\"",
        _ => Describe(Kind),
    };

    public static string Describe(TokenKind kind) => kind switch
    {
        TokenKind.Start => "<SOF>",
        TokenKind.End => "<EOF>",
        TokenKind.Name => "Name",
        TokenKind.Int => "Int",
        TokenKind.Float => "Float",
        TokenKind.String => "String",
        TokenKind.BlockString => "BlockString",
        _ => $"\"{Punctuator(kind)}\"",
    };

    private static string Punctuator(TokenKind kind) => kind switch
    {
        TokenKind.Bang => "!",
        TokenKind.Dollar => "$",
        TokenKind.Ampersand => "&",
        TokenKind.OpenParen => "(",
        TokenKind.CloseParen => ")",
        TokenKind.Spread => "...",
        TokenKind.Colon => ":",
        TokenKind.EqualSign => "=",
        TokenKind.At => "@",
        TokenKind.OpenBracket => "[",
        TokenKind.CloseBracket => "]",
        TokenKind.OpenBrace => "{",
        TokenKind.Pipe => "|",
        _ => "}",
    };
}
