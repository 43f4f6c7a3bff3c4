using System.Buffers;
using System.Globalization;
using System.Text;

namespace OsstOrleans.Grains;

/// <summary>
/// The one form in which names, identifiers and words come in, so that two that look the same are the same; and what
/// no text may hold. Whatever reads a command or a line puts its texts into this form first.
/// </summary>
public static class TextForm
{
    /// <summary>A pattern of braille without a dot: a blank that no list of blanks names.</summary>
    private const int BrailleBlank = 0x2800;

    /// <summary>
    /// First and last of what is drawn as nothing at all, whatever its category (the property
    /// Default_Ignorable_Code_Point): fillers of Hangul, selectors of variants, and room for more of them.
    /// </summary>
    private static readonly (int First, int Last)[] s_ignorable =
    [
        (0x00ad, 0x00ad), (0x034f, 0x034f), (0x061c, 0x061c), (0x115f, 0x1160), (0x17b4, 0x17b5), (0x180b, 0x180f),
        (0x200b, 0x200f), (0x202a, 0x202e), (0x2060, 0x206f), (0x3164, 0x3164), (0xfe00, 0xfe0f), (0xfeff, 0xfeff),
        (0xffa0, 0xffa0), (0xfff0, 0xfff8), (0x1bca0, 0x1bca3), (0x1d173, 0x1d17a), (0xe0000, 0xe0fff),
    ];

    /// <summary>The text without blanks at its ends, U+00A0 and its like included, and in Unicode's normal form C.
    /// </summary>
    public static string Of(string text) => Composition.Compose(text.Trim());

    /// <summary>
    /// The form of an identifier, by which it is known again: beside that of a text, each blank in it is U+0020.
    /// </summary>
    public static string OfIdentifier(string text)
    {
        var form = Of(text);
        return form.Any(IsOtherBlank)
            ? string.Create(form.Length, form, static (letters, of) =>
            {
                for (var i = 0; i < letters.Length; i++)
                {
                    letters[i] = IsOtherBlank(of[i]) ? ' ' : of[i];
                }
            })
            : form;
    }

    /// <summary>
    /// True when every character shows: no line break or other control character, none that turns the direction of
    /// what follows, none that is drawn as nothing but the two joiners that names of some scripts need, and no half of
    /// a character.
    /// </summary>
    public static bool IsOneLine(string text) => Shows(text, joiners: true);

    /// <summary>True for what can be an identifier: one line, and no joiners.</summary>
    public static bool IsIdentifier(string text) => Shows(text, joiners: false);

    /// <summary>True for words of any length: lines and tabs are welcome, other control characters are not.</summary>
    public static bool IsWords(string text) =>
        !text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'));

    private static bool Shows(ReadOnlySpan<char> text, bool joiners)
    {
        while (!text.IsEmpty)
        {
            var isWhole = Rune.DecodeFromUtf16(text, out var rune, out var length) == OperationStatus.Done;
            if (!isWhole || !(Shows(rune) || (joiners && IsJoiner(rune))))
            {
                return false;
            }
            text = text[length..];
        }
        return true;
    }

    private static bool Shows(Rune rune) => rune.Value != BrailleBlank
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format)
        && !Array.Exists(s_ignorable, range => rune.Value >= range.First && rune.Value <= range.Last);

    /// <summary>Zero-width joiner and non-joiner.</summary>
    private static bool IsJoiner(Rune rune) => rune.Value is 0x200c or 0x200d;

    private static bool IsOtherBlank(char letter) =>
        letter != ' ' && char.GetUnicodeCategory(letter) is UnicodeCategory.SpaceSeparator;
}
