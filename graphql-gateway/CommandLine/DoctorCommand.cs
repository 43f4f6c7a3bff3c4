using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>
/// <c>osst doctor</c>: looks at what the platform needs from this machine and changes nothing. A line for each thing,
/// with the mend where it is not well; exit 1 when something keeps the platform from starting.
/// </summary>
internal static class DoctorCommand
{
    private const long LeastFreeBytes = 1L << 30;

    private static readonly string[] KeyFiles = [MasterKey.FileName, TokenKey.FileName, ClusterCertificate.FileName];

    private enum Finding
    {
        Well,
        Missing,
        Wrong,
    }

    public static async Task<int> Run(StoreAddress address)
    {
        List<(Finding Finding, string Text)> findings =
        [
            Zone(),
            (Finding.Well, "engines for GraphQL: "
                + string.Join(", ", Engines.GraphQLEngines.Present.Select(Engines.GraphQLEngines.NameOf))),
            Folder(address.Folder),
            Space(address.Folder),
            Keys(address),
            Tool("npm", "the IDE and the tests with other people's clients; install Node.js 20 or newer"),
            Tool("chromium", "the tests of pages; install chromium"),
            Tool("Rscript", "the tests of statistics; install r-base-core, r-cran-survival and r-cran-clubsandwich"),
            PostgresServer(),
            await Store(address),
        ];
        foreach (var (finding, text) in findings)
        {
            await Console.Out.WriteLineAsync($"{Sign(finding)} {text}");
        }
        return findings.Any(f => f.Finding == Finding.Wrong) ? 1 : 0;
    }

    private static string Sign(Finding finding) => finding switch
    {
        Finding.Well => "ok     ",
        Finding.Missing => "missing",
        _ => "WRONG  ",
    };

    private static (Finding, string) Zone() => TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Helsinki", out _)
        ? (Finding.Well, "time zone Europe/Helsinki")
        : (Finding.Wrong, "time zone Europe/Helsinki is unknown here; install tzdata");

    /// <summary>A folder that is not there yet will be made; one that is there must be closed to all but its owner.
    /// </summary>
    private static (Finding, string) Folder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return (Finding.Well, $"data folder {folder}: not there yet, the first start makes it");
        }
        return OwnersFile.IsOpenToOthers(folder)
            ? (Finding.Missing, $"data folder {folder} can be read by others; chmod 700 {folder}")
            : (Finding.Well, $"data folder {folder}");
    }

    private static (Finding, string) Space(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }
        var free = new DriveInfo(existing).AvailableFreeSpace;
        return free >= LeastFreeBytes
            ? (Finding.Well, $"disk: {free >> 30} GiB free")
            : (Finding.Wrong, $"disk: only {free >> 20} MiB free where {folder} lies; make room");
    }

    private static (Finding, string) Keys(StoreAddress address)
    {
        if (!File.Exists(address.MasterKeyPath))
        {
            return (Finding.Well, "keys: not there yet, the first start or ./osst keys makes them");
        }
        var open = KeyFiles.Select(name => Path.Combine(address.KeyFolder, name))
            .FirstOrDefault(path => File.Exists(path) && OwnersFile.IsOpenToOthers(path));
        return open is null
            ? (Finding.Well, $"keys in {address.KeyFolder}")
            : (Finding.Wrong, $"a key can be used by others; chmod 600 {open}");
    }

    private static (Finding, string) Tool(string name, string use) => OnPath(name)
        ? (Finding.Well, name)
        : (Finding.Missing, $"{name} is not here: needed only for {use}");

    private static (Finding, string) PostgresServer() =>
        OnPath("initdb") || Directory.Exists("/usr/lib/postgresql")
            ? (Finding.Well, "PostgreSQL's programs")
            : (Finding.Missing, "PostgreSQL's programs are not here: needed only for its tests; install postgresql");

    /// <summary>A store that is in use is well; one that refuses says why.</summary>
    private static async Task<(Finding, string)> Store(StoreAddress address)
    {
        try
        {
            return (Finding.Well, $"store: {await Stores.Look(address)}");
        }
        catch (StoreRefusal refusal)
        {
            return (refusal.IsInUse ? Finding.Well : Finding.Wrong, $"store: {refusal.Message}");
        }
    }

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
