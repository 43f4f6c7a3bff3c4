using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Codes;

/// <summary>
/// Code systems that an operator imported, one file each in the data folder. They are read once, at the start: every
/// process of a cluster is given the same.
/// </summary>
public static class ImportedCodes
{
    /// <summary>The folder's name in the data folder.</summary>
    public const string FolderName = "codes";

    /// <summary>The program's code systems with those that were imported.</summary>
    /// <exception cref="StoreRefusal">A file is missing, cannot be read, or is no code system.</exception>
    public static CodeRegister Load(string dataFolder)
    {
        FolderList.Demand(dataFolder, FolderName + "/");
        var folder = Path.Combine(dataFolder, FolderName);
        return !Directory.Exists(folder) ? CodeRegister.BuiltIn : CodeRegister.BuiltIn.With(
            [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)
                .Select(path => Read(path, CodeRegister.BuiltIn))]);
    }

    /// <summary>Takes a file over; it gets its place only when it is whole and right.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="file">The file to import.</param>
    /// <returns>The system, and how many codes it adds to what was known.</returns>
    /// <exception cref="StoreRefusal">It cannot be read or written, or is no code system; nothing was changed.
    /// </exception>
    public static (CodeSystem System, int Added) Import(string dataFolder, string file)
    {
        var known = Load(dataFolder);
        var system = Read(file, known);
        var folder = Path.Combine(dataFolder, FolderName);
        var place = Path.Combine(folder, NameOf(system.System));
        try
        {
            OwnersFile.MakeFolder(folder);
            OwnersFile.Replace(place, SummedJson.With(CodeFile.Write(system)));
            FolderList.Enter(dataFolder, $"{FolderName}/{Path.GetFileName(place)}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The folder {folder} cannot be written.");
        }
        return (system, system.Codes.Count - (known.Find(system.System)?.Codes.Count ?? 0));
    }

    private static CodeSystem Read(string path, CodeRegister known)
    {
        try
        {
            var content = File.ReadAllBytes(path);
            if (!SummedJson.IsWhole(content))
            {
                throw new StoreRefusal($"{path} is damaged: its sum does not fit. Import the list again.");
            }
            using var text = new MemoryStream(content);
            var (system, fault) = CodeFile.Read(text, known);
            return system ?? throw new StoreRefusal($"{path} was not taken. {fault}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The file {path} cannot be read.");
        }
    }

    /// <summary>A name of a system may hold what a file's name may not.</summary>
    private static string NameOf(string system) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(system))[..8]) + ".json";
}
