using System.Text;

namespace OsstOrleans.Gateway.Tests.Fuzz;

/// <summary>
/// Damaged copies of good inputs: bytes flipped, cut off, doubled, taken from other inputs or from a list of what
/// readers have stumbled over. The same seed makes the same copies.
/// </summary>
internal sealed class Damage(int seed)
{
    private static readonly byte[][] Stumbles =
    [
        .. new[]
        {
            "\0", "\r", "\n", "\"", "\\", "\\ud800", "\u2028", "\u202e", "\ufeff", "\u0661", "{", "}", "[", "]", ",",
            ";", ":", "null", "true", "1e999", "-0", "99999999999999999999", "\"\"", "0001-01-01", "9999-12-31",
            "2018-02-30", "=1+1", "\t", "'", "e\u0301", "..", ".", " ", "Bearer ", "{\"a\":{\"a\":{\"a\":[[[[[[",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff, 0xfe], [0xc3], [0xed, 0xa0, 0x80],
    ];

    private readonly Random _random = new(seed);

    /// <summary>A copy of one of the inputs with one to eight faults.</summary>
    public byte[] Of(IReadOnlyList<byte[]> inputs)
    {
        var bytes = new List<byte>(inputs[_random.Next(inputs.Count)]);
        for (var faults = _random.Next(1, 9); faults > 0; faults--)
        {
            var at = _random.Next(bytes.Count + 1);
            var rest = bytes.Count - at;
            switch (_random.Next(6))
            {
                case 0 when rest > 0:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1 when rest > 0:
                    bytes.RemoveRange(at, _random.Next(1, Math.Min(rest, 20) + 1));
                    break;
                case 2 when rest > 0:
                    bytes.InsertRange(at, bytes.GetRange(at, _random.Next(1, Math.Min(rest, 40) + 1)));
                    break;
                case 3:
                    var other = inputs[_random.Next(inputs.Count)];
                    var from = _random.Next(other.Length);
                    bytes.InsertRange(at, other[from..Math.Min(other.Length, from + 30)]);
                    break;
                case 4:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)'9', _random.Next(1, 200)));
                    break;
                default:
                    bytes.InsertRange(at, Stumbles[_random.Next(Stumbles.Length)]);
                    break;
            }
        }
        return [.. bytes];
    }
}
