using System.Text;

namespace OsstOrleans.Conformance.Tests.Oracle;

/// <summary>Turns a document into one that nobody meant to write.</summary>
internal static class Damage
{
    private static readonly string[] s_bits =
    [
        "{", "}", "(", ")", "[", "]", "!", "$", "@", ":", "=", "|", "&", "...", "..", ",", "#", "\"", "\"\"\"", "\\",
        "\n", "\r", "\t", " ", "\ufeff", "\u00e4", "\ud83d\ude00", "\u0000", "0", "01", "-", "1.", "1e", "1.5e+3",
        "null", "on", "query", "fragment F on Query", "mutation", "subscription", "$v", "\\u00e4", "\\u{1F600}",
        "'", "%", "extend type",
    ];

    /// <summary>Up to four changes: a bit put in, some characters taken out or doubled, or a piece of another
    /// document.</summary>
    public static string Done(string document, string other, Random random)
    {
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(document.Length + 1);
            var length = Math.Min(random.Next(1, 8), document.Length - at);
            document = random.Next(5) switch
            {
                0 => document.Remove(at, length),
                1 => document.Insert(at, document.Substring(at, length)),
                2 => document.Insert(at, other[..random.Next(other.Length + 1)]),
                3 => document[..at],
                _ => document.Insert(at, s_bits[random.Next(s_bits.Length)]),
            };
        }
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(document)); // No half pairs: JSON could not carry them.
    }
}
