using System.Diagnostics;
using System.Text.Json;
using OsstOrleans.Silo.Privacy;
using Xunit.Abstractions;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>A fact that needs the build of the version before, too.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UpgradeFactAttribute : FactAttribute
{
    public UpgradeFactAttribute() => Skip = new ClusterFactAttribute().Skip
        ?? (File.Exists(Previous) ? null : "OSST_PREVIOUS_BUILD does not name the osst.dll of the version before.");

    internal static string? Previous { get; } = Environment.GetEnvironmentVariable("OSST_PREVIOUS_BUILD");
}

/// <summary>Two builds of the program on one store: what docs/operating.md promises for an upgrade.</summary>
public sealed class UpgradeTests(ITestOutputHelper output)
{
    private const int Callers = 4;

    private readonly string _previous = UpgradeFactAttribute.Previous!;
    private readonly Guid _command = Guid.NewGuid();

    [UpgradeFact]
    public async Task Two_versions_serve_one_database_while_the_older_processes_are_replaced_under_load()
    {
        await using var cluster = await RunningCluster.Start(silos: 2, _previous);
        await using var before = await cluster.Gateway(_previous, "gateway-before");
        using CancellationTokenSource stopBefore = new(), stopNow = new();
        var (callers, work) = Work(before, 0, stopBefore.Token);
        await ClusterTests.Progress(callers, work);
        await ClusterTests.RegisterCentre(before.As(Role.Coordinator));

        // Only older silos: what they do not know is refused for the time being, and nothing of it is stored. A younger
        // version before knows it already.
        await using var now = await cluster.Gateway();
        var (newCallers, newWork) = Work(now, Callers, stopNow.Token);
        (callers, work) = ([.. callers, .. newCallers], [.. work, .. newWork]);
        await ClusterTests.Progress(callers, work);
        var asked = Stopwatch.StartNew();
        var refused = await Mark(now);
        output.WriteLine($"an older silo: {refused.Text} after {asked.ElapsedMilliseconds} ms");
        Assert.True(refused.Code is null or "STORE_UNAVAILABLE", refused.Text);

        await cluster.AddSilo();
        await cluster.AddSilo();
        await ClusterTests.Progress(callers, work);
        foreach (var silo in cluster.Silos.Take(2))
        {
            Assert.Equal(0, (await silo.Stop()).ExitCode);
            await ClusterTests.Progress(callers, work);
            var answers = new[] { await Mark(now), await Record(now) };
            output.WriteLine($"with two versions: {string.Join(", ", answers.Select(a => a.Code ?? "accepted"))}");
            Assert.All(answers, answer => Assert.True(answer.Code is null or "STORE_UNAVAILABLE", answer.Text));
        }

        Assert.Null((await Record(now)).Code);
        var accepted = (await Mark(now)).Json.At("data", "markOpenDay");
        Assert.True(accepted.GetProperty("accepted").GetBoolean(), accepted.GetRawText());
        Assert.Equal(2, accepted.GetProperty("version").GetInt64());
        await AssertFollows(before, accepted, callers);

        await stopBefore.CancelAsync();
        await Task.WhenAll(work.Take(Callers));
        Assert.Equal(0, (await before.Process.Stop()).ExitCode);
        await ClusterTests.Progress(newCallers, newWork);
        await stopNow.CancelAsync();
        await Task.WhenAll(work);
        await AssertNothingLost(now, callers);
        Assert.Equal(0, (await now.Process.Stop()).ExitCode);
        await cluster.DisposeSilos();
        await cluster.AssertVerifies();
    }

    /// <summary>Going back: the first builds took any newer table for a foreign one.</summary>
    [UpgradeFact]
    public async Task A_silo_of_the_version_before_comes_back_under_load_or_says_that_the_tables_are_newer()
    {
        await using var cluster = await RunningCluster.Start(silos: 1, _previous);
        await cluster.AddSilo();
        Assert.Equal(0, (await cluster.Silos[0].Stop()).ExitCode);
        await using var gateway = await cluster.Gateway();
        using var stop = new CancellationTokenSource();
        var (callers, work) = Work(gateway, 0, stop.Token);
        await ClusterTests.Progress(callers, work);
        var back = cluster.NewSilo(_previous);
        if (await back.LineOrEnd(RunningCluster.SiloAnswers) is null)
        {
            Assert.Contains("was written by a newer version", back.Errors, StringComparison.Ordinal);
            output.WriteLine("refused: the tables are newer");
        }
        else
        {
            Assert.Equal(0, (await cluster.Silos[1].Stop()).ExitCode);
            await ClusterTests.Progress(callers, work);
        }
        await stop.CancelAsync();
        await Task.WhenAll(work);
        await AssertNothingLost(gateway, callers);
    }

