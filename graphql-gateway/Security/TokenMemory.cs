using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// What is known of tokens that were checked before, by a hash of each. Two generations: a full one becomes the older
/// one, and what is used moves back into the newer, so that a flood of tokens costs no more than a check of the idle.
/// </summary>
/// <param name="most">Tokens of one generation.</param>
internal sealed class TokenMemory(int most)
{
    private volatile Generations _known = new(New(), New());

    /// <summary>What was remembered under this token; null when nothing is.</summary>
    public Verified? Find(in TokenHash token)
    {
        var known = _known;
        if (known.Newer.TryGetValue(token, out var found))
        {
            return found;
        }
        if (known.Older.TryGetValue(token, out found))
        {
            Remember(token, found);
        }
        return found;
    }

    /// <summary>Remembers a token; true when the oldest were forgotten for it.</summary>
    public bool Remember(in TokenHash token, Verified verified)
    {
        var known = _known;
        known.Newer[token] = verified;
        return known.Newer.Count >= most && Turn(known);
    }

    private bool Turn(Generations full) =>
        Interlocked.CompareExchange(ref _known, new Generations(New(), full.Newer), full) == full;

    private static ConcurrentDictionary<TokenHash, Verified> New() => new();

    private sealed record Generations(
        ConcurrentDictionary<TokenHash, Verified> Newer, ConcurrentDictionary<TokenHash, Verified> Older);
}

/// <summary>The SHA-256 of a token: no memory holds the token itself, and no other token has the same.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TokenHash(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    private const int OnStack = 4096;

    /// <summary>The hash of a token's text, which is ASCII; <see cref="Tokens"/> refuses any other.</summary>
    public static TokenHash Of(ReadOnlySpan<char> token)
    {
        Span<byte> text = token.Length <= OnStack ? stackalloc byte[OnStack] : new byte[token.Length];
        text = text[..Encoding.Latin1.GetBytes(token, text)];
        Span<TokenHash> hash = stackalloc TokenHash[1];
        SHA256.HashData(text, MemoryMarshal.AsBytes(hash));
        return hash[0];
    }
}
