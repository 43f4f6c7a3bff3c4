using System.Security.Cryptography;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Privacy;

/// <summary>A secret key in a file that only its owner may read.</summary>
public static class KeyFile
{
    private const int KeyBytes = 32;

    /// <summary>Reads a key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">Its kind for the sentence of a refusal, e.g. <c>token key</c>.</param>
    /// <exception cref="StoreRefusal">The file cannot be read, or is not a key.</exception>
    public static byte[] Read(string path, string what)
    {
        try
        {
            var key = File.ReadAllBytes(path);
            return key.Length == KeyBytes
                ? key
                : throw new StoreRefusal($"The file {path} is not a {what} of {KeyBytes} bytes.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The {what} {path} cannot be read.");
        }
    }

    /// <summary>Makes a key.</summary>
    /// <exception cref="StoreRefusal">The folder cannot be written.</exception>
    public static void Create(string path, string what) => Write(path, what, RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>
    /// Writes what only its owner may read. It gets its name only when it is whole: a full disk leaves no half of a key
    /// behind.
    /// </summary>
    /// <exception cref="StoreRefusal">The folder cannot be written.</exception>
    public static void Write(string path, string what, ReadOnlySpan<byte> content)
    {
        var unnamed = path + ".new";
        try
        {
            OwnersFile.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var file = new FileStream(unnamed, OwnersFile.ToWrite(FileMode.Create)))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            DurableName.Give(unnamed, path, overwrite: false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The {what} {path} cannot be written; the disk may be full or read-only.");
        }
    }
}
