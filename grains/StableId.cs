using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OsstOrleans.Grains;

/// <summary>
/// Identifiers and seeds derived from names by SHA-256: the same on every machine and in every run. Whoever knows a
/// name knows its identifier, so it is no command id but of published and synthetic data; lines of imports and steps of
/// casework have keyed ones.
/// </summary>
public static class StableId
{
    private const int VersionByte = 6;
    private const int VariantByte = 8;

    /// <summary>A UUID of version 8 (RFC 9562: custom, here the first 128 bits of SHA-256 of the name).</summary>
    public static Guid Guid(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(name, hash);
        return Guid(hash);
    }

    /// <summary>The same of a hash that is there already, whose first 128 bits are changed.</summary>
    public static Guid Guid(Span<byte> hash)
    {
        hash[VersionByte] = (byte)((hash[VersionByte] & 0x0f) | 0x80);
        hash[VariantByte] = (byte)((hash[VariantByte] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>16 hexadecimal digits.</summary>
    public static string Hex(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(name, hash);
        return Convert.ToHexStringLower(hash[..8]);
    }

    /// <summary>The first 64 bits, big-endian.</summary>
    public static ulong Seed(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(name, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    private static void Hash(string name, Span<byte> hash) => SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
}
