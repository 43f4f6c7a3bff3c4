using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// The real program imports files into a data folder on SQLite with synchronous=FULL: benefit months (one event each),
/// the same file again (no events), and clients (two events a line, with names to seal). From the start of the process
/// to its end, so the runtime's start and the last checkpoint are in it.
/// </summary>
internal static class ImportBenchmark
{
    private const int MonthsOfEach = 10;

    private static readonly int Clients = int.Parse(
        Environment.GetEnvironmentVariable("OSST_BENCH_CLIENTS") ?? "20000", CultureInfo.InvariantCulture);

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "osst.dll");

    public static async Task<FigureTable> Run()
    {
        var table = new FigureTable("import");
        var folder = Directory.CreateTempSubdirectory("osst-bench-").FullName;
        var (data, year) = (Path.Combine(folder, "data"), 2001);
        await Pinned.RunToEnd("dotnet", Program, "simulate", "--clients", "0", "--data", data);
        var round = 0;
        await table.Measure($"clients: {Clients} lines, two events each", "events/s", async () =>
            2 * await LinesPerSecond(data, "clients", ClientsFile(folder, round++)));
        await table.Measure($"benefit months: {Clients * MonthsOfEach} lines", "events/s", () =>
            LinesPerSecond(data, "benefit-months", MonthsFile(folder, year++)));
        await table.Measure("the same lines again", "lines/s", () =>
            LinesPerSecond(data, "benefit-months", MonthsFile(folder, year - 1)));
        var call = 0;
        await table.Measure($"contacts: {Clients * MonthsOfEach} lines", "events/s", () =>
            LinesPerSecond(data, "contacts", ContactsFile(folder, call++)));
        Directory.Delete(folder, recursive: true);
        return table;
    }

    private static async Task<double> LinesPerSecond(string data, string kind, string file)
    {
        var lines = await File.ReadLinesAsync(file).CountAsync() - (kind == "clients" ? 1 : 0);
        var watch = Stopwatch.StartNew();
        // The setting is that of ./osst import.
        await Pinned.RunToEnd(
            "env", "DOTNET_TieredPGO=0", "dotnet", Program, "import", kind, file, "--data", data);
        return lines / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Other persons in each round: nobody is a duplicate of anybody.</summary>
    private static string ClientsFile(string folder, int round) => Write(folder, "clients.csv",
        "externalId,municipality,lastName,firstNames,birthYear,temporaryIdentifier,synthetic",
        from client in Enumerable.Range(0, Clients)
        select $"{(round == 0 ? "K" : $"R{round}")}-{client},320,Synteettinen,Esimerkki {client},1980,"
            + $"T-{round}-{client},true");

    private static string MonthsFile(string folder, int year) => Write(folder, "months.ndjson", null,
        from client in Enumerable.Range(0, Clients)
        from month in Enumerable.Range(1, MonthsOfEach)
        select $"{{\"externalId\":\"K-{client}\",\"month\":\"{year}-{month:00}\",\"amountCents\":41000,"
            + "\"reductionPercent\":0}");

    /// <summary>Lines whose fields follow from a command, each an entry of its own.</summary>
    private static string ContactsFile(string folder, int round) => Write(folder, "contacts.ndjson", null,
        from client in Enumerable.Range(0, Clients)
        from call in Enumerable.Range(1, MonthsOfEach)
        select $"{{\"externalId\":\"K-{client}\",\"entryId\":\"{round}/{client}/{call}\",\"channel\":\"PHONE\","
            + "\"reached\":false,\"note\":\"Ei vastausta\"}");

    private static string Write(string folder, string name, string? first, IEnumerable<string> lines)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllLines(path, first is null ? lines : lines.Prepend(first), new UTF8Encoding(false));
        return path;
    }
}
