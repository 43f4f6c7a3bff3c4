using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Postgres;
using OsstOrleans.Silo.Storage.Sqlite;
using OsstOrleans.Silo.Verification;
using OsstOrleans.Simulation;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>A folder's log in PostgreSQL: every row, and every answer.</summary>
[Collection("postgres"), NeedsPostgres]
public sealed class MigrationTests(PostgresFixture fixture) : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly FakeTime _time = new();
    private string _database = "";

    private StoreAddress Original => new(_folder.Path);

    private StoreAddress Copy => new(_folder.Path, Connection);

    private string Connection => fixture.Cluster.To(_database);

    public async Task InitializeAsync()
    {
        _database = await fixture.Cluster.NewDatabase();
        _time.Advance(TimeSpan.FromDays(400));
    }

    public async Task DisposeAsync()
    {
        await fixture.Cluster.Drop(_database);
        _folder.Dispose();
    }

    [StoreFact]
    public async Task Everything_is_there_retries_are_known_and_the_log_goes_on()
    {
        var (retried, at) = await Fill(clients: 60);
        var report = await StoreMigration.ToPostgres(Original, Connection, _time);
        Assert.True(report is { Events: > 500, Keys: > 60, AccessLines: >= 1, Municipalities: > 5 }, $"{report}");
        Assert.True(report.Outcomes >= report.Streams);
        await using (var silo = await Platform.Open(Copy, _time))
        {
            Assert.Equal(at, silo.Store.LastPosition);
            Assert.Equal(at, (await silo.Grains.Execute(Maija, Ask(Letter, id: retried))).Position);
            var history = (await silo.Grains.Read<ClientState>(Maija, ReadAs(Worker, ReadKind.History))).History!;
            Assert.Equal(2, history.Count);
            var next = await silo.Grains.Execute(Maija, Ask(Letter));
            Assert.True(next.Position > at);
            await silo.WaitFor(next.Position);
        }
        Assert.Empty((await LogVerification.Run(Copy, _time)).Differences);
    }

    [StoreFact]
    public async Task What_was_disclosed_and_how_far_receivers_are_goes_along_and_comes_back_in_a_backup()
    {
        await Fill(clients: 3);
        await using (var silo = await Platform.Open(Original, _time))
        {
            var store = (IDeliveryStore)silo.Store;
            await store.LogDisclosures([.. Enumerable.Range(1, 3).Select(n => new DisclosureLine(
                Maija, Tampere, "client.moved", "kela", "Kela", "operator/1", "asiakastyö", "703/2023", n,
                _time.GetUtcNow()))]);
            await store.TryWrite([new NoteRow("places", "kela", "7"u8.ToArray())]);
            await store.TryWrite([new NoteRow("claim", "webhooks", "me"u8.ToArray())]); // As an older version left it.
            await silo.Work.Expect(GrainName.Municipality(Tampere));
        }
        await StoreMigration.ToPostgres(Original, Connection, _time);
        Assert.Equal(3L, await fixture.Cluster.Scalar("SELECT count(*) FROM osst.disclosures", _database));
        Assert.Equal(
            "endings,places", await fixture.Cluster.Scalar(
                "SELECT string_agg(DISTINCT shelf, ',' ORDER BY shelf) FROM osst.notes", _database));

        using var restored = new TempFolder();
        var backup = Path.Combine(_folder.Path, "backup.osst");
        await Backups.Write(Copy, backup);
        File.Copy(Original.MasterKeyPath, new StoreAddress(restored.Path).MasterKeyPath);
        Assert.Empty((await Backups.Restore(new StoreAddress(restored.Path), backup, _time)).Differences);
        using var database = Database.Open(restored.Database, readOnly: true);
        Assert.Equal("1,2,3", database.Scalar("SELECT group_concat(position) FROM disclosures"));
        Assert.Equal("7", database.Scalar("SELECT CAST(value AS TEXT) FROM notes WHERE shelf = 'places'"));
    }

    [StoreFact]
    public async Task A_migration_that_was_cut_off_leaves_nothing_to_open_and_the_next_one_goes_on()
    {
        await Fill(clients: 400);
        using var stop = new CancellationTokenSource();
        var stopping = new Reports(_ => stop.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => StoreMigration.ToPostgres(Original, Connection, _time, stopping, stop.Token));
        Assert.Equal(4_000L, await fixture.Cluster.Scalar("SELECT count(*) FROM osst.events", _database));
        var refusal = await Assert.ThrowsAsync<StoreRefusal>(() => Platform.Open(Copy, _time));
        Assert.Contains("is an unfinished copy", refusal.Message);
        await StoreMigration.ToPostgres(Original, Connection, _time);
        Assert.Empty((await LogVerification.Run(Copy, _time)).Differences);
    }

    [StoreTheory]
    [InlineData("UPDATE osst.events SET actor = 'x/y' WHERE version = 2 AND stream = 'client/maija'", "events")]
    [InlineData("UPDATE osst.outcomes SET version = 9 WHERE version = 2 AND stream = 'client/maija'", "outcomes")]
    [InlineData("UPDATE osst.keys SET wrapped = 'x' WHERE stream = 'client/maija'", "keys")]
    [InlineData("UPDATE osst.access_log SET purpose = 'x'", "lines of the use log")]
    [InlineData("INSERT INTO osst.notes VALUES ('a', 'b', 'c')", "notes of deliveries")]
    public async Task A_copy_that_differs_is_never_opened(string fault, string table)
    {
        await Fill(clients: 3);
        await StoreMigration.ToPostgres(Original, Connection, _time);
        await fixture.Cluster.Execute(
            "ALTER TABLE osst.events DISABLE TRIGGER only_grows; "
            + "ALTER TABLE osst.access_log DISABLE TRIGGER only_grows; "
            + $"UPDATE osst.store SET unfinished_copy = true; {fault}", _database);
        var refusal = await Assert.ThrowsAsync<StoreRefusal>(
            () => StoreMigration.ToPostgres(Original, Connection, _time));
        Assert.Contains($"The copy's {table} differ", refusal.Message);
        await Assert.ThrowsAsync<StoreRefusal>(() => Platform.Open(Copy, _time));
    }

    [StoreFact]
    public async Task A_database_with_a_log_of_its_own_is_refused()
    {
        await Fill(clients: 3);
        await using (var other = await PostgresStore.Open(Connection, PostgresUse.ByOneProcess))
        {
            await other.Append(Requests.One(GrainName.Client("other"), 0));
        }
        var refusal = await Assert.ThrowsAsync<StoreRefusal>(
            () => StoreMigration.ToPostgres(Original, Connection, _time));
        Assert.Contains("holds a log already", refusal.Message);
        await fixture.Cluster.Execute("UPDATE osst.store SET unfinished_copy = true", _database);
        refusal = await Assert.ThrowsAsync<StoreRefusal>(
            () => StoreMigration.ToPostgres(Original, Connection, _time));
        Assert.Contains("unfinished copy of another log", refusal.Message);
    }

    /// <summary>A population, and Maija's last command with its position.</summary>
    private async Task<(Guid Command, long Position)> Fill(int clients)
    {
        await using var silo = await Platform.Open(Original, _time);
        await new Loader(silo.Grains).Load(Population.Of(3, clients, OsstDataSet.Embedded()));
        await silo.Grains.Execute(Maija, Ask(Register));
        await silo.Grains.Read<ClientState>(Maija, ReadAs(Worker));
        var command = Guid.NewGuid();
        return (command, (await silo.Grains.Execute(Maija, Ask(Letter, id: command))).Position);
    }

    private sealed class Reports(Action<double> told) : IProgress<double>
    {
        public void Report(double value) => told(value);
    }
}
