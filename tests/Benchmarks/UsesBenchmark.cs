using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// Durable lines of the use log on SQLite with synchronous=FULL: of reads of one client each, and of pages of lists,
/// which have a line for each client shown. More than 20 000 lines a second are to be had together.
/// </summary>
internal static class UsesBenchmark
{
    private const int PageSize = 50;

    public static async Task<FigureTable> Run()
    {
        var table = new FigureTable("uses");
        await using var place = await Workplace.Open();
        var clients = await place.RegisterClients(256);
        var page = clients.Take(PageSize)
            .Select(client => new ListedClient(client.Key, AccessBasis.Coordination)).ToArray();
        await table.Measure("reads of a client, 256 callers", "lines/s", () => AppendBenchmark.Concurrently(256, i =>
            place.Silo.Grains.Read<Grains.Client.ClientState>(
                clients[i], new ReadRequest(Workplace.Worker)).AsTask()));
        foreach (var callers in new[] { 1, 32, 256 })
        {
            await table.Measure($"pages of {PageSize} clients, {callers} callers", "lines/s", async () =>
                (PageSize + 1) * await AppendBenchmark.Concurrently(callers, _ =>
                    place.Silo.Uses.Listed(Workplace.Worker, "837", "caseload", page).AsTask()));
        }
        return table;
    }
}
