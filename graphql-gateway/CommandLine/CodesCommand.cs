using System.CommandLine;
using OsstOrleans.Silo.Codes;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst codes import</c>: takes a code system from a file, such as an official export.</summary>
internal static class CodesCommand
{
    public static Command Verb(
        Func<ParseResult, string> folderOf, Func<Func<Task<int>>, Task<int>> told, Option<string> data)
    {
        var file = new Argument<string>("FILE") { Description = "A code system as JSON." };
        var import = new Command("import", "Take a code system from a file; the next start uses it") { file, data };
        import.SetAction((parsed, _) => told(() => Import(folderOf(parsed), parsed.GetValue(file)!)));
        return new Command("codes", "Code systems as data") { import };
    }

    private static async Task<int> Import(string folder, string file)
    {
        if (!Directory.Exists(folder))
        {
            throw new StoreRefusal($"There is no data folder {folder}.");
        }
        var (system, added) = ImportedCodes.Import(folder, file);
        var ended = system.Codes.Count(line => line.ValidTo is not null);
        await Console.Out.WriteLineAsync(
            $"Imported {system.System} ({system.Name}): {system.Codes.Count} codes, {added} of them new, {ended} with "
            + "a last day. The next start uses it.");
        return 0;
    }
}