    [UpgradeFact]
    public async Task A_folder_of_the_version_before_killed_under_load_is_opened_and_verified()
    {
        using var folder = new TestFolder();
        Assert.Equal(0, (await OsstProcess.RunOf(
            _previous, "simulate", "--clients", "3", "--data", folder.Data)).ExitCode);
        var callers = Enumerable.Range(0, Callers).Select(number => new PersistentCaller(number)).ToArray();
        await using (var before = await RunningServer.Answering(
            OsstProcess.StartOf(_previous, [.. RunningServer.Verb(folder.Data), "--quiet"]), folder.Data))
        {
            var client = before.As(Role.SocialWorker);
            var answering = new TaskCompletionSource();
            var work = callers.Select(caller => caller.WorkUntilCutOff(client, answering)).ToArray();
            await answering.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await ClusterTests.Progress(callers, work);
            await before.Process.Kill();
            await Task.WhenAll(work);
        }
        await using (var now = await RunningServer.Start(folder, "--quiet"))
        {
            await Task.WhenAll(callers.Select(caller => caller.Settle(now.As(Role.SocialWorker))));
            await AssertNothingLost(now, callers);
            Assert.Equal(0, (await now.Process.Stop()).ExitCode);
        }
        var verified = await OsstProcess.Run("verify", "--data", folder.Data);
        Assert.EndsWith("all projections equal.", verified.Output.Trim(), StringComparison.Ordinal);
    }

    private (PersistentCaller[] Callers, Task[] Work) Work(RunningServer server, int first, CancellationToken stop)
    {
        var callers = Enumerable.Range(first, Callers).Select(number => new PersistentCaller(number)).ToArray();
        return (callers, [.. callers.Select(async caller =>
        {
            try
            {
                await caller.WorkUntil(server.As(Role.SocialWorker), stop);
            }
            catch
            {
                output.WriteLine($"{server.Address} said: {server.Process.Output}{server.Process.Errors}");
                throw;
            }
        })]);
    }

    /// <summary>Another one, to a grain that serves all the time.</summary>
    private Task<Answer> Record(RunningServer server) => server.As(Role.SocialWorker).TryMutate("recordActivity", new
    {
        municipality = "320",
        commandId = _command,
        method = new { system = "local:osst-methods", code = "COMMUNITY_WORK" },
        minutes = 90,
        participants = 3,
    });

    /// <summary>A command that came with the newer version, always with the same id.</summary>
    private Task<Answer> Mark(RunningServer server) => server.As(Role.Coordinator).TryMutate(
        "markOpenDay", new { dropInCentreId = "tupa", commandId = _command, day = "2019-03-06" });

    /// <summary>
    /// A gateway goes past an event that it does not know, and its figures stay exact. Asked without minPosition: the
    /// first builds took a position that another process wrote for none.
    /// </summary>
    private static async Task AssertFollows(RunningServer server, JsonElement accepted, PersistentCaller[] callers)
    {
        var target = Math.Max(accepted.GetProperty("position").GetInt64(), callers.Max(caller => caller.Position));
        var registered = callers.Sum(caller => caller.Clients);
        var late = Stopwatch.StartNew();
        while (true)
        {
            var metrics = (await server.As(Role.SocialWorker).Query(
                "{ caseloadMetrics(municipalities: [\"320\"]) { clients asOf { position } } }"))
                .GetProperty("caseloadMetrics");
            if (metrics.At("asOf", "position").GetInt64() >= target)
            {
                var since = callers.Sum(caller => caller.Clients) + callers.Length;
                Assert.InRange(metrics.GetProperty("clients").GetInt32(), registered, since);
                return;
            }
            Assert.True(late.Elapsed < TimeSpan.FromSeconds(30), "The figures stand still.");
            await Task.Delay(20);
        }
    }

    private async Task AssertNothingLost(RunningServer server, PersistentCaller[] callers)
    {
        var client = server.As(Role.SocialWorker);
        await Task.WhenAll(callers.Select(caller => caller.AssertEachCommandHappenedOnce(client)));
        output.WriteLine($"{callers.Sum(caller => caller.Sent)} commands, each once");
    }
}
