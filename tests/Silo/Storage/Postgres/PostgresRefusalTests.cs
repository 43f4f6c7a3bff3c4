using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Postgres;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>What must not be written to is refused in one sentence, and what must not be changed stays.</summary>
[Collection("postgres"), NeedsPostgres]
public sealed class PostgresRefusalTests(PostgresFixture fixture) : IAsyncLifetime
{
    private string _database = "";

    private PostgresCluster Cluster => fixture.Cluster;

    public async Task InitializeAsync() => _database = await Cluster.NewDatabase();

    public Task DisposeAsync() => Cluster.Drop(_database);

    [StoreTheory]
    [InlineData("fsync")]
    [InlineData("full_page_writes")]
    [InlineData("synchronous_commit")]
    public async Task A_server_that_could_lose_acknowledged_work_is_refused_until_it_is_set_right(string setting)
    {
        await Cluster.Set(setting, "off");
        try
        {
            Assert.Contains($"runs with {setting} = off and could lose acknowledged work", await Refused());
        }
        finally
        {
            await Cluster.Reset(setting, "on");
        }
        await using var store = await Open();
        await store.Append(One(Someone, 0));
    }

    [StoreFact]
    public async Task A_setting_of_the_user_alone_counts_too()
    {
        await Cluster.Execute($"ALTER ROLE osst IN DATABASE {_database} SET synchronous_commit = off");
        Assert.Contains("synchronous_commit = off", await Refused());
    }

    [StoreTheory]
    [InlineData("CREATE SCHEMA osst AUTHORIZATION osst", "is another program's; it was left untouched")]
    [InlineData("REVOKE CREATE ON DATABASE {0} FROM osst; ALTER DATABASE {0} OWNER TO postgres", "may not create")]
    [InlineData("ALTER ROLE osst IN DATABASE {0} SET default_transaction_read_only = on", "is read-only")]
    public async Task A_database_that_cannot_be_used_is_refused(string prepared, string sentence)
    {
        await Cluster.Execute(string.Format(null, prepared, _database), _database);
        var look = await Assert.ThrowsAsync<StoreRefusal>(Look);
        Assert.Contains(sentence, look.Message);
        Assert.Equal(look.Message, await Refused());
    }

    /// <summary>Nor by a verb that works on a log that is there.</summary>
    [StoreFact]
    public async Task In_an_empty_database_a_look_makes_nothing()
    {
        Assert.Equal("none yet, the first start makes it", await Look());
        await Assert.ThrowsAsync<StoreRefusal>(() => Stores.MustExist(Address));
        Assert.Equal(DBNull.Value, await Cluster.Scalar("SELECT to_regnamespace('osst')::text", _database));
    }

    /// <summary>Also while a process has the right to write alone.</summary>
    [StoreFact]
    public async Task How_far_a_log_goes_is_said_while_a_process_writes_to_it()
    {
        await using var store = await Open();
        var last = await store.Append(One(Someone, 0));
        Assert.Equal($"the PostgreSQL database can be opened; its log ends at position {last.Position}", await Look());
        await store.Append(One(Someone, 1));
        await Stores.MustExist(Address);
    }

