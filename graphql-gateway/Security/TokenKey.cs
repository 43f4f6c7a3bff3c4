using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Security;

/// <summary>
/// The key that signs and checks development tokens: a file in the data folder that only its owner reads.
/// </summary>
internal static class TokenKey
{
    public const string FileName = "token.key";

    private const string What = "token key";

    /// <summary>Reads the key of a data folder, or makes it.</summary>
    /// <exception cref="StoreRefusal">The folder cannot be written, or the file is not a key.</exception>
    public static SymmetricSecurityKey Open(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            MakeFolder(folder);
            KeyFile.Create(path, What);
        }
        return new SymmetricSecurityKey(KeyFile.Read(path, What));
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            OwnersFile.MakeFolder(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The data folder {folder} cannot be created or written.");
        }
    }
}
