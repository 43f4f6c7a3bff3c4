using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Privacy;

/// <summary>
/// Wraps each client's own key. It lives outside the database, in a file that only its owner may read; a copy of the
/// database alone opens no one's personal data.
/// </summary>
public sealed class MasterKey
{
    /// <summary>The file's name in the data folder, unless the operator names another file.</summary>
    public const string FileName = "master.key";

    private const int KeyBytes = 32;

    private const string Matter = "/matter-";

    private readonly ClientCipher _wrapping;

    private readonly byte[] _key;

    private MasterKey(byte[] key) => (_key, _wrapping) = (key, new ClientCipher(key));

    /// <summary>Reads the key file, or makes one for a store that is still empty.</summary>
    /// <exception cref="StoreRefusal">The file is missing although the store has data, is not a key, or
    /// cannot be read or written.</exception>
    public static MasterKey Open(string path, bool storeIsEmpty)
    {
        if (!File.Exists(path))
        {
            if (!storeIsEmpty)
            {
                throw new StoreRefusal($"The master key {path} is missing; without it no personal data can be read.");
            }
            KeyFile.Create(path, "master key");
        }
        return new MasterKey(KeyFile.Read(path, "master key"));
    }

    /// <summary>A key for tests and in-memory stores.</summary>
    public static MasterKey Random() => new(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>
    /// Distinguishes keys, and shows nothing of this one. A log remembers it, so that no process ever writes to it
    /// under another key: the other processes could not read those people.
    /// </summary>
    public string Mark => Convert.ToHexString(DeriveKey("mark"));

    /// <summary>
    /// The mark of a log in which every row has a seal from the first on: one that was begun by a version with seals.
    /// Without the key neither mark follows from the other, so the fact can be neither flipped nor taken away.
    /// </summary>
    public string SealedMark => Convert.ToHexString(DeriveKey("mark of a log with seals"));

    /// <summary>True for a mark that a log of this key may have.</summary>
    public bool IsMarkedBy(string? mark) => mark == Mark || mark == SealedMark;

    /// <summary>A key of its own for another purpose; the same each time, and it shows nothing of this one.</summary>
    public byte[] DeriveKey(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, KeyBytes, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>Makes a client's key; its wrapped form is stored beside the client's first event.</summary>
    public (ClientCipher Cipher, byte[] Wrapped) NewClientKey(GrainName client) => NewCipher(client.ToString());

    /// <summary>Makes the key of one of a client's matters; destroyed when the matter's time of keeping has ended.
    /// </summary>
    internal (byte[] Key, MatterKey Wrapped) NewMatterKey(GrainName client, int matter)
    {
        var (key, wrapped) = NewKey(MatterKeyName(client, matter));
        return (key, new MatterKey(matter, wrapped));
    }

    /// <summary>Makes a key for what is kept by one consent of a client; destroyed when it is withdrawn.</summary>
    public (ClientCipher Cipher, byte[] Wrapped) NewConsentKey(GrainName client) =>
        NewCipher(ConsentKeyName(client));

    /// <summary>The client's cipher, or null when the key was erased.</summary>
    /// <exception cref="StoreFault">The client's key was wrapped by another master key, or is damaged.</exception>
    public ClientCipher? Unwrap(GrainName client, ReadOnlyMemory<byte> wrapped) =>
        CipherOf(client, client.ToString(), wrapped);

    /// <summary>The cipher of a client's present consent, or null without one.</summary>
    /// <exception cref="StoreFault">The key was wrapped by another master key, or is damaged.</exception>
    public ClientCipher? UnwrapConsent(GrainName client, ReadOnlyMemory<byte> wrapped) =>
        CipherOf(client, ConsentKeyName(client), wrapped);

    /// <summary>The key of one of a client's matters.</summary>
    /// <exception cref="StoreFault">The key was wrapped by another master key, or is damaged.</exception>
    internal byte[] UnwrapMatter(GrainName client, in MatterKey key) =>
        Unwrap(client, MatterKeyName(client, key.Matter), key.Wrapped);

    /// <summary>How the names of a client's keys begin, but for that of the client's own: it is the client's name.
    /// </summary>
    public static string BeginOfKeyNames(GrainName client) => $"{client}/";

    /// <summary>Behind the names of a client's keys, and before that of any other.</summary>
    public static string EndOfKeyNames(GrainName client) => $"{client}0"; // The letter after the slash.

    /// <summary>The name under which a matter's key lies among the keys.</summary>
    public static string MatterKeyName(GrainName client, int matter) =>
        string.Create(CultureInfo.InvariantCulture, $"{client}{Matter}{matter}");

    /// <summary>The name under which the key of a consent to words of the log lies among the keys.</summary>
    public static string SealingKeyName(GrainName client, int consent) =>
        MatterKeyName(client, MatterKey.OfConsent(consent));

    /// <summary>The matter whose key has a name; null for the name of another key.</summary>
    public static int? MatterOf(string keyName) =>
        keyName.LastIndexOf('/') is var slash and >= 0 && keyName.AsSpan(slash).StartsWith(Matter)
        && ushort.TryParse(
            keyName.AsSpan(slash + Matter.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var matter)
            ? matter
            : null;

    /// <summary>The name under which a client's consent key lies among the keys.</summary>
    public static string ConsentKeyName(GrainName client) => $"{client}/consent";

    private (ClientCipher Cipher, byte[] Wrapped) NewCipher(string name)
    {
        var (key, wrapped) = NewKey(name);
        return (new ClientCipher(key), wrapped);
    }

    private (byte[] Key, byte[] Wrapped) NewKey(string name)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        return (key, _wrapping.Seal(key, name));
    }

    private ClientCipher? CipherOf(GrainName client, string name, ReadOnlyMemory<byte> wrapped) =>
        wrapped.IsEmpty ? null : new ClientCipher(Unwrap(client, name, wrapped));

    private byte[] Unwrap(GrainName client, string name, ReadOnlyMemory<byte> wrapped)
    {
        try
        {
            return _wrapping.Open(wrapped.Span, name);
        }
        catch (CryptographicException)
        {
            throw new StoreFault($"{client}: the master key in use does not open this client's key.");
        }
    }
}
