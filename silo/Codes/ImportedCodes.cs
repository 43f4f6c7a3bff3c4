using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Codes;

/// <summary>
/// Code systems that an operator imported, read once at the start. Beside a file they are one file each in the data
/// folder; a database holds them itself, so that all processes of a cluster decide by the same ones.
/// </summary>
public static class ImportedCodes
{
    /// <summary>The folder's name in the data folder.</summary>
    public const string FolderName = "codes";

    /// <summary>Of the notes of a database: a list each, under the name that its file has in a folder.</summary>
    private const string Shelf = "codes";

    private const int MostLists = 1_000;

    /// <summary>The program's code systems with those that were imported.</summary>
    /// <exception cref="StoreRefusal">A file is missing, cannot be read, or is no code system.</exception>
    public static CodeRegister Load(string dataFolder) => With(In(dataFolder));

    /// <summary>The program's code systems with those of a store.</summary>
    /// <param name="notes">What a database holds; a file holds lists that a backup of a database brought along.</param>
    /// <param name="address">Whose they are. A process of a database has no lists of its own in its folder.</param>
    /// <exception cref="StoreRefusal">A list is no code system, or one of the folder is not in the database.
    /// </exception>
    internal static async Task<CodeRegister> Load(INotes notes, StoreAddress address)
    {
        var (dataFolder, rows) = (address.Folder, await notes.ReadRows(Shelf, "", MostLists));
        if (address.Postgres is null)
        {
            return With([.. In(dataFolder), .. Of(rows)]);
        }
        foreach (var path in Files(dataFolder))
        {
            if (!rows.Any(row => row.Key == Path.GetFileName(path) && row.Value.Span.SequenceEqual(Bytes(path))))
            {
                throw new StoreRefusal(
                    $"{path} is not one of the code lists in the database, by which all processes decide. Take it over "
                    + "by ./osst codes import FILE --store postgres, and remove it here.");
            }
        }
        return With(Of(rows));
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
        return (system, AddedTo(known, system));
    }

    /// <summary>Takes a file over into a database, for all processes of its cluster.</summary>
    /// <inheritdoc cref="Import(string, string)"/>
    public static async Task<(CodeSystem System, int Added)> Import(INotes notes, string file)
    {
        var rows = await notes.ReadRows(Shelf, "", MostLists);
        var known = With(Of(rows));
        var system = Read(file, known);
        var name = NameOf(system.System);
        var before = rows.Where(row => row.Key == name).DefaultIfEmpty(new NoteRow(Shelf, name, default)).Single();
        return await notes.TryWrite([before with { Value = SummedJson.With(CodeFile.Write(system)) }], before)
            ? (system, AddedTo(known, system))
            : throw new StoreRefusal($"Another import of {system.System} came between; nothing was changed.");
    }

    private static IEnumerable<CodeSystem> In(string dataFolder)
    {
        FolderList.Demand(dataFolder, FolderName + "/");
        return Files(dataFolder).Select(path => Read(path, CodeRegister.BuiltIn));
    }

    private static IEnumerable<CodeSystem> Of(IEnumerable<NoteRow> rows) => rows.Select(row =>
        Read($"The code list {row.Key} of the database", row.Value.ToArray(), CodeRegister.BuiltIn));

    /// <summary>Of two lists of a name the first one counts.</summary>
    private static CodeRegister With(IEnumerable<CodeSystem> systems) => CodeRegister.BuiltIn.With([.. systems]);

    private static int AddedTo(CodeRegister known, CodeSystem system) =>
        system.Codes.Count - (known.Find(system.System)?.Codes.Count ?? 0);

    private static IEnumerable<string> Files(string dataFolder) =>
        Path.Combine(dataFolder, FolderName) is var folder && Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)
            : [];

    private static CodeSystem Read(string path, CodeRegister known) => Read(path, Bytes(path), known);

    private static CodeSystem Read(string place, byte[] content, CodeRegister known)
    {
        if (!SummedJson.IsWhole(content))
        {
            throw new StoreRefusal($"{place} is damaged: its sum does not fit. Import the list again.");
        }
        using var text = new MemoryStream(content);
        var (system, fault) = CodeFile.Read(text, known);
        return system ?? throw new StoreRefusal($"{place} was not taken. {fault}");
    }

    /// <exception cref="StoreRefusal">It cannot be read.</exception>
    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
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
