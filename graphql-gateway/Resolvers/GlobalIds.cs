using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Grains;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>
/// The ids of Relay's <c>Node</c>: one for each grain, always the same. Neither kind nor key can be read from it, and
/// no caller can make one. A grain's identity is sealed with AES-256-GCM; the nonce is taken from the identity itself
/// (as in RFC 8452), so that the same grain has the same id each time.
/// </summary>
internal sealed class GlobalIds(byte[] key)
{
    /// <summary>Keys of grains have no capital letters, so no key is taken for a global id.</summary>
    private const char Mark = 'G';

    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Overhead = NonceBytes + TagBytes;

    /// <summary>Identities are filled up to a multiple of this: a short key looks like a long one.</summary>
    private const int Block = 48;

    private const int MaxLength = 200;

    private readonly byte[] _sealing = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: "seal"u8.ToArray());
    private readonly byte[] _nonces = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: "nonce"u8.ToArray());

    public string Of(GrainName grain)
    {
        var identity = Encoding.ASCII.GetBytes($"{(int)grain.Kind}:{grain.Key}");
        var plain = new byte[(identity.Length + Block - 1) / Block * Block];
        identity.CopyTo(plain, 0);
        var bytes = new byte[Overhead + plain.Length];
        var nonce = bytes.AsSpan(0, NonceBytes);
        HMACSHA256.HashData(_nonces, plain).AsSpan(0, NonceBytes).CopyTo(nonce);
        using var aes = new AesGcm(_sealing, TagBytes);
        aes.Encrypt(nonce, plain, bytes.AsSpan(Overhead), bytes.AsSpan(NonceBytes, TagBytes));
        return Mark + Base64Url.EncodeToString(bytes);
    }

    /// <summary>The grain of an id; null for any other text.</summary>
    public GrainName? GrainOf(string id)
    {
        if (id.Length is 0 or > MaxLength || id[0] != Mark || !Base64Url.IsValid(id.AsSpan(1)))
        {
            return null;
        }
        var bytes = Base64Url.DecodeFromChars(id.AsSpan(1));
        return bytes.Length > Overhead && Open(bytes) is { } identity
            && identity.Split(':') is [var kind, var name] && int.TryParse(kind, out var number)
            ? new GrainName((GrainKind)number, name)
            : null;
    }

    /// <summary>
    /// The key that a caller means who may give either form: a grain's own key, or its global id. A global id of
    /// another kind stays as it is, and is no key.
    /// </summary>
    public string KeyOf(GrainKind kind, string id) =>
        GrainOf(id) is { } grain && grain.Kind == kind ? grain.Key : id;

    private string? Open(byte[] bytes)
    {
        var plain = new byte[bytes.Length - Overhead];
        try
        {
            using var aes = new AesGcm(_sealing, TagBytes);
            aes.Decrypt(
                bytes.AsSpan(0, NonceBytes), bytes.AsSpan(Overhead), bytes.AsSpan(NonceBytes, TagBytes), plain);
            return Encoding.ASCII.GetString(plain).TrimEnd('\0');
        }
        catch (AuthenticationTagMismatchException)
        {
            return null; // No id of ours, or one of another store.
        }
    }
}