    [StoreFact]
    public async Task A_user_who_may_create_nothing_works_where_the_owner_has_made_this_versions_tables()
    {
        using var folder = new TempFolder();
        var user = $"{_database}_user";
        await Cluster.Execute($"CREATE ROLE {user} LOGIN");
        var address = new StoreAddress(folder.Path, Cluster.To(_database, user));
        Assert.Contains("may not create", await Refused(address));
        await (await Platform.Open(address with { Postgres = Cluster.To(_database) }, TimeProvider.System))
            .DisposeAsync();
        Assert.Contains("may not create or use", await Refused(address));
        foreach (var schema in new[] { "osst", "orleans" })
        {
            await Cluster.Execute(
                $"GRANT USAGE ON SCHEMA {schema} TO {user}; "
                + $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {user}", _database);
        }
        await using (var silo = await Platform.Open(address, TimeProvider.System))
        {
            await EveryTable.Fill(silo, TimeProvider.System.GetUtcNow());
        }
        await Cluster.Execute(
            "UPDATE orleans.orleansquery SET querytext = 'SELECT 1' WHERE querykey = 'GatewaysQueryKey'", _database);
        Assert.Contains("this version's deploy/postgres/orleans.sql", await Refused(address));
        await (await Platform.Open(address with { Postgres = Cluster.To(_database) }, TimeProvider.System))
            .DisposeAsync();
        await using var again = await Platform.Open(address, TimeProvider.System);
    }

    [StoreFact]
    public async Task A_newer_versions_database_is_refused()
    {
        await using (await Open())
        {
        }
        await Cluster.Execute("UPDATE osst.store SET schema_version = 999, opens_from = 999", _database);
        Assert.Contains("was written by a newer version: it has tables of step 999, which", await Refused());
        Assert.Equal(await Refused(), (await Assert.ThrowsAsync<StoreRefusal>(Look)).Message);
    }

    [StoreFact]
    public async Task What_an_older_version_uses_is_taken_away_when_none_of_its_processes_works_any_more()
    {
        await using (await Open())
        {
        }
        string[] sealedTables = ["events", "outcomes", "kept", "notes", "access_log", "disclosures"];
        await Cluster.Execute(
            "UPDATE osst.store SET schema_version = 7, opens_from = 7; CREATE TABLE osst.snapshots (stream text);"
            + string.Concat(sealedTables.Select(table => $"ALTER TABLE osst.{table} DROP COLUMN seal;"))
            + "ALTER TABLE osst.access_log DROP COLUMN basis, DROP COLUMN writer, DROP COLUMN link;"
            + "ALTER TABLE osst.disclosures DROP COLUMN writer, DROP COLUMN link;"
            + "ALTER TABLE osst.keys DROP COLUMN words;"
            + "DROP INDEX osst.access_log_register, osst.access_log_actor, osst.disclosures_register, "
            + "osst.access_log_one_by_one;", _database);
        await using var source = Npgsql.NpgsqlDataSource.Create(Cluster.To(_database));
        await using (var older = await source.OpenConnectionAsync())
        {
            await using var works = new Npgsql.NpgsqlCommand(
                $"SELECT pg_advisory_lock_shared({AdvisoryLock.Class}, {AdvisoryLock.Lease})", older);
            await works.ExecuteNonQueryAsync();
            Assert.Contains("Processes of an older version still work", await Refused());
            Assert.Contains("its tables are of step 7, the next start brings them to step ", await Look());
            Assert.Equal(7, await Cluster.Scalar("SELECT schema_version FROM osst.store", _database));
            await using var stops = new Npgsql.NpgsqlCommand("SELECT pg_advisory_unlock_all()", older);
            await stops.ExecuteNonQueryAsync();
        }
        await using (await Open())
        {
        }
        Assert.Equal(16, await Cluster.Scalar("SELECT opens_from FROM osst.store", _database));
        Assert.Equal(DBNull.Value, await Cluster.Scalar("SELECT to_regclass('osst.snapshots')::text", _database));
    }

    [StoreFact]
    public async Task A_newer_versions_database_that_has_only_more_is_opened_and_left_as_it_is()
    {
        await using (var store = await Open())
        {
            await store.Append(One(Someone, 0));
        }
        await Cluster.Execute("UPDATE osst.store SET schema_version = 999; CREATE TABLE osst.more (a int)", _database);
        await using (var store = await Open())
        {
            Assert.Equal(2, (await store.Append(One(Someone, 1))).Version);
        }
        Assert.Equal(999, await Cluster.Scalar("SELECT schema_version FROM osst.store", _database));
    }

    [StoreTheory]
    [InlineData("Host=127.0.0.1;Port=1;Database=osst;Username=osst;Password=hush", "cannot be reached")]
    [InlineData("postgres://osst:hush@127.0.0.1/osst", "cannot be understood")]
    [InlineData("Nonsense=1;Password=hush", "cannot be understood")]
    [InlineData("{0}_elsewhere", "There is no PostgreSQL database")]
    public async Task A_connection_that_leads_nowhere_is_refused_without_its_password(
        string connection, string sentence)
    {
        var refusal = await Assert.ThrowsAsync<StoreRefusal>(() => PostgresStore.Open(
            string.Format(null, connection, Cluster.To(_database)), PostgresUse.ByOneProcess));
        Assert.Contains(sentence, refusal.Message);
        Assert.DoesNotContain("hush", refusal.Message);
    }

    [StoreTheory]
    [InlineData("DELETE FROM osst.access_log")]
    [InlineData("UPDATE osst.access_log SET purpose = ''")]
    [InlineData("TRUNCATE osst.access_log")]
    [InlineData("DELETE FROM osst.events")]
    [InlineData("UPDATE osst.events SET data = ''")]
    public async Task The_log_and_the_use_log_only_grow(string change)
    {
        await using var store = await Open();
        await store.Append(One(Someone, 0));
        await store.LogAccess(
            [new UseLine(Someone, "837", "w/1", "care", "client", TimeProvider.System.GetUtcNow())]);
        var fault = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Cluster.Execute(change, _database));
        Assert.Contains("only grows", fault.Message);
    }

