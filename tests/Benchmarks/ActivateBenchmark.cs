using System.Diagnostics;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Hosting;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Benchmarks;

/// <summary>Cold activations: a snapshot and the 49 or 50 events after it, read from the file and folded.</summary>
internal static class ActivateBenchmark
{
    private const int Clients = 2_000;
    private const int EventsAfterSnapshot = 49;

    /// <summary>Passes over all clients in one run: one alone takes a tenth of a second.</summary>
    private const int Passes = 8;

    public static async Task<FigureTable> Run()
    {
        var table = new FigureTable("activate");
        await using var place = await Workplace.Open();
        var clients = await place.RegisterClients(Clients);
        await Parallel.ForEachAsync(
            clients, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (client, _) =>
            {
                for (var i = 0; i < 49 + EventsAfterSnapshot; i++)
                {
                    await place.Send(client, new RecordContactAttempt(ContactChannel.Letter, Reached: false));
                }
            });
        await place.Reopen();
        var bytes = new List<double>();
        await Activate(place, clients, []);
        await table.Measure(
            $"cold activation, snapshot + {EventsAfterSnapshot} events", "activations/s",
            () => Activate(place, clients, bytes));
        table.Add(new Figure("memory of an idle activation", "bytes", bytes));
        return table;
    }

    private static async Task<double> Activate(Workplace place, GrainName[] clients, List<double> bytes)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var hosts = new IGrainHost[clients.Length];
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(half => Task.Run(async () =>
        {
            for (var n = half; n < Passes * clients.Length; n += 2)
            {
                var i = n % clients.Length;
                var snapshot = await place.Silo.Store.ReadSnapshot(clients[i]);
                hosts[i] = GrainKinds.NewHost(clients[i], place.Silo.Services, new ReadSnapshot(snapshot));
                // A wrong version is refused after loading and before any write: the cost is the activation's.
                await hosts[i].Execute(
                    new AssignWorker("nobody", false), new Envelope(Guid.Empty, Workplace.Worker, IfVersion: -1));
            }
        })));
        var rate = Passes * clients.Length / watch.Elapsed.TotalSeconds;
        bytes.Add((double)(GC.GetTotalMemory(forceFullCollection: true) - before) / clients.Length);
        GC.KeepAlive(hosts);
        return rate;
    }
}
