using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Who counts as a member of a cluster, when silos die and when they join.</summary>
public sealed class MembershipTests(ITestOutputHelper output)
{
    private const int Callers = 8;

    /// <summary>Joins under load; <c>OSST_JOINS=10</c> is the measurement in docs/mechanisms/cluster.md.</summary>
    private static readonly int Joins = int.Parse(
        Environment.GetEnvironmentVariable("OSST_JOINS") ?? "1", CultureInfo.InvariantCulture);

    [ClusterFact]
    public async Task A_whole_cluster_that_was_killed_serves_again_on_other_ports()
    {
        await using var cluster = await RunningCluster.Start(silos: 2);
        var caller = new PersistentCaller(0);
        await using (var before = await cluster.Gateway())
        {
            var answering = new TaskCompletionSource();
            var work = caller.WorkUntilCutOff(before.As(Role.Coordinator), answering);
            await answering.Task.Patiently();
            await ClusterTests.Progress([caller], [work]);
            await Task.WhenAll([before.Kill(), .. cluster.Silos.Select(silo => silo.Kill())]);
            await work;
        }

        // Nobody has told the table of members that its two silos are dead.
        var again = Stopwatch.StartNew();
        cluster.NewSilo();
        cluster.NewSilo();
        await using var gateway = await cluster.Gateway(folder: "gateway-again");
        await caller.Settle(gateway.As(Role.Coordinator));
        output.WriteLine($"the killed cluster answered {again.ElapsedMilliseconds} ms after its processes began");
        Assert.True(again.Elapsed < TimeSpan.FromSeconds(60), "The new silos waited for those that are dead.");
        await caller.AssertEachCommandHappenedOnce(gateway.As(Role.Coordinator));
    }

    [ClusterFact]
    public async Task A_cluster_without_silos_asks_readers_and_writers_to_come_again()
    {
        await using var cluster = await RunningCluster.Start(silos: 1);
        await using var gateway = await cluster.Gateway();
        var staff = gateway.As(Role.Coordinator);
        await cluster.Silos[0].Kill();
        var answers = await Task.WhenAll(
            staff.Send("{ client(id: \"somebody\") { id } }"),
            staff.TryMutate("recordContactAttempt", new { clientId = "somebody", channel = "PHONE", reached = false }));
        Assert.All(answers, answer => Assert.True(answer.Code == "STORE_UNAVAILABLE", answer.Text));
    }

    [ClusterFact]
    public async Task Silos_that_join_a_busy_cluster_have_no_live_silo_evicted()
    {
        await using var cluster = await RunningCluster.Start(silos: 2);
        await using var gateway = await cluster.Gateway();
        var callers = Enumerable.Range(0, Callers).Select(number => new PersistentCaller(number)).ToArray();
        using var stop = new CancellationTokenSource();
        var work = callers.Select(caller => caller.WorkUntil(gateway.As(Role.Coordinator), stop.Token)).ToArray();
        var busy = Enumerable.Range(0, Environment.ProcessorCount)
            .Select(_ => Task.Factory.StartNew(
                () => Spin(stop.Token), stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        for (var join = 0; join < Joins; join++)
        {
            var joins = Stopwatch.StartNew();
            await cluster.AddSilo();
            output.WriteLine($"join {join + 1} took {joins.ElapsedMilliseconds} ms");
            await ClusterTests.Progress(callers, work);
            var joined = await cluster.Silos[^1].Stop();
            Assert.True(joined.ExitCode == 0, joined.Output + joined.Errors);
        }
        await stop.CancelAsync();
        await Task.WhenAll([.. work, .. busy]);
        output.WriteLine($"{callers.Sum(caller => caller.Sent)} commands while {Joins} silos joined");
        output.WriteLine($"suspected: {await cluster.Suspected()}");
        foreach (var silo in cluster.Silos.Take(2))
        {
            // One that learns that the others hold it for dead ends itself, and not with 0.
            var ended = await silo.Stop();
            Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        }
    }

    /// <summary>Takes a core away from the cluster.</summary>
    private static void Spin(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
        }
    }
}
