using System.Text;
using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Storage;

/// <summary>
/// Texts of lines in the logs about clients, which are read by people, kept for years and never cut: a text is no
/// longer than needed, and shows all that it holds. What callers give is judged where they give it; this is the last
/// door, so that no line can look like two, and both stores keep and seal the same text.
/// </summary>
internal static class LogTexts
{
    /// <summary>The longest text of a line; a subject of a token has 255 characters at most.</summary>
    public const int Longest = 500;

    /// <summary>A line as it is written.</summary>
    public static UseLine Of(UseLine line) => line with
    {
        Actor = Of(line.Actor),
        Purpose = Of(line.Purpose),
        What = Of(line.What),
    };

    /// <inheritdoc cref="Of(UseLine)"/>
    public static DisclosureLine Of(DisclosureLine line) => line with
    {
        What = Of(line.What),
        Recipient = Of(line.Recipient),
        Discloser = Of(line.Discloser),
        Purpose = Of(line.Purpose),
        LegalBasis = Of(line.LegalBasis),
    };

    /// <summary>A text on one line: what does not show stands as U+FFFD, and what is too long ends with dots.</summary>
    private static string Of(string text)
    {
        if (text.Length <= Longest && TextForm.IsOneLine(text))
        {
            return text;
        }
        var shown = new StringBuilder(Longest + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length + rune.Utf16SequenceLength > Longest)
            {
                return shown.Append('…').ToString();
            }
            shown.Append(TextForm.IsOneLine(rune.ToString()) ? rune : Rune.ReplacementChar);
        }
        return shown.ToString();
    }
}
