using System.Diagnostics;
using System.Globalization;

namespace OsstOrleans.Benchmarks;

/// <summary>What one start costs when each grain of many is called once after it.</summary>
/// <param name="OpeningMs">Until it can be called.</param>
/// <param name="FirstCallsPerSecond">One call to each.</param>
/// <param name="BytesPerGrain">What stays in memory for each when all are idle.</param>
internal sealed record ColdStart(double OpeningMs, double FirstCallsPerSecond, double BytesPerGrain)
{
    public const int Grains = 20_000;

    private const int AtOnce = 256;

    public static async Task<ColdStart> Of(Func<Task> close, Func<Task> open, Func<int, Task> call)
    {
        await close();
        Heap();
        var since = Stopwatch.GetTimestamp();
        await open();
        var opening = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        var before = Heap();
        since = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Grains), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) => await call(i));
        var rate = Grains / Stopwatch.GetElapsedTime(since).TotalSeconds;
        return new ColdStart(opening, rate, (double)(Heap() - before) / Grains);
    }

    /// <summary>Of bare grains, which read nothing.</summary>
    public static async Task<ColdStart> OfBare()
    {
        BareSilo? silo = null;
        var keys = Enumerable.Range(0, Grains).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
        var taken = await Of(
            () => Task.CompletedTask, async () => silo = await BareSilo.Open(),
            async i => await silo!.Read($"bench-{keys[i]}"));
        await silo!.DisposeAsync();
        return taken;
    }

    /// <summary>Takes turns, and adds a row of each kind for each.</summary>
    public static async Task Measure(
        FigureTable table, int rounds, IReadOnlyList<(string Name, Func<Task<ColdStart>> Start)> peers)
    {
        var taken = peers.Select(_ => new List<ColdStart>()).ToArray();
        for (var round = -1; round < rounds; round++)
        {
            foreach (var ((_, start), starts) in peers.Zip(taken))
            {
                var one = await start();
                if (round >= 0) // The first one warms up.
                {
                    starts.Add(one);
                }
            }
        }
        foreach (var (kind, unit, of) in new (string, string, Func<ColdStart, double>)[]
        {
            ("opening in a warm process", "ms", start => start.OpeningMs),
            ("first call to each of 20 000 cold grains", "calls/s", start => start.FirstCallsPerSecond),
            ("idle activation", "bytes", start => start.BytesPerGrain),
        })
        {
            foreach (var ((name, _), starts) in peers.Zip(taken))
            {
                table.Add(new Figure($"{name}: {kind}", unit, [.. starts.Select(of)]));
            }
        }
    }

    private static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
