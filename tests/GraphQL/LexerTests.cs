using OsstOrleans.GraphQL.Language;


namespace OsstOrleans.GraphQL.Tests;

public sealed class LexerTests
{
    [Theory]
    [InlineData("\uFEFF foo", TokenKind.Name, "foo")]
    [InlineData("\n ,, # comment\r\n  _a1 ", TokenKind.Name, "_a1")]
    [InlineData("0", TokenKind.Int, "0")]
    [InlineData("-12", TokenKind.Int, "-12")]
    [InlineData("-1.5e+10", TokenKind.Float, "-1.5e+10")]
    [InlineData("0E3", TokenKind.Float, "0E3")]
    [InlineData("\"\"", TokenKind.String, "")]
    [InlineData("\" # no comment \"", TokenKind.String, " # no comment ")]
    [InlineData("""
        "\"\\\/\b\f\n\r\t\u0041\u{1F600}\uD83D\uDE00"
        """, TokenKind.String, "\"\\/\b\f\n\r\tA😀😀")]
    [InlineData("\"\"\"\"\"\"", TokenKind.BlockString, "")]
    [InlineData("\"\"\"a \\\"\"\" b \\n\"\"\"", TokenKind.BlockString, "a \"\"\" b \\n")]
    [InlineData("\"\"\"\n\n    a\n      b\r\n\n    c\n  \"\"\"", TokenKind.BlockString, "a\n  b\n\nc")]
    [InlineData("\"\"\"  first\n    second\"\"\"", TokenKind.BlockString, "  first\nsecond")]
    [InlineData("...", TokenKind.Spread, "")]
    public void A_token_is_read(string text, object kind, string value)
    {
        var lexer = new Lexer(text);
        var token = lexer.Next();
        Assert.Equal((kind, value), (token.Kind, token.Text));
        Assert.Equal(TokenKind.End, lexer.Next().Kind);
    }

    [Theory]
    [InlineData("00", "Invalid number, unexpected digit after 0: \"0\".", 1)]
    [InlineData("+1", "Unexpected character: \"+\".", 0)]
    [InlineData("1.", "Invalid number, expected digit but got: <EOF>.", 2)]
    [InlineData("1.a", "Invalid number, expected digit but got: \"a\".", 2)]
    [InlineData(".1", "Invalid number, expected digit before \".\", did you mean \"0.1\"?", 0)]
    [InlineData("1.2.3", "Invalid number, expected digit but got: \".\".", 3)]
    [InlineData("1x", "Invalid number, expected digit but got: \"x\".", 1)]
    [InlineData("-", "Invalid number, expected digit but got: <EOF>.", 1)]
    [InlineData("..", "Unexpected \"..\", did you mean \"...\"?", 0)]
    [InlineData("?", "Unexpected character: \"?\".", 0)]
    [InlineData("'a'", "Unexpected single quote character ('), did you mean to use a double quote (\")?", 0)]
    [InlineData("\u00AA", "Unexpected character: U+00AA.", 0)]
    [InlineData("\"", "Unterminated string.", 1)]
    [InlineData("\"a\nb\"", "Unterminated string.", 2)]
    [InlineData("\"\"\"a", "Unterminated string.", 4)]
    [InlineData("\"\\x\"", "Invalid character escape sequence: \"\\x\".", 1)]
    [InlineData("\"\\u12\"", "Invalid Unicode escape sequence: \"\\u12\"\".", 1)]
    [InlineData("\"\\u{110000}\"", "Invalid Unicode escape sequence: \"\\u{110000}\".", 1)]
    [InlineData("\"\\uD83D\"", "Invalid Unicode escape sequence: \"\\uD83D\".", 1)]
    public void A_wrong_character_is_named_with_its_place(string text, string message, int at)
    {
        var fault = Assert.Throws<SyntaxFault>(() =>
        {
            var lexer = new Lexer(text);
            while (lexer.Next().Kind != TokenKind.End)
            {
            }
        });
        Assert.Equal(("Syntax Error: " + message, at), (fault.Message, fault.At));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_character() =>
        Assert.Contains("Invalid character within String: U+D800.", Assert.Throws<SyntaxFault>(() =>
        {
            var lexer = new Lexer("\"" + '\uD800' + "\"");
            lexer.Next();
        }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a\nb\r\nc\rd", 0, 1, 1)]
    [InlineData("a\nb\r\nc\rd", 2, 2, 1)]
    [InlineData("a\nb\r\nc\rd", 5, 3, 1)]
    [InlineData("a\nb\r\nc\rd", 7, 4, 1)]
    [InlineData("ab cd", 3, 1, 4)]
    public void An_offset_has_a_line_and_a_column(string text, int offset, int line, int column) =>
        Assert.Equal(new SourceLocation(line, column), SourceLocation.Of(text, offset));

    [Theory]
    [InlineData("plain")]
    [InlineData("two\nlines")]
    [InlineData("ends with \"quote\"")]
    [InlineData("has \"\"\" inside")]
    [InlineData("ends with \\")]
    [InlineData("a\n\n  indented\nb")]
    public void A_block_string_reads_back_as_it_was_written(string value)
    {
        Assert.True(BlockString.CanHold(value));
        var lexer = new Lexer(BlockString.Write(value, "  "));
        Assert.Equal(value, lexer.Next().Text);
    }
}
