using System.Diagnostics;

namespace OsstOrleans.Benchmarks;

/// <summary>Callers of something so fast that looking at the clock each time would be seen.</summary>
internal static class Callers
{
    private const int BetweenLooks = 64;

    /// <summary>Callers that each wait for one answer before the next call.</summary>
    public static async Task<CallRate> Loop<TReply>(int callers, int seconds, Func<int, ValueTask<TReply>> call)
    {
        var before = Environment.CpuUsage.TotalTime;
        var (watch, runFor) = (Stopwatch.StartNew(), TimeSpan.FromSeconds(seconds));
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var done = 0;
            for (; watch.Elapsed < runFor; done += BetweenLooks)
            {
                for (var i = 0; i < BetweenLooks; i++)
                {
                    // Far from where the other callers are.
                    await call(done + i + (caller * 127));
                }
            }
            return (long)done;
        })));
        var cpu = Environment.CpuUsage.TotalTime - before;
        return new CallRate(counts.Sum() / watch.Elapsed.TotalSeconds, cpu.TotalMicroseconds / counts.Sum());
    }
}

/// <summary>How fast calls were.</summary>
/// <param name="PerSecond">Answers.</param>
/// <param name="CpuMicroseconds">Of all threads of this process for one call: what neighbours on the machine change
/// least.</param>
internal sealed record CallRate(double PerSecond, double CpuMicroseconds);
