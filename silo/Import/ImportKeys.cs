using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Import;

/// <summary>
/// Names that an import derives. All are keyed hashes: an identifier of another system may be a personal identity code
/// and a line holds names, so a plain hash in the log could be tried out until it fits.
/// </summary>
public sealed class ImportKeys(MasterKey master)
{
    private readonly byte[] _ids = master.DeriveKey("external ids");
    private readonly byte[] _clients = master.DeriveKey("clients of external ids");
    private readonly byte[] _commands = master.DeriveKey("import commands");

    /// <summary>True for what can be an identifier of another system.</summary>
    public static bool IsExternalId(string text) =>
        text.Length is > 0 and <= LineRules.ExternalIdLength && TextForm.IsIdentifier(text);

    /// <summary>The grain that knows whom an identifier means.</summary>
    /// <param name="source">The system that gave the identifier.</param>
    /// <param name="externalId">The identifier, in whatever form of its blanks.</param>
    public GrainName ExternalId(string source, string externalId) => GrainName.ExternalId(
        Hex(_ids, Encoding.UTF8.GetBytes($"{source}\n{TextForm.OfIdentifier(externalId)}")));

    /// <summary>The grain that knows whom an identifier means in one municipality's register.</summary>
    /// <param name="source">The system that gave the identifier.</param>
    /// <param name="externalId">The identifier.</param>
    /// <param name="municipality">The register.</param>
    public GrainName ExternalId(string source, string externalId, string municipality) =>
        ExternalId($"{source}\n{municipality}", externalId);

    /// <summary>The key of a client who becomes known by an identifier; it shows nothing of the identifier.</summary>
    public string ClientOf(GrainName externalId) => Hex(_clients, Encoding.UTF8.GetBytes(externalId.Key));

    /// <summary>
    /// The key of who becomes known by an identifier that meant an erased client: nothing leads back to that one.
    /// </summary>
    public string After(string erased) => Hex(_clients, Encoding.UTF8.GetBytes($"after\n{erased}"));

    /// <summary>
    /// The command id of a line: the same source, place and content give the same id, after any crash.
    /// </summary>
    internal Guid CommandId(string place, ReadOnlySpan<byte> content)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _commands);
        // The word stays: without it no line of a file that is sent again would be known.
        hmac.AppendData(Encoding.UTF8.GetBytes($"{place}\nmain\n"));
        hmac.AppendData(content);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        hmac.GetCurrentHash(hash);
        return StableId.Guid(hash);
    }

    private static string Hex(byte[] key, ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, name, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }
}
