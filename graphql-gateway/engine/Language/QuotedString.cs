using System.Globalization;
using System.Text;

namespace OsstOrleans.GraphQL.Language;

/// <summary>Strings in single quotation marks: read with their escapes, and written back.</summary>
internal static class QuotedString
{
    /// <summary>Characters of <c>\u{...}</c> that are looked at.</summary>
    private const int MostBraced = 12;

    /// <summary>Reads from the opening quotation mark; leaves <paramref name="at"/> after the closing one.</summary>
    public static string Read(string text, ref int at)
    {
        var value = new StringBuilder();
        at++;
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '"')
            {
                at++;
                return value.ToString();
            }
            if (c is '\n' or '\r')
            {
                break;
            }
            if (c == '\\')
            {
                value.Append(Escape(text, ref at));
            }
            else
            {
                value.Append(Scalar(text, ref at));
            }
        }
        throw new SyntaxFault("Unterminated string.", at);
    }

    /// <summary>A string literal of this value.</summary>
    public static string Write(string value)
    {
        var written = new StringBuilder("\"", value.Length + 2);
        foreach (var c in value)
        {
            written.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or (>= '\u007f' and <= '\u009f') => "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }
        return written.Append('"').ToString();
    }

    /// <summary>One code point as it stands; half a surrogate pair is no character.</summary>
    public static ReadOnlySpan<char> Scalar(string text, ref int at)
    {
        var start = at;
        if (!char.IsSurrogate(text[at]))
        {
            at++;
        }
        else if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            at += 2;
        }
        else
        {
            throw new SyntaxFault($"Invalid character within String: {Lexer.Show(text, at)}.", at);
        }
        return text.AsSpan(start, at - start);
    }

    private static string Escape(string text, ref int at)
    {
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        if (next == 'u')
        {
            return Unicode(text, ref at);
        }
        var value = next switch
        {
            '"' => "\"",
            '\\' => "\\",
            '/' => "/",
            'b' => "\b",
            'f' => "\f",
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            _ => throw new SyntaxFault($"Invalid character escape sequence: \"{Cut(text, at, 2)}\".", at),
        };
        at += 2;
        return value;
    }

    private static string Unicode(string text, ref int at)
    {
        if (at + 2 < text.Length && text[at + 2] == '{')
        {
            return Braced(text, ref at);
        }
        var start = at;
        var code = FourDigits(text, at);
        at += 6;
        if (code is >= 0 && char.IsHighSurrogate((char)code))
        {
            // Two escapes may stand for one character beyond the basic plane.
            var low = at + 1 < text.Length && text[at] == '\\' && text[at + 1] == 'u' ? FourDigits(text, at) : -1;
            if (low >= 0 && char.IsLowSurrogate((char)low))
            {
                at += 6;
                return new string([(char)code, (char)low]);
            }
        }
        return code >= 0 && !char.IsSurrogate((char)code)
            ? ((char)code).ToString()
            : throw new SyntaxFault($"Invalid Unicode escape sequence: \"{Cut(text, start, 6)}\".", start);
    }

    /// <summary>As the reference reads it: no more than nine digits, also where the first ones are zeros.</summary>
    private static string Braced(string text, ref int at)
    {
        var (start, code, size) = (at, 0, 3);
        while (size < MostBraced)
        {
            var next = at + size < text.Length ? text[at + size] : '\0';
            size++;
            if (next == '}')
            {
                if (size < 5 || !Rune.IsValid(code))
                {
                    break;
                }
                at += size;
                return char.ConvertFromUtf32(code);
            }
            code = (code << 4) | (char.IsAsciiHexDigit(next) ? Convert.ToInt32(next.ToString(), 16) : -1);
            if (code < 0)
            {
                break;
            }
        }
        throw new SyntaxFault($"Invalid Unicode escape sequence: \"{Cut(text, start, size)}\".", start);
    }

    private static int FourDigits(string text, int at) =>
        at + 6 <= text.Length &&
        int.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? code
            : -1;

    private static string Cut(string text, int at, int length) =>
        text.Substring(at, Math.Min(length, text.Length - at));
}
