using OsstOrleans.Grains;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Verification;
using OsstOrleans.Simulation;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>A whole silo on PostgreSQL: what it answers does not depend on the store.</summary>
[Collection("postgres"), NeedsPostgres]
public sealed class PostgresSiloTests(PostgresFixture fixture) : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly FakeTime _time = new();
    private string _database = "";
    private Platform _silo = null!;

    private StoreAddress Address => new(_folder.Path, fixture.Cluster.To(_database));

    public async Task InitializeAsync()
    {
        _database = await fixture.Cluster.NewDatabase();
        _silo = await Platform.Open(Address, _time);
    }

    public async Task DisposeAsync()
    {
        await _silo.DisposeAsync();
        await fixture.Cluster.Drop(_database);
        _folder.Dispose();
    }

    [StoreFact]
    public async Task A_population_has_the_same_figures_as_on_a_file_also_after_a_restart_and_verifies()
    {
        _time.Advance(TimeSpan.FromDays(400));
        using var file = new TempFolder();
        await using var other = await Platform.Open(new StoreAddress(file.Path), _time);
        var digests = new List<string>();
        foreach (var silo in new[] { other, _silo })
        {
            var loaded = await new Loader(silo.Grains).Load(Population.Of(1, 80, OsstDataSet.Embedded()));
            Assert.Equal(0, loaded.Rejected);
            await silo.WaitFor(silo.Store.LastPosition);
            digests.Add(Digest(silo));
        }
        await _silo.DisposeAsync();
        var report = await LogVerification.Run(Address, _time);
        Assert.Empty(report.Differences);
        Assert.True(report.Events > 500);
        _silo = await Platform.Open(Address, _time);
        digests.Add(Digest(_silo));
        Assert.Equal(digests[0], digests[1]);
        Assert.Equal(digests[1], digests[2]);
    }

    [StoreFact]
    public async Task A_reader_waits_for_its_own_write_behind_a_slow_transaction_and_not_for_ever()
    {
        await using var slow = await SlowAppend.Begin(fixture.Cluster.To(_database), GrainName.Client("slow"));
        var reply = await _silo.Grains.Execute(Maija, Ask(Register));
        var late = _silo.WaitFor(reply.Position).AsTask();
        Assert.False(late.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("NOT_YET_VISIBLE", (await Assert.ThrowsAsync<LimitReached>(() => late)).Code);
        var again = _silo.WaitFor(reply.Position).AsTask();
        await slow.Undo();
        await again;
        Assert.Equal(reply.Position, _silo.Caseloads.Clock.Now.Position);
    }

    [StoreFact]
    public async Task A_server_that_was_away_longer_than_a_call_ends_neither_commands_nor_projections()
    {
        await _silo.Grains.Execute(Maija, Ask(Register));
        await fixture.Cluster.Kill();
        var waiting = _silo.Grains.Execute(Maija, Ask(Letter)).AsTask();
        await Task.Delay(OrleansHosting.CallTimeout + TimeSpan.FromSeconds(1));
        await fixture.Cluster.Start();
        var reply = await waiting.Patiently();
        Assert.Equal(2, reply.Version);
        await _silo.WaitFor(reply.Position).AsTask().Patiently();
        Assert.Null(_silo.Projections.Fault);
    }

    [StoreFact]
    public async Task A_planted_fault_is_found_by_verify()
    {
        await _silo.Grains.Execute(Maija, Ask(Register));
        await _silo.Grains.Execute(Maija, Ask(Letter));
        await _silo.DisposeAsync();
        await fixture.Cluster.Execute(
            "ALTER TABLE osst.events DISABLE TRIGGER only_grows; DELETE FROM osst.events WHERE version = 1", _database);
        var report = await LogVerification.Run(Address, _time);
        Assert.Contains(report.Differences, found => found.Contains("gap after version 0", StringComparison.Ordinal));
        var refusal = await Assert.ThrowsAsync<StoreRefusal>(() => Platform.Open(Address, _time));
        Assert.Contains("The log in the PostgreSQL database cannot be followed.", refusal.Message);
    }

    private static string Digest(Platform silo) => string.Join('\n', silo.Caseloads.Codes.SelectMany(code =>
        silo.Caseloads.Ask(code, caseload => CaseloadDigest.Of(caseload, silo.Services.Clock().Today))!
            .Select(part => $"{code} {part.Key}: {part.Value}")));
}
