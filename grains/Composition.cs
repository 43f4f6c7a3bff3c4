using System.Text;

namespace OsstOrleans.Grains;

/// <summary>
/// Unicode's normal form C: what means the same and looks the same is the same. Letters are taken apart, marks put in
/// their order, and both composed as far as they can be (Unicode Standard Annex 15). The runtime's own normalization
/// needs ICU, which this program runs without (<c>InvariantGlobalization</c>).
/// </summary>
internal static class Composition
{
    /// <summary>Everything before is composed, and composes with nothing before it.</summary>
    private const char FirstMark = '\u0300';

    /// <summary>A letter without its marks.</summary>
    public static char BaseOf(char letter)
    {
        var bare = (int)letter;
        while (bare > '\u007f' && CanonicalTable.Known.TryTakeApart(bare, out var parts)
            && parts.First <= char.MaxValue)
        {
            bare = parts.First;
        }
        return (char)bare;
    }

    /// <summary>True for a mark that stands by itself beside its letter.</summary>
    public static bool IsMark(char letter) => letter >= FirstMark && CanonicalTable.Known.ClassOf(letter) != 0;

    /// <summary>The text in normal form C; the same text when it is.</summary>
    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstMark, char.MaxValue))
        {
            return text;
        }
        var letters = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            TakeApart(rune.Value, letters);
        }
        PutInOrder(letters);
        var composed = new StringBuilder(text.Length);
        foreach (var letter in Joined(letters))
        {
            composed.Append(new Rune(letter));
        }
        return composed.ToString();
    }

    private static void TakeApart(int letter, List<int> letters)
    {
        if (Hangul.TakeApart(letter, letters))
        {
            return;
        }
        if (!CanonicalTable.Known.TryTakeApart(letter, out var parts))
        {
            letters.Add(letter);
            return;
        }
        TakeApart(parts.First, letters);
        if (parts.Second != 0)
        {
            TakeApart(parts.Second, letters);
        }
    }

    /// <summary>Marks behind one letter stand by their classes, and those of one class as they were.</summary>
    private static void PutInOrder(List<int> letters)
    {
        for (var start = 0; start < letters.Count; start++)
        {
            var end = start;
            var isInOrder = true;
            for (byte before = 0; end < letters.Count && ClassOf(letters[end]) is > 0 and var here; end++)
            {
                isInOrder &= before <= here;
                before = here;
            }
            if (!isInOrder)
            {
                int[] marks = [.. letters[start..end].OrderBy(ClassOf)]; // Stable, however many there are.
                for (var i = 0; i < marks.Length; i++)
                {
                    letters[start + i] = marks[i];
                }
            }
            start = end;
        }
    }

    private static List<int> Joined(List<int> letters)
    {
        var joined = new List<int>(letters.Count);
        var starter = -1; // The letter that what follows may join.
        var last = 0; // The class of what stands behind it.
        foreach (var letter in letters)
        {
            var here = ClassOf(letter);
            var isNext = starter == joined.Count - 1;
            if (starter >= 0 && (isNext || (last < here && last > 0))
                && (Hangul.Together(joined[starter], letter) ?? CanonicalTable.Known.Together(joined[starter], letter))
                is { } whole)
            {
                joined[starter] = whole;
                continue;
            }
            joined.Add(letter);
            (starter, last) = here == 0 ? (joined.Count - 1, 0) : (starter, here);
        }
        return joined;
    }

    private static byte ClassOf(int letter) => letter < FirstMark ? (byte)0 : CanonicalTable.Known.ClassOf(letter);

    /// <summary>Korean syllables, which are computed (chapter 3.12 of the standard).</summary>
    private static class Hangul
    {
        private const int Syllable = 0xac00, Lead = 0x1100, Vowel = 0x1161, Tail = 0x11a7;
        private const int Leads = 19, Vowels = 21, Tails = 28;

        public static bool TakeApart(int letter, List<int> letters)
        {
            var number = letter - Syllable;
            if (number is < 0 or >= Leads * Vowels * Tails)
            {
                return false;
            }
            letters.Add(Lead + (number / (Vowels * Tails)));
            letters.Add(Vowel + (number / Tails % Vowels));
            if (number % Tails > 0)
            {
                letters.Add(Tail + (number % Tails));
            }
            return true;
        }

        public static int? Together(int first, int second)
        {
            if (first - Lead is >= 0 and < Leads and var lead && second - Vowel is >= 0 and < Vowels and var vowel)
            {
                return Syllable + (((lead * Vowels) + vowel) * Tails);
            }
            return first - Syllable is >= 0 and < Leads * Vowels * Tails and var syllable && syllable % Tails == 0
                && second - Tail is > 0 and < Tails and var tail
                    ? first + tail
                    : null;
        }
    }
}
