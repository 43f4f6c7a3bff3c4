using System.Diagnostics;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Tests;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// The first command to each of many grains after a start, on PostgreSQL: each is read, folded and appended to. Through
/// as few connections as a process takes, and through as many as its driver would.
/// </summary>
internal static class ActivatePostgresBenchmark
{
    private const int Clients = 20_000;
    private const int AtOnce = 256;
    private const string Many = "100 connections";

    public static async Task<FigureTable> Run()
    {
        if (PostgresCluster.Missing is { } missing)
        {
            throw new ToolMissing(missing);
        }
        await using var cluster = await PostgresCluster.Start();
        await using var few = await Workplace.Open(cluster.To(await cluster.NewDatabase()));
        await using var many = await Workplace.Open(
            cluster.To(await cluster.NewDatabase()) + ";Maximum Pool Size=100");
        var table = new FigureTable("activate-postgres");
        var contenders = new List<Contender>();
        foreach (var (name, place) in new[] { ("8 connections", few), (Many, many) })
        {
            var clients = await place.RegisterClients(Clients);
            contenders.Add(new Contender(name, _ => FirstCommands(place, clients)));
        }
        await new Turns(Rounds: 5, Seconds: 0, WarmUpSeconds: 0).Measure(
            table, $"first command to a grain, {AtOnce} at once", "commands/s", contenders);
        return table.WithRatios(Many);
    }

    private static async Task<double> FirstCommands(Workplace place, Grains.GrainName[] clients)
    {
        await place.Reopen();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            clients, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (client, _) =>
                await place.Send(client, new RecordContactAttempt(ContactChannel.Phone, Reached: true)));
        return clients.Length / watch.Elapsed.TotalSeconds;
    }
}
