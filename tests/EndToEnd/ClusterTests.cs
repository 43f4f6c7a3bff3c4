using System.Diagnostics;
using System.Text.Json;
using OsstOrleans.Silo.Privacy;
using Xunit.Abstractions;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>A fact that needs a PostgreSQL on this machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute() => Skip = PostgresCluster.Missing;
}

/// <summary>Silos and a gateway as processes of their own, under load, while silos are killed, stopped and added.
/// </summary>
public sealed class ClusterTests(ITestOutputHelper output)
{
    private const int Callers = 8;

    [ClusterFact]
    public async Task Killing_stopping_and_adding_silos_under_load_fails_no_call_and_loses_and_doubles_nothing()
    {
        await using var cluster = await RunningCluster.Start(silos: 3);
        await using var gateway = await cluster.Gateway();
        var client = gateway.As(Role.Coordinator);
        var callers = Enumerable.Range(0, Callers).Select(number => new PersistentCaller(number)).ToArray();
        using var stop = new CancellationTokenSource();
        var work = callers.Select(caller => caller.WorkUntil(client, stop.Token)).ToArray();
        await Progress(callers, work);

        await cluster.Silos[0].Kill();
        var killed = Stopwatch.StartNew();
        await Progress(callers, work);
        output.WriteLine($"all callers went on {killed.ElapsedMilliseconds} ms after a silo was killed");
        await AssertExactMetrics(client, callers);

        Assert.Equal(0, (await cluster.Silos[1].Stop()).ExitCode);
        await Progress(callers, work);

        // The one that joins must carry everything soon: the last of the first three is killed.
        await cluster.AddSilo();
        await Progress(callers, work);
        await cluster.Silos[2].Kill();
        await Progress(callers, work);

        await stop.CancelAsync();
        await Task.WhenAll(work);
        await AssertExactMetrics(client, callers);
        await Task.WhenAll(callers.Select(caller => caller.AssertEachCommandHappenedOnce(client)));
        output.WriteLine($"{callers.Sum(caller => caller.Sent)} commands");
        Assert.Equal(0, (await gateway.Process.Stop()).ExitCode);
        AssertLogsNameNoClient([gateway.Process, .. cluster.Silos]);
        await cluster.DisposeSilos();
        await cluster.AssertVerifies();
    }

    [ClusterFact]
    public async Task A_cluster_refuses_what_it_cannot_do_in_one_sentence()
    {
        await using var cluster = await RunningCluster.Start(silos: 1);
        RefusalTests.AssertOneSentence(
            await Osst.Run(["verify", "--store", "postgres", .. cluster.Database, "--data", cluster.Keys]),
            "or by a cluster;");
        var file = Path.Combine(Directory.CreateDirectory(cluster.Folder("lines")).FullName, "clients.ndjson");
        await File.WriteAllTextAsync(file, "{}\n");
        RefusalTests.AssertOneSentence(
            await Osst.Run(
                ["import", "clients", file, "--store", "postgres", .. cluster.Database, "--data", cluster.Keys]),
            "A running server takes the file with --url.");
        RefusalTests.AssertOneSentence(
            await Osst.Run(
                ["simulate", "--clients", "1", "--store", "postgres", .. cluster.Database, "--data", cluster.Keys]),
            "or by a cluster;");
        RefusalTests.AssertOneSentence(
            await Osst.Run(["silo", .. cluster.Database, "--data", cluster.Folder("no-keys"), "--port", "0"]),
            "make keys once by ./osst keys");
        RefusalTests.AssertOneSentence(await Osst.Run("keys", "--data", cluster.Keys), "already");
        var other = cluster.Folder("other-keys");
        Assert.Equal(0, (await Osst.Run("keys", "--data", other)).ExitCode);
        RefusalTests.AssertOneSentence(
            await Osst.Run(["silo", .. cluster.Database, "--data", other, "--port", "0"]),
            "is not the one");
    }

    [ClusterFact]
    public async Task A_clusters_ports_hang_up_on_whoever_does_not_show_the_clusters_certificate()
    {
        await using var cluster = await RunningCluster.Start(silos: 1);
        var own = ClusterCertificate.Find(cluster.Keys)!;
        foreach (var port in await cluster.Ports())
        {
            await ClusterPort.Greet(port, own);
            Assert.True(await ClusterPort.HangsUpOn(port, own, ClusterCertificate.OfThisProcess().Own));
            Assert.True(await ClusterPort.HangsUpOn(port, own, shown: null));
            Assert.True(await ClusterPort.HangsUpOnWhoTalksInClear(port));
        }
    }

