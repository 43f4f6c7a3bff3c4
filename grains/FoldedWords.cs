using System.Text;

namespace OsstOrleans.Grains;

/// <summary>
/// Names as one searches them: small letters without marks, so that <em>Mäkelä</em>, <em>Makela</em> and
/// <em>MÄKELÄ</em> are one, in words. An apostrophe stands in no word; a hyphen parts two, which are also found written
/// as one.
/// </summary>
public static class FoldedWords
{
    private const string Apostrophes = "'\u2019\u2018\u00b4`";

    /// <summary>The words of a text in their order, with what ends at a hyphen or a blank by itself.</summary>
    public static IReadOnlyList<string> Of(string? text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var letter in text ?? "")
        {
            if (char.IsLetterOrDigit(letter))
            {
                AddFolded(word, letter);
            }
            else if (!Apostrophes.Contains(letter, StringComparison.Ordinal) && !Composition.IsMark(letter))
            {
                End(words, word);
            }
        }
        End(words, word);
        return words;
    }

    /// <summary>The words of a name and, where it has several, all of them as one.</summary>
    public static IReadOnlyList<string> OfName(string? name) =>
        Of(name) is { Count: > 1 } words ? [.. words, string.Concat(words)] : Of(name);

    private static void End(List<string> words, StringBuilder word)
    {
        if (word.Length > 0)
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }

    private static void AddFolded(StringBuilder word, char letter)
    {
        var bare = char.ToLowerInvariant(Composition.BaseOf(letter));
        // Letters that were never composed of others, as they are written where a keyboard has none of them.
        _ = bare switch
        {
            'ß' => word.Append("ss"),
            'æ' => word.Append("ae"),
            'œ' => word.Append("oe"),
            'þ' => word.Append("th"),
            'ø' => word.Append('o'),
            'đ' or 'ð' => word.Append('d'),
            'ł' => word.Append('l'),
            'ŋ' => word.Append('n'),
            'ŧ' => word.Append('t'),
            'ı' => word.Append('i'),
            _ => word.Append(bare),
        };
    }
}
