using Npgsql;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage.Postgres;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>A process that writes alone keeps every other one out of its database.</summary>
[Collection("postgres"), NeedsPostgres]
public sealed class LeaseTests(PostgresFixture fixture) : IAsyncLifetime
{
    private string _database = "";
    private PostgresStore _first = null!;

    public async Task InitializeAsync()
    {
        _database = await fixture.Cluster.NewDatabase();
        _first = await Open();
    }

    public async Task DisposeAsync()
    {
        await _first.DisposeAsync();
        await fixture.Cluster.Drop(_database);
    }

    [StoreFact]
    public async Task A_second_process_is_refused_in_a_sentence_while_the_first_lives()
    {
        var refusal = await Assert.ThrowsAsync<StoreRefusal>(Open);
        Assert.Contains("is in use by another osst process (", refusal.Message);
        Assert.Contains("this verb wants it alone.", refusal.Message);
        Assert.Equal(AppendResult.Appended, (await _first.Append(One(Someone, 0))).Result);
        await _first.DisposeAsync();
        _first = await Open();
        Assert.Single((await _first.Load(Someone)).Events);
    }

    [StoreFact]
    public async Task A_process_whose_connection_broke_takes_its_lease_up_again()
    {
        await _first.Append(One(Someone, 0));
        await CutWriters();
        Assert.Equal(2, (await _first.Append(One(Someone, 1))).Version);
    }

    [StoreFact]
    public async Task A_process_that_another_one_succeeded_never_writes_again()
    {
        await _first.Append(One(Someone, 0));
        await CutWriters();
        await using (await Open())
        {
            await AssertShutOut();
        }
        await AssertShutOut();
        await using var third = await Open();
        Assert.Single((await third.Load(Someone)).Events);
    }

    [StoreFact]
    public async Task A_write_under_an_epoch_that_has_passed_is_undone_as_a_whole()
    {
        await fixture.Cluster.Execute("UPDATE osst.lease SET epoch = epoch + 1", _database);
        await AssertShutOut();
        Assert.Empty((await _first.Load(Someone)).Events);
    }

    [StoreFact]
    public async Task A_successor_waits_for_the_transactions_of_the_one_before()
    {
        await using var connection = new NpgsqlConnection(fixture.Cluster.To(_database));
        await connection.OpenAsync();
        var unfinished = await connection.BeginTransactionAsync();
        await using var demand = new NpgsqlCommand(
            "SELECT osst.demand_lease((SELECT epoch FROM osst.lease))", connection, unfinished);
        await demand.ExecuteNonQueryAsync();
        await _first.DisposeAsync();
        var successor = Open();
        while ((long)(await fixture.Cluster.Scalar(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'", _database))! == 0)
        {
            await Task.Yield();
        }
        Assert.False(successor.IsCompleted);
        await unfinished.CommitAsync();
        _first = await successor;
    }

    private async Task AssertShutOut()
    {
        var fault = await Assert.ThrowsAsync<StoreFault>(async () => await _first.Append(One(Someone, 0)));
        Assert.False(fault.IsPassing);
        Assert.Contains("taken this PostgreSQL database over", fault.Message);
        await Assert.ThrowsAsync<StoreFault>(async () => await _first.LogAccess([]));
    }

    /// <summary>Ends the sessions that hold the advisory lock.</summary>
    private Task CutWriters() => fixture.Cluster.Execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND granted", _database);

    private Task<PostgresStore> Open() => PostgresStore.Open(fixture.Cluster.To(_database), PostgresUse.ByOneProcess);
}
