using System.Globalization;
using OsstOrleans.Benchmarks.Kills;
using Xunit.Abstractions;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>I1: an acknowledged command is durable, whenever the process dies.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Rounds = 10;
    private const int Callers = 16;
    private const int LongestLifeMs = 250;

    /// <summary>About two seconds each on a quiet machine; every sixth ends while it begins.</summary>
    private const int LivesUnderTraffic = 20;

    [Fact]
    public async Task Kill_9_during_load_loses_nothing_acknowledged_and_doubles_nothing_retried()
    {
        var random = new Random(Seed());
        using var folder = await TestFolder.WithClients();
        var callers = Enumerable.Range(0, Callers).Select(number => new PersistentCaller(number)).ToArray();

        for (var round = 0; round < Rounds; round++)
        {
            // Every fifth life ends while it begins: recovery from the write-ahead log is cut off, too.
            await (round % 5 == 4
                ? KillWhileStarting(folder, random.Next(LongestLifeMs))
                : KillUnderLoad(folder, callers, random.Next(LongestLifeMs)));
        }

        output.WriteLine($"{callers.Sum(c => c.Sent)} commands, {callers.Sum(c => c.Retried)} of them sent again");
        Assert.All(callers, caller => Assert.True(caller.Sent > Rounds, $"only {caller.Sent} commands"));
        await using (var server = await RunningServer.StartProcess(folder, "--quiet"))
        {
            var client = server.As(Role.Coordinator);
            await Task.WhenAll(callers.Select(caller => caller.Settle(client)));
            await Task.WhenAll(callers.Select(caller => caller.AssertEachCommandHappenedOnce(client)));
            Assert.Equal(0, (await server.Process.Stop()).ExitCode);
        }
        await Osst.AssertVerifies("--data", folder.Data);
    }

    /// <summary>Some of the lives that <c>./osst bench kill</c> lives many of, under commands of all kinds.</summary>
    [Fact]
    public async Task Kill_9_under_traffic_of_all_kinds_leaves_nothing_lost_doubled_half_done_or_resurrected()
    {
        using var folder = await TestFolder.WithClients();
        var report = await new KillRun(folder.Data, [], Seed()).Run(LivesUnderTraffic);
        output.WriteLine($"{report.Kills.Values.Sum()} lives, {report.Acknowledged.Values.Sum()} things acknowledged");
        Assert.Empty(report.Wrong);
        Assert.NotEmpty(report.Acknowledged);
    }

    private int Seed()
    {
        var seed = Environment.GetEnvironmentVariable("OSST_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Environment.TickCount;
        output.WriteLine($"OSST_SEED={seed}");
        return seed;
    }

    private static async Task KillUnderLoad(TestFolder folder, PersistentCaller[] callers, int afterMs)
    {
        await using var server = await RunningServer.StartProcess(folder, "--quiet");
        var client = server.As(Role.Coordinator);
        var answering = new TaskCompletionSource();
        var work = callers.Select(caller => caller.WorkUntilCutOff(client, answering)).ToArray();
        await answering.Task.Patiently(); // The first answers wait for the compiler.
        await Task.Delay(afterMs);
        await server.Kill();
        await Task.WhenAll(work);
    }

    private static async Task KillWhileStarting(TestFolder folder, int afterMs)
    {
        await using var process = OsstProcess.Start([.. RunningServer.Verb(folder.Data), "--quiet"]);
        await Task.Delay(afterMs);
        await process.Kill();
    }
}
