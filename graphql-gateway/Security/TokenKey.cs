using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.Security;

/// <summary>The key that signs and checks development tokens: a file in the data folder that only its owner reads.</summary>
internal static class TokenKey
{
    public const string FileName = "token.key";

    private const int KeyBytes = 32;

    /// <summary>Reads the key of a data folder, or makes it.</summary>
    /// <exception cref="StoreRefusal">The folder cannot be written, or the file is not a key.</exception>
    public static SymmetricSecurityKey Open(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(path))
            {
                Directory.CreateDirectory(folder);
                Create(path);
            }
            var key = File.ReadAllBytes(path);
            return key.Length == KeyBytes
                ? new SymmetricSecurityKey(key)
                : throw new StoreRefusal($"The file {path} is not a token key of {KeyBytes} bytes.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The token key {path} cannot be read or written.");
        }
    }

    private static void Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using var file = new FileStream(path, options);
        file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
    }
}
