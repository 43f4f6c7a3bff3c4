using System.Security.Cryptography;
using System.Text;

namespace OsstOrleans.Silo.Privacy;

/// <summary>
/// A file with one JSON object whose last entry is the sum of all that stands before it, so that a byte which a disk
/// changed is told. Files without a sum, of older versions or made by hand, are taken as they are.
/// </summary>
public static class SummedJson
{
    private const int SumDigits = SHA256.HashSizeInBytes * 2;

    private static readonly byte[] s_before = ",\"sum\":\""u8.ToArray();
    private static readonly byte[] s_after = "\"}"u8.ToArray();

    /// <param name="json">An object with at least one entry, closed by its last byte.</param>
    public static byte[] With(ReadOnlySpan<byte> json) =>
        [.. json[..^1], .. s_before, .. Encoding.ASCII.GetBytes(SumOf(json[..^1])), .. s_after];

    /// <summary>False when the file has a sum, and it is another file's.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> file)
    {
        var end = s_before.Length + SumDigits + s_after.Length;
        return file.Length < end || !file[^end..].StartsWith(s_before) || !file.EndsWith(s_after)
            || file[^end..].Slice(s_before.Length, SumDigits).SequenceEqual(
                Encoding.ASCII.GetBytes(SumOf(file[..^end])));
    }

    private static string SumOf(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json));
}
