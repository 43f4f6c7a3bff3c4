using System.Security.Cryptography;
using System.Text;

namespace OsstOrleans.Silo.Privacy;

/// <summary>
/// One client's key. Personal parts are sealed with AES-256-GCM and bound to their place (stream and version), so a
/// sealed part copied elsewhere does not open. Forget the key, and every copy on disk is unreadable.
/// </summary>
public sealed class ClientCipher
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const byte FormatVersion = 1;
    private const int Overhead = 1 + NonceBytes + TagBytes;

    private readonly byte[] _key;

    internal ClientCipher(byte[] key) => _key = key;

    /// <summary>Seals: format version, nonce, tag, ciphertext. Nothing in gives nothing out.</summary>
    /// <param name="plain">What is sealed.</param>
    /// <param name="place">Where it belongs.</param>
    /// <param name="form">What stands before it in clear.</param>
    public byte[] Seal(ReadOnlySpan<byte> plain, string place, ReadOnlySpan<byte> form = default)
    {
        if (plain.IsEmpty)
        {
            return [];
        }
        var whole = new byte[form.Length + Overhead + plain.Length];
        form.CopyTo(whole);
        var sealedPart = whole.AsSpan(form.Length);
        sealedPart[0] = FormatVersion;
        var nonce = sealedPart.Slice(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(
            nonce, plain, sealedPart[Overhead..], sealedPart.Slice(1 + NonceBytes, TagBytes),
            Encoding.UTF8.GetBytes(place));
        return whole;
    }

    /// <summary>A mark that is the same for the same words, and shows nothing of them without this key.</summary>
    public byte[] MarkOf(string words)
    {
        var marking = HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, _key.Length, info: "marks"u8.ToArray());
        return HMACSHA256.HashData(marking, Encoding.UTF8.GetBytes(words))[..TagBytes];
    }

    /// <summary>The cipher of this key and others together: without one of them it cannot be had.</summary>
    internal ClientCipher Together(ReadOnlySpan<byte> others) => new(HMACSHA256.HashData(_key, others));

    /// <summary>Opens what <see cref="Seal"/> made for the same place.</summary>
    /// <exception cref="CryptographicException">Another key, another place, or altered bytes.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedPart, string place)
    {
        if (sealedPart.IsEmpty)
        {
            return [];
        }
        if (sealedPart.Length < Overhead || sealedPart[0] != FormatVersion)
        {
            throw new CryptographicException("The sealed part has an unknown form.");
        }
        var plain = new byte[sealedPart.Length - Overhead];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(
            sealedPart.Slice(1, NonceBytes), sealedPart[Overhead..], sealedPart.Slice(1 + NonceBytes, TagBytes), plain,
            Encoding.UTF8.GetBytes(place));
        return plain;
    }
}