    [StoreFact]
    public async Task A_write_that_the_server_cannot_take_does_not_spoil_its_group()
    {
        await using var store = await Open();
        var appends = Enumerable.Range(0, 10)
            .Select(n => store.Append(One(Grains.GrainName.Client($"c-{n}"), 0)).AsTask());
        var bad = store.Append(new AppendRequest
        {
            Grain = Grains.GrainName.Client("bad"),
            ExpectedVersion = 0,
            CommandId = Guid.NewGuid(),
            Municipality = "837",
            Actor = "nul \0 byte",
            OccurredOn = new DateOnly(2019, 5, 31),
            RecordedAt = DateTimeOffset.UnixEpoch,
            Events = [Event("bad")],
        }).AsTask();
        var others = await Task.WhenAll(appends);
        Assert.All(others, outcome => Assert.NotEqual(AppendResult.Conflict, outcome.Result));
        Assert.False((await Assert.ThrowsAsync<StoreFault>(() => bad)).IsPassing);
        Assert.False(store.Figures.IsRefusing); // It says nothing of other writes.
        Assert.Equal(10, (await FeedThrough(store, store.LastPosition)).Count);
    }

    /// <summary>A dump loaded into a younger cluster: transaction ids there are smaller than the dump's.</summary>
    [StoreFact]
    public async Task A_log_that_came_from_another_cluster_goes_on_behind_what_it_holds()
    {
        long last;
        await using (var store = await Open())
        {
            last = (await store.Append(One(Someone, 0))).Position;
        }
        await Cluster.Execute(
            "UPDATE osst.store SET system_identifier = 1, position_offset = position_offset - 1000000", _database);
        await using var moved = await Open();
        var next = await moved.Append(One(Someone, 1));
        Assert.True(next.Position > last);
        Assert.Equal([last, next.Position], (await FeedThrough(moved, next.Position)).Select(e => e.Position));
    }

    [StoreFact]
    public async Task Processes_that_open_a_fresh_database_at_once_make_its_tables_once()
    {
        var many = PostgresUse.ByOneProcess with { Alone = false };
        var stores = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => PostgresStore.Open(Cluster.To(_database), many)));
        await Task.WhenAll(stores.Select((store, n) =>
            store.Append(One(Grains.GrainName.Client($"c-{n}"), 0)).AsTask()));
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    private Task<PostgresStore> Open() => PostgresStore.Open(Cluster.To(_database), PostgresUse.ByOneProcess);

    private StoreAddress Address => new("/nowhere", Cluster.To(_database));

    private Task<string> Look() => Stores.Look(Address);

    private static async Task<string> Refused(StoreAddress address) => (await Assert.ThrowsAsync<StoreRefusal>(
        () => Platform.Open(address, TimeProvider.System))).Message;

    private async Task<string> Refused() => (await Assert.ThrowsAsync<StoreRefusal>(Open)).Message;
}
