using System.Globalization;
using System.Text;

namespace OsstOrleans.Grains;

/// <summary>
/// The one form in which names, identifiers and words come in, so that two that look the same are the same; and what
/// no text may hold. Whatever reads a command or a line puts its texts into this form first.
/// </summary>
public static class TextForm
{
    /// <summary>The text without blanks at its ends, U+00A0 and its like included, and with its letters composed.
    /// </summary>
    public static string Of(string text) => Composition.Compose(text.Trim());

    /// <summary>
    /// True when every character shows: no line break or other control character, none that turns the direction of
    /// what follows, and none without any width but the two joiners that names of some scripts need.
    /// </summary>
    public static bool IsOneLine(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format && !IsJoiner(rune))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>True for words of any length: lines and tabs are welcome, other control characters are not.</summary>
    public static bool IsWords(string text) =>
        !text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'));

    /// <summary>Zero-width joiner and non-joiner.</summary>
    private static bool IsJoiner(Rune rune) => rune.Value is 0x200c or 0x200d;
}
