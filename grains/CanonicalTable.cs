using System.Collections.Frozen;
using System.Globalization;

namespace OsstOrleans.Grains;

/// <summary>
/// What the Unicode Character Database says of composed characters and of marks, read from <c>canonical.txt</c> when it
/// is first needed: texts of the usual letters never are.
/// </summary>
internal sealed class CanonicalTable
{
    private readonly FrozenDictionary<int, (int First, int Second)> _apart;
    private readonly FrozenDictionary<(int First, int Second), int> _together;
    private readonly FrozenDictionary<int, byte> _classes;

    private CanonicalTable(TextReader lines)
    {
        var apart = new Dictionary<int, (int, int)>();
        var together = new Dictionary<(int, int), int>();
        var classes = new Dictionary<int, byte>();
        while (lines.ReadLine() is { } line)
        {
            foreach (var word in line.StartsWith('#') ? [] : line.Split(' '))
            {
                if (word.Split('=') is [var whole, var parts])
                {
                    var pair = Pair(parts.TrimEnd('!'));
                    apart[Code(whole)] = pair;
                    if (pair.Second != 0 && !parts.EndsWith('!'))
                    {
                        together[pair] = Code(whole);
                    }
                }
                else if (word.Split(':') is [var range, var number])
                {
                    var ends = range.Split('-');
                    for (var mark = Code(ends[0]); mark <= Code(ends[^1]); mark++)
                    {
                        classes[mark] = byte.Parse(number, CultureInfo.InvariantCulture);
                    }
                }
            }
        }
        (_apart, _together, _classes) =
            (apart.ToFrozenDictionary(), together.ToFrozenDictionary(), classes.ToFrozenDictionary());
    }

    /// <summary>The one table.</summary>
    public static CanonicalTable Known { get; } = Load();

    /// <summary>What a character is composed of, if of anything; the second is 0 where it only means another one.
    /// </summary>
    public bool TryTakeApart(int whole, out (int First, int Second) parts) => _apart.TryGetValue(whole, out parts);

    /// <summary>The character that two compose; null when they compose none.</summary>
    public int? Together(int first, int second) =>
        _together.TryGetValue((first, second), out var whole) ? whole : null;

    /// <summary>The canonical combining class; the order of marks of different classes means nothing.</summary>
    public byte ClassOf(int character) => _classes.GetValueOrDefault(character);

    private static CanonicalTable Load()
    {
        using var file = typeof(CanonicalTable).Assembly.GetManifestResourceStream("canonical.txt")!;
        using var lines = new StreamReader(file);
        return new CanonicalTable(lines);
    }

    private static (int First, int Second) Pair(string parts) =>
        parts.Split('+') is [var first, var second] ? (Code(first), Code(second)) : (Code(parts), 0);

    private static int Code(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
