using System.Diagnostics;
using System.Globalization;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Tests;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// Durable single-event commands through the engine on PostgreSQL, against the same row of the same table committed one
/// by one by pgbench's clients, on one server in one run. Nothing of the server is tuned but what the tests set.
/// </summary>
internal static class PostgresBenchmark
{
    private const int PeerClients = 32;
    private const int Seconds = 2;

    private const string Insert = """
        INSERT INTO osst.events VALUES ('client/bench-' || :client_id, nextval('peer'), nextval('peer_position'), '837',
            'client.contact-attempted', '2019-05-31', now(), gen_random_uuid(), 'social-worker/bench',
            decode(repeat('61', 60), 'hex'), NULL);
        """;

    public static async Task<FigureTable> Run()
    {
        if (PostgresCluster.Missing is { } missing)
        {
            throw new ToolMissing(missing);
        }
        await using var cluster = await PostgresCluster.Start();
        var table = new FigureTable("append-postgres");
        var peer = await table.Measure(
            $"one INSERT per transaction, pgbench, {PeerClients} clients", "commands/s", await Peer(cluster));
        foreach (var callers in new[] { 32, 256 })
        {
            await using var place = await Workplace.Open(cluster.To(await cluster.NewDatabase()));
            var clients = await place.RegisterClients(callers);
            await table.Measure(
                $"grain commands, {callers} callers", "commands/s",
                () => AppendBenchmark.Concurrently(callers, async i =>
                    await place.Send(clients[i], new RecordContactAttempt(ContactChannel.Phone, Reached: true))),
                figure => FigureTable.Times(figure.Median / peer.Median));
        }
        return table;
    }

    /// <summary>The peer has the same table with the same indexes, made by the platform itself.</summary>
    private static async Task<Func<Task<double>>> Peer(PostgresCluster cluster)
    {
        var database = await cluster.NewDatabase();
        await (await Workplace.Open(cluster.To(database))).DisposeAsync();
        await cluster.Execute(
            "CREATE SEQUENCE peer CACHE 1000; CREATE SEQUENCE peer_position START 1000000000 CACHE 1000; "
            + "GRANT ALL ON SEQUENCE peer, peer_position TO osst", database);
        return () => Pgbench(cluster.Port, database);
    }

    private static async Task<double> Pgbench(int port, string database)
    {
        var script = Path.Combine(Path.GetTempPath(), $"osst-{database}-{port}.sql");
        await File.WriteAllTextAsync(script, Insert.ReplaceLineEndings(" "));
        using var process = Process.Start(new ProcessStartInfo(
            Path.Combine(PostgresCluster.Binaries()!, "pgbench"),
            ["-n", "-h", "127.0.0.1", "-p", $"{port}", "-U", "osst", "-M", "prepared", "-c", $"{PeerClients}",
                "-j", "2", "-T", $"{Seconds}", "-f", script, database])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(script);
        var rate = said.Split('\n').First(line => line.StartsWith("tps = ", StringComparison.Ordinal)).Split(' ')[2];
        return double.Parse(rate, CultureInfo.InvariantCulture);
    }
}
