using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Postgres;
using OsstOrleans.Silo.Tests.Feeds;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>What somebody changes at a server under a running process, and puts right again a while later.</summary>
[Collection("postgres"), NeedsPostgres]
public sealed class OperatorTests(PostgresFixture fixture) : IAsyncLifetime
{
    private static readonly PostgresUse Hasty = new(Alone: true, TimeSpan.FromMilliseconds(50));

    private string _database = "";
    private PostgresStore _store = null!;

    private PostgresCluster Cluster => fixture.Cluster;

    public async Task InitializeAsync()
    {
        _database = await Cluster.NewDatabase();
        _store = await PostgresStore.Open(Cluster.To(_database), Hasty);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await Cluster.Drop(_database);
    }

    /// <summary>The server says 28000, 55000 and 42501.</summary>
    [StoreTheory]
    [InlineData("ALTER ROLE osst NOLOGIN", "ALTER ROLE osst LOGIN")]
    [InlineData("ALTER DATABASE {0} ALLOW_CONNECTIONS false", "ALTER DATABASE {0} ALLOW_CONNECTIONS true")]
    [InlineData("REVOKE CONNECT ON DATABASE {0} FROM PUBLIC, osst", "GRANT CONNECT ON DATABASE {0} TO osst")]
    public async Task A_process_that_is_not_let_in_for_a_while_is_away_and_goes_on_by_itself(string shut, string open)
    {
        var command = Guid.NewGuid();
        var seen = new Counting();
        await using var pump = new FeedPump(_store, seen);
        await _store.Append(One(Someone, 0));
        pump.Start();
        await Patience.Until(() => seen.Seen == 1);
        await Administer(shut);
        try
        {
            await Cluster.Execute(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_database}'");
            Assert.True((await Refused(_store.Append(One(Someone, 1, command)).AsTask())).IsPassing);
            Assert.True(_store.Figures is { IsAway: true, IsBroken: false });
            Assert.True((await Refused(_store.Load(Someone).AsTask())).IsPassing);
            await Patience.Until(() => pump.Fault is StoreFault { IsPassing: true });
        }
        finally
        {
            await Administer(open);
        }
        await Patience.Until(() => pump.Fault is null && !_store.Figures.IsAway); // Nobody writes meanwhile.
        Assert.Equal(2, (await _store.Append(One(Someone, 1, command))).Version);
        await Patience.Until(() => seen.Seen == 2);
    }

    [StoreTheory]
    [InlineData("events")]
    [InlineData("outcomes")]
    [InlineData("access_log")]
    public async Task While_the_server_refuses_writes_the_figures_say_so_whatever_else_is_durable(string table)
    {
        await Administer($"REVOKE INSERT ON osst.{table} FROM osst");
        var (refused, other) = table == "access_log" ? (Log(), Append()) : (Append(), Log());
        var fault = await Refused(refused);
        await other;
        Assert.Contains("refuses writes (error 42501); nothing of it was stored", fault.Message);
        Assert.True(fault.IsPassing);
        Assert.True(_store.Figures.IsRefusing);

        var before = _store.Figures.Errors;
        await Patience.Until(() => _store.Figures.Errors > before + 1); // Its own trials fail, too.
        Assert.True(_store.Figures is { IsRefusing: true, IsAway: false, IsBroken: false });
        Assert.Contains("42501", _store.Figures.Trouble);

        await Administer($"GRANT INSERT ON osst.{table} TO osst");
        await Patience.Until(() => _store.Figures is { IsRefusing: false, Trouble: null }); // Nobody writes meanwhile.

        Task Append() => _store.Append(One(Someone, 0)).AsTask();
        Task Log() => _store.LogAccess(
            [new UseLine(Someone, "837", "social-worker/s-1", "p", "client", DateTimeOffset.UnixEpoch)]).AsTask();
    }

    [StoreFact]
    public async Task A_read_that_the_server_refuses_for_a_while_stops_no_feed()
    {
        var seen = new Counting();
        await using var pump = new FeedPump(_store, seen);
        await _store.Append(One(Someone, 0));
        await Administer("REVOKE SELECT ON osst.events FROM osst");
        pump.Start();
        await Patience.Until(() => pump.Fault is StoreFault { IsPassing: true });
        Assert.Contains("42501", (await Refused(_store.Load(Someone).AsTask())).Message);
        await Administer("GRANT SELECT ON osst.events TO osst");
        await Patience.Until(() => pump.Fault is null && seen.Seen == 1);
    }

    private Task Administer(string sql) => Cluster.Execute(
        string.Format(null, sql, _database), sql.Contains("osst.", StringComparison.Ordinal) ? _database : "postgres");

    private static Task<StoreFault> Refused(Task asked) => Assert.ThrowsAsync<StoreFault>(() => asked);
}
