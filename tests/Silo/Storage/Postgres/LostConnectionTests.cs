using Npgsql;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage.Postgres;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>A connection that breaks in the middle of a commit: nobody knows, so the server is asked again.</summary>
[Collection("postgres"), NeedsPostgres]
public sealed class LostConnectionTests(PostgresFixture fixture) : IAsyncLifetime
{
    private string _database = "";
    private CuttingProxy _proxy = null!;

    public async Task InitializeAsync()
    {
        _database = await fixture.Cluster.NewDatabase();
        _proxy = new CuttingProxy(fixture.Cluster.Port);
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await fixture.Cluster.Drop(_database);
    }

    [StoreTheory]
    [InlineData("BeforeRequest", true)]
    [InlineData("BeforeAnswer", true)]
    [InlineData("BeforeRequest", false)]
    [InlineData("BeforeAnswer", false)]
    public async Task Every_append_of_the_group_is_answered_truthfully_and_stored_once(string where, bool alone)
    {
        await using var store = await Open(alone);
        await store.Append(One(Someone, 0));
        _proxy.Arm(Enum.Parse<Cut>(where), "client/wrong");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(n => store.Append(One(GrainName.Client($"c-{n}"), n == 1 ? 1 : 0)).AsTask())
            .Append(store.Append(One(GrainName.Client("wrong"), 7)).AsTask()));
        await _proxy.WasCut;
        Assert.Equal(AppendResult.Conflict, answers[^1].Result);
        Assert.All(answers[..^1], answer => Assert.NotEqual(AppendResult.Conflict, answer.Result));
        var feed = await FeedThrough(store, store.LastPosition);
        Assert.Equal(21, feed.Count);
        for (var n = 0; n < 20; n++)
        {
            var last = (await store.Load(GrainName.Client($"c-{n}"))).Events[^1];
            Assert.Equal((last.Version, last.Position), (answers[n].Version, answers[n].Position));
        }
    }

    [StoreFact]
    public async Task Lines_of_the_use_log_that_were_sent_twice_are_stored_once()
    {
        await using var store = await Open(alone: true);
        await store.LogAccess([]);
        _proxy.Arm(Cut.BeforeAnswer, "social-worker/s-1");
        await store.LogAccess(
            [new UseLine(Someone, "837", "social-worker/s-1", "follow-up", "client", DateTimeOffset.UnixEpoch)]);
        await _proxy.WasCut;
        Assert.Equal(1L, await Scalar("SELECT count(*) FROM osst.access_log"));
    }

    [StoreTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_that_still_runs_on_the_broken_connection_is_not_stored_beside_its_repetition(bool alone)
    {
        await using var store = await Open(alone);
        await store.Append(One(Someone, 0));
        await using var blocking = new NpgsqlConnection(fixture.Cluster.To(_database));
        await blocking.OpenAsync();
        await using var transaction = await blocking.BeginTransactionAsync();
        await using (var shut = new NpgsqlCommand("LOCK osst.outcomes IN EXCLUSIVE MODE", blocking))
        {
            await shut.ExecuteNonQueryAsync();
        }
        _proxy.Arm(Cut.None, "after 1");
        var append = store.Append(One(Someone, 1)).AsTask();
        await _proxy.RequestPassed;
        var first = await Waiter();
        _proxy.CutNow();
        await Waiter(otherThan: first); // The repetition stands behind it.
        await transaction.CommitAsync();
        Assert.Equal(2, (await append).Version);
        Assert.Equal(2, (await store.Load(Someone)).Events.Count);
    }

    [StoreFact]
    public async Task A_server_that_stays_away_is_a_passing_fault_and_the_same_command_succeeds_later()
    {
        var command = Guid.NewGuid();
        await using var store = await PostgresStore.Open(
            Through(), new PostgresUse(Alone: true, TimeSpan.FromMilliseconds(50)));
        await store.Append(One(Someone, 0));
        await fixture.Cluster.Kill();
        var fault = await Assert.ThrowsAsync<StoreFault>(() => store.Append(One(Someone, 1, command)).AsTask());
        Assert.True(fault.IsPassing);
        Assert.True((await Assert.ThrowsAsync<StoreFault>(() => store.Load(Someone).AsTask())).IsPassing);
        await fixture.Cluster.Start();
        Assert.Equal(2, (await store.Append(One(Someone, 1, command))).Version);
        Assert.Equal(2, (await store.Load(Someone)).Events.Count);
    }

    private Task<PostgresStore> Open(bool alone) =>
        PostgresStore.Open(Through(), PostgresUse.ByOneProcess with { Alone = alone });

    private string Through() => fixture.Cluster.To(_database)
        .Replace($"Port={fixture.Cluster.Port}", $"Port={_proxy.Port}", StringComparison.Ordinal);

    /// <summary>Waits until a session other than a known one waits for the table; answers with its process.</summary>
    private async Task<long> Waiter(long otherThan = 0)
    {
        long waiter = 0;
        await Patience.Until(async () => (waiter = await Scalar(
            "SELECT coalesce(max(pid), 0)::bigint FROM pg_locks WHERE NOT granted "
            + $"AND relation = 'osst.outcomes'::regclass AND pid <> {otherThan}")) != 0);
        return waiter;
    }

    private async Task<long> Scalar(string sql)
    {
        await using var connection = new NpgsqlConnection(fixture.Cluster.To(_database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
