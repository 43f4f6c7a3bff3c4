using System.Diagnostics;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Storage.Sqlite;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// Durable single-event commands through the engine on SQLite with synchronous=FULL, against the same row committed one
/// by one: one fsync for each.
/// </summary>
internal static class AppendBenchmark
{
    private const int Seconds = 2;

    public static async Task<FigureTable> Run()
    {
        var table = new FigureTable("append");
        var single = await table.Measure("one fsync per command, bare SQLite", "commands/s", () => OneByOne());
        foreach (var callers in new[] { 1, 32, 256 })
        {
            await using var place = await Workplace.Open();
            var clients = await place.RegisterClients(callers);
            await table.Measure(
                $"grain commands, {callers} callers", "commands/s",
                () => Concurrently(callers, async i =>
                    await place.Send(clients[i], new RecordContactAttempt(ContactChannel.Phone, Reached: true))),
                figure => FigureTable.Times(figure.Median / single.Median));
        }
        return table;
    }

    /// <summary>Callers that each wait for one answer before the next call; answers per second.</summary>
    public static async Task<double> Concurrently(int callers, Func<int, Task> call, int seconds = Seconds)
    {
        var (watch, runFor) = (Stopwatch.StartNew(), TimeSpan.FromSeconds(seconds));
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(i => Task.Run(async () =>
        {
            var done = 0L;
            for (; watch.Elapsed < runFor; done++)
            {
                await call(i);
            }
            return done;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    /// <summary>One row after the other, each with an fsync of its own; rows per second.</summary>
    public static Task<double> OneByOne(int seconds = Seconds)
    {
        var folder = Directory.CreateTempSubdirectory("osst-bench-").FullName;
        using var database = Database.Open(Path.Combine(folder, "single.db"));
        SqliteSchema.Configure(database);
        database.Execute("CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT, version INTEGER, data BLOB)");
        database.Execute("CREATE UNIQUE INDEX events_stream ON events (stream, version)");
        var insert = database.Prepare("INSERT INTO events (stream, version, data) VALUES ('client/bench', ?1, ?2)");
        insert.Bind(2, new byte[60]);
        var watch = Stopwatch.StartNew();
        var done = 0L;
        for (; watch.Elapsed.TotalSeconds < seconds; done++)
        {
            insert.Bind(1, done).Run();
        }
        var rate = done / watch.Elapsed.TotalSeconds;
        Directory.Delete(folder, recursive: true);
        return Task.FromResult(rate);
    }
}
