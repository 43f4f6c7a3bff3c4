using System.CommandLine;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Codes;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>
/// <c>osst codes import</c>: takes a code system from a file, such as an official export, into the data folder, or into
/// the database of a cluster, also while it works.
/// </summary>
internal static class CodesCommand
{
    public static Command Verb(
        Func<ParseResult, StoreAddress> addressOf, Func<Func<Task<int>>, Task<int>> told, params Option[] store)
    {
        var file = new Argument<string>("FILE") { Description = "A code system as JSON." };
        var import = new Command("import", "Take a code system from a file; the next start uses it") { file };
        foreach (var option in store)
        {
            import.Add(option);
        }
        import.SetAction((parsed, _) => told(() => Import(addressOf(parsed), parsed.GetValue(file)!)));
        return new Command("codes", "Code systems as data") { import };
    }

    private static async Task<int> Import(StoreAddress address, string file)
    {
        var (system, added) = address.Postgres is null ? InFolder(address.Folder, file)
            : await InDatabase(address, file);
        var ended = system.Codes.Count(line => line.ValidTo is not null);
        var next = address.Postgres is null ? "The next start uses it." : "Start every process anew: it then uses it.";
        await Console.Out.WriteLineAsync(
            $"Imported {system.System} ({system.Name}): {system.Codes.Count} codes, {added} of them new, {ended} with "
            + $"a last day. {next}");
        return 0;
    }

    private static (CodeSystem System, int Added) InFolder(string folder, string file) => Directory.Exists(folder)
        ? ImportedCodes.Import(folder, file)
        : throw new StoreRefusal($"There is no data folder {folder}.");

    private static async Task<(CodeSystem System, int Added)> InDatabase(StoreAddress address, string file)
    {
        (CodeSystem, int) imported = default;
        await Stores.UseNotes(
            address, TimeProvider.System, async (notes, _) => imported = await ImportedCodes.Import(notes, file));
        return imported;
    }
}
