using Npgsql;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>A fact that needs a PostgreSQL on this machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresCluster.Missing;
}

/// <summary>The program on a PostgreSQL database of its own.</summary>
public sealed class PostgresTests : IAsyncLifetime
{
    private const int Rounds = 4;
    private const int Callers = 16;

    private readonly TestFolder _folder = new();
    private PostgresCluster _cluster = null!;
    private string[] _store = [];

    public async Task InitializeAsync()
    {
        if (PostgresCluster.Missing is null)
        {
            _cluster = await PostgresCluster.Start();
            _store = ["--store", "postgres", "--postgres", _cluster.To(await _cluster.NewDatabase())];
        }
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
        _folder.Dispose();
    }

    [PostgresFact]
    public async Task Simulate_run_and_verify_work_on_one_database_and_a_second_server_joins()
    {
        var simulated = await Osst.Run(["simulate", "--clients", "5", "--data", _folder.Data, .. _store]);
        Assert.True(simulated.ExitCode == 0, simulated.Errors);
        Assert.False(File.Exists(_folder.Database));
        await using (var server = await RunningServer.Start(_folder, _store))
        {
            Assert.True(await server.Position() > 0);
            using var other = new TestFolder();
            await using (var second = await RunningServer.Start(other, [.. _store, "--keys", _folder.Data]))
            {
                using var http = new HttpClient();
                Assert.Equal("ready", await http.GetStringAsync(new Uri(second.Address, "health/ready")));
            }
            RefusalTests.AssertOneSentence(
                await Osst.Run(["verify", "--data", _folder.Data, .. _store]), "this verb wants it alone.");
            Assert.Equal(0, (await server.Process.Stop()).ExitCode);
        }
        await AssertVerifies();
    }

    [PostgresFact]
    public async Task A_folder_that_was_migrated_is_served_from_the_database()
    {
        var simulated = await Osst.Run("simulate", "--clients", "20", "--data", _folder.Data);
        Assert.True(simulated.ExitCode == 0, simulated.Errors);
        var migrated = await Osst.Run(
            ["migrate", "--to", "postgres", .. _store.Skip(2), "--data", _folder.Data]);
        Assert.True(migrated.ExitCode == 0, migrated.Output + migrated.Errors);
        Assert.EndsWith("caseloads equal.", migrated.Output.Trim(), StringComparison.Ordinal);
        RefusalTests.AssertOneSentence(
            await Osst.Run(["migrate", "--to", "postgres", .. _store.Skip(2), "--data", _folder.Data]),
            "holds a log already");
        await using (var server = await RunningServer.Start(_folder, _store))
        {
            Assert.True(await server.Position() > 0);
            Assert.Equal(0, (await server.Process.Stop()).ExitCode);
        }
        await AssertVerifies();
    }

    [PostgresFact]
    public async Task Kill_9_of_the_program_and_of_the_server_loses_nothing_acknowledged_and_doubles_nothing()
    {
        var callers = Enumerable.Range(0, Callers).Select(number => new PersistentCaller(number)).ToArray();
        var simulated = await Osst.Run(["simulate", "--clients", "3", "--data", _folder.Data, .. _store]);
        Assert.True(simulated.ExitCode == 0, simulated.Errors);
        for (var round = 0; round < Rounds; round++)
        {
            await using var server = await RunningServer.StartProcess(_folder, ["--quiet", .. _store]);
            var client = server.As(Role.Coordinator);
            var answering = new TaskCompletionSource();
            var work = callers.Select(caller => caller.WorkUntilCutOff(client, answering)).ToArray();
            await answering.Task.Patiently();
            if (round % 2 == 0)
            {
                await _cluster.Kill(); // The program waits for it, and its callers notice nothing.
                await _cluster.Start();
                await client.Query("{ me { role } }");
            }
            await server.Kill();
            await Task.WhenAll(work);
        }
        NpgsqlConnection.ClearAllPools(); // The simulation in this process had connections to the first server.
        await using (var server = await RunningServer.Start(_folder, ["--quiet", .. _store]))
        {
            var client = server.As(Role.Coordinator);
            await Task.WhenAll(callers.Select(caller => caller.Settle(client)));
            await Task.WhenAll(callers.Select(caller => caller.AssertEachCommandHappenedOnce(client)));
            Assert.Equal(0, (await server.Process.Stop()).ExitCode);
        }
        await AssertVerifies();
    }

    private Task AssertVerifies() => Osst.AssertVerifies(["--data", _folder.Data, .. _store]);
}
