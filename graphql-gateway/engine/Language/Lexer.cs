using System.Globalization;

namespace OsstOrleans.GraphQL.Language;

/// <summary>
/// Cuts a document into tokens (specification section 2.1). Ignored characters and comments give none.
/// </summary>
internal struct Lexer(string text)
{
    private readonly string _text = text;
    private int _at = text.StartsWith('\uFEFF') ? 1 : 0;

    /// <exception cref="SyntaxFault">The characters at this place begin no token.</exception>
    public Token Next()
    {
        SkipIgnored();
        if (_at >= _text.Length)
        {
            return new Token(TokenKind.End, _text.Length, "");
        }
        var c = _text[_at];
        if (IsNameStart(c))
        {
            return Name();
        }
        if (char.IsAsciiDigit(c) || c == '-')
        {
            return Number();
        }
        if (c == '"')
        {
            return String();
        }
        if (c == '.')
        {
            return Spread();
        }
        var kind = Punctuator(c);
        return kind == TokenKind.End ? throw Unexpected() : new Token(kind, _at++, "");
    }

    public static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    public static bool IsNameContinue(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private void SkipIgnored()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c is ' ' or '\n' or '\t' or '\r' or ',' or '\uFEFF')
            {
                _at++;
            }
            else if (c == '#')
            {
                SkipComment();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipComment()
    {
        while (_at < _text.Length && _text[_at] is not ('\n' or '\r'))
        {
            _at++;
        }
    }

    private Token Name()
    {
        var start = _at;
        while (_at < _text.Length && IsNameContinue(_text[_at]))
        {
            _at++;
        }
        return new Token(TokenKind.Name, start, _text[start.._at]);
    }

    private Token Spread()
    {
        if (string.CompareOrdinal(_text, _at, "...", 0, 3) == 0)
        {
            _at += 3;
            return new Token(TokenKind.Spread, _at - 3, "");
        }
        if (string.CompareOrdinal(_text, _at, "..", 0, 2) == 0)
        {
            throw new SyntaxFault("Unexpected \"..\", did you mean \"...\"?", _at);
        }
        var digits = _text.AsSpan(_at + 1);
        digits = digits[..(digits.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : digits.Length)];
        throw digits.Length > 0
            ? new SyntaxFault(
                $"Invalid number, expected digit before \".\", did you mean \"0.{digits}\"?", _at)
            : Unexpected();
    }

    private Token Number()
    {
        var start = _at;
        var kind = TokenKind.Int;
        if (_text[_at] == '-')
        {
            _at++;
        }
        if (Peek() == '0')
        {
            _at++;
            if (char.IsAsciiDigit(Peek()))
            {
                throw new SyntaxFault($"Invalid number, unexpected digit after 0: {Shown(_at)}.", _at);
            }
        }
        else
        {
            Digits();
        }
        if (Peek() == '.')
        {
            kind = TokenKind.Float;
            _at++;
            Digits();
        }
        if (Peek() is 'e' or 'E')
        {
            kind = TokenKind.Float;
            _at++;
            if (Peek() is '+' or '-')
            {
                _at++;
            }
            Digits();
        }
        // A name or a dot straight after a number is a mistake, not two tokens.
        if (Peek() == '.' || IsNameStart(Peek()))
        {
            throw new SyntaxFault($"Invalid number, expected digit but got: {Shown(_at)}.", _at);
        }
        return new Token(kind, start, _text[start.._at]);
    }

    private void Digits()
    {
        if (!char.IsAsciiDigit(Peek()))
        {
            throw new SyntaxFault($"Invalid number, expected digit but got: {Shown(_at)}.", _at);
        }
        while (char.IsAsciiDigit(Peek()))
        {
            _at++;
        }
    }

    private Token String()
    {
        var start = _at;
        var block = string.CompareOrdinal(_text, _at, "\"\"\"", 0, 3) == 0;
        var value = block ? BlockString.Read(_text, ref _at) : QuotedString.Read(_text, ref _at);
        return new Token(block ? TokenKind.BlockString : TokenKind.String, start, value);
    }

    private readonly char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private readonly SyntaxFault Unexpected() => _text[_at] == '\''
        ? new SyntaxFault("Unexpected single quote character ('), did you mean to use a double quote (\")?", _at)
        : new SyntaxFault($"{(IsScalar() ? "Unexpected" : "Invalid")} character: {Shown(_at)}.", _at);

    private readonly bool IsScalar() => !char.IsSurrogate(_text[_at]) ||
        (char.IsHighSurrogate(_text[_at]) && _at + 1 < _text.Length && char.IsLowSurrogate(_text[_at + 1]));

    private readonly string Shown(int at) => Show(_text, at);

    /// <summary>A character as error messages show it: quoted when printable, else by its code point.</summary>
    public static string Show(string text, int at)
    {
        if (at >= text.Length)
        {
            return "<EOF>";
        }
        var c = text[at];
        if (c is >= ' ' and <= '~')
        {
            return c == '"' ? "'\"'" : $"\"{c}\"";
        }
        var code = char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            ? char.ConvertToUtf32(c, text[at + 1])
            : c;
        return "U+" + code.ToString("X4", CultureInfo.InvariantCulture);
    }

    private static TokenKind Punctuator(char c) => c switch
    {
        '!' => TokenKind.Bang,
        '$' => TokenKind.Dollar,
        '&' => TokenKind.Ampersand,
        '(' => TokenKind.OpenParen,
        ')' => TokenKind.CloseParen,
        ':' => TokenKind.Colon,
        '=' => TokenKind.EqualSign,
        '@' => TokenKind.At,
        '[' => TokenKind.OpenBracket,
        ']' => TokenKind.CloseBracket,
        '{' => TokenKind.OpenBrace,
        '|' => TokenKind.Pipe,
        '}' => TokenKind.CloseBrace,
        _ => TokenKind.End,
    };
}
