using OsstOrleans.Silo.Storage.Postgres;
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

    /// <summary>
    /// The tables say which it is: a version that takes away what the one before uses waits until that one is gone.
    /// </summary>
    [UpgradeFact]
    public async Task A_newer_version_comes_beside_or_after_the_older_one_and_serves_all_that_was_acknowledged()
    {
        await using var cluster = await RunningCluster.Start(silos: 2, _previous);
        var tables = (await PostgresStore.Look(cluster.Database[^1])).Tables;
        var isAlone = tables.Step < tables.OpensFrom;
        output.WriteLine($"Tables of {tables}: {(isAlone ? "one after the other" : "side by side")}.");
        await using var before = await cluster.Gateway(_previous, "gateway-before");
        using CancellationTokenSource stopBefore = new(), stopNow = new();
        var (callers, work) = Work(before, 0, stopBefore.Token);
        await ClusterTests.Progress(callers, work);

        if (isAlone)
        {
            await Refused(cluster.NewSilo(), "Processes of an older version still work");
        }
        else
        {
            await cluster.AddSilo();
        }
        await ClusterTests.Progress(callers, work);
        await stopBefore.CancelAsync();
        await Task.WhenAll(work);
        foreach (var older in cluster.Silos.Take(2).Prepend(before.OwnProcess))
        {
            Assert.Equal(0, (await older.Stop()).ExitCode);
        }

        if (isAlone)
        {
            await cluster.AddSilo();
        }
        await using var now = await cluster.Gateway();
        await AssertNothingLost(now, callers);
        var (newCallers, newWork) = Work(now, Callers, stopNow.Token);
        await ClusterTests.Progress(newCallers, newWork);
        if (isAlone)
        {
            await Refused(cluster.NewSilo(_previous), "was written by a newer version");
        }
        else
        {
            await cluster.AddSilo(_previous); // The way back is open.
        }
        await ClusterTests.Progress(newCallers, newWork);
        await stopNow.CancelAsync();
        await Task.WhenAll(newWork);
        await AssertNothingLost(now, newCallers);
        Assert.Equal(0, (await now.Process.Stop()).ExitCode);
        await cluster.DisposeSilos();
        await cluster.AssertVerifies();
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
            var client = before.As(Role.Coordinator);
            var answering = new TaskCompletionSource();
            var work = callers.Select(caller => caller.WorkUntilCutOff(client, answering)).ToArray();
            await answering.Task.Patiently();
            await ClusterTests.Progress(callers, work);
            await before.Kill();
            await Task.WhenAll(work);
        }
        await using (var now = await RunningServer.Start(folder, "--quiet"))
        {
            await Task.WhenAll(callers.Select(caller => caller.Settle(now.As(Role.Coordinator))));
            await AssertNothingLost(now, callers);
            Assert.Equal(0, (await now.Process.Stop()).ExitCode);
        }
        await Osst.AssertVerifies("--data", folder.Data);
    }

    private (PersistentCaller[] Callers, Task[] Work) Work(RunningServer server, int first, CancellationToken stop)
    {
        var callers = Enumerable.Range(first, Callers).Select(number => new PersistentCaller(number)).ToArray();
        return (callers, [.. callers.Select(async caller =>
        {
            try
            {
                await caller.WorkUntil(server.As(Role.Coordinator), stop);
            }
            catch
            {
                output.WriteLine($"{server.Address} said: {server.Process.Output}{server.Process.Errors}");
                throw;
            }
        })]);
    }

    private static async Task Refused(OsstProcess silo, string sentence)
    {
        Assert.Null(await silo.LineOrEnd(RunningCluster.SiloAnswers));
        Assert.Contains(sentence, silo.Errors, StringComparison.Ordinal);
    }

    private async Task AssertNothingLost(RunningServer server, PersistentCaller[] callers)
    {
        var client = server.As(Role.Coordinator);
        await Task.WhenAll(callers.Select(caller => caller.AssertEachCommandHappenedOnce(client)));
        output.WriteLine($"{callers.Sum(caller => caller.Sent)} commands, each once");
    }
}