    [ClusterFact]
    public async Task A_cluster_whose_keys_are_older_than_its_certificate_goes_on_and_says_that_it_talks_in_clear()
    {
        await using var cluster = await RunningCluster.Start(silos: 0);
        File.Delete(Path.Combine(cluster.Keys, ClusterCertificate.FileName));
        await cluster.AddSilo();
        await using var gateway = await cluster.Gateway();
        Assert.All([cluster.Silos[0], gateway.Process], process => Assert.Contains("in clear", process.Errors));
        await RegisterCentre(gateway.As(Role.Coordinator));
        var added = await Osst.Run("keys", "--data", cluster.Keys);
        Assert.Contains("stop all of the cluster", added.Output);
        Assert.NotNull(ClusterCertificate.Find(cluster.Keys));
    }

    [ClusterFact]
    public async Task An_operator_sees_the_clusters_silos_at_any_process()
    {
        await using var cluster = await RunningCluster.Start(silos: 2);
        await using var gateway = await cluster.Gateway();
        var operators = gateway.As(Role.Operator);
        var all = await Silos(operators);
        // What prepared the database was a silo, too, and has left.
        var past = States(all).TakeWhile(state => state == "dead").Count();
        var silos = all[past..];
        Assert.All(silos, silo => Assert.True(silo.GetProperty("activations").GetInt32() > 0));
        Assert.Equal(["active", "active"], States(silos));

        await cluster.Silos[0].Kill();
        await Becomes(["dead", "active"]);
        await cluster.AddSilo();
        await Becomes(["dead", "active", "active"]);
        Assert.Equal(0, (await cluster.Silos[1].Stop()).ExitCode);
        await Becomes(["dead", "dead", "active"]);

        Task Becomes(string[] states) => Patience.Until(
            async () => States(await Silos(operators)).Skip(past).SequenceEqual(states),
            $"the silos are {string.Join(", ", states)}");
    }

    /// <summary>
    /// The calls to the dead silo, and its end, are in the logs of those that live; whom they were about is not.
    /// </summary>
    private static void AssertLogsNameNoClient(IEnumerable<Osst> processes)
    {
        var logs = processes.Select(process => process.Output + process.Errors).ToList();
        Assert.Contains(logs, log => log.Contains("Orleans.Runtime.MembershipService", StringComparison.Ordinal));
        Assert.All(logs, log => Assert.DoesNotContain(PersistentCaller.KeyPrefix, log, StringComparison.Ordinal));
    }

    private static async Task<JsonElement[]> Silos(GraphQLClient operators)
    {
        var ops = await operators.Send(new HttpRequestMessage(HttpMethod.Get, "/ops.json"));
        return ops.Json.At("cluster").TryGetProperty("silos", out var silos) ? [.. silos.EnumerateArray()] : [];
    }

    private static IEnumerable<string> States(JsonElement[] silos) =>
        silos.Select(silo => silo.GetProperty("state").GetString()!);

    /// <summary>One drop-in centre in Kemijärvi.</summary>
    internal static async Task RegisterCentre(GraphQLClient staff) =>
        Assert.True((await staff.Mutate("registerDropInCentre", new
        {
            dropInCentreId = "tupa",
            municipality = "320",
            name = "Olohuone",
            openingDays = new[] { "TUESDAY" },
        })).GetProperty("accepted").GetBoolean());

    /// <summary>Waits until every caller has been answered some more times, or one of them failed.</summary>
    internal static async Task Progress(PersistentCaller[] callers, Task[] work)
    {
        var before = callers.Select(caller => caller.Sent).ToArray();
        await Patience.Until(
            () => work.Any(task => task.IsFaulted)
                || callers.Zip(before).All(pair => pair.First.Sent >= pair.Second + 15),
            "every caller is answered");
        if (work.FirstOrDefault(task => task.IsFaulted) is { } failed)
        {
            await failed;
        }
    }

    /// <summary>The live figures count each registered client, and soon.</summary>
    internal static async Task AssertExactMetrics(GraphQLClient client, PersistentCaller[] callers)
    {
        var (registered, position) = (callers.Sum(caller => caller.Clients), callers.Max(caller => caller.Position));
        var data = await client.Query(
            "query($p: Long!) { caseloadMetrics(municipalities: [\"320\"], minPosition: $p) { clients } }",
            new { p = position });
        var since = callers.Sum(caller => caller.Clients) + callers.Length;
        Assert.InRange(data.At("caseloadMetrics", "clients").GetInt32(), registered, since);
    }
}
