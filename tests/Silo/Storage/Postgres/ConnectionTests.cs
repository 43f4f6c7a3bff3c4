using Npgsql;
using OsstOrleans.Silo.Storage.Postgres;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>A server has a hundred connections for a whole cluster, unless its operator raised that.</summary>
[Collection("postgres"), NeedsPostgres]
public sealed class ConnectionTests(PostgresFixture fixture) : IAsyncLifetime
{
    private const int Readers = 64;
    private const int Pooled = 8;
    private const int Asked = 3;

    private string _database = "";

    private PostgresCluster Cluster => fixture.Cluster;

    public async Task InitializeAsync() => _database = await Cluster.NewDatabase();

    public Task DisposeAsync() => Cluster.Drop(_database);

    [StoreTheory]
    [InlineData("", Pooled)]
    [InlineData(";MaxPoolSize=3", Asked)]
    public async Task However_many_grains_are_read_at_once_a_process_reads_through_a_few_connections(
        string wish, int most)
    {
        await using var store = await PostgresStore.Open(Cluster.To(_database) + wish, PostgresUse.ByOneProcess);
        await store.Append(One(Someone, 0));
        await using var holder = await Hold();
        var loads = Enumerable.Range(0, Readers).Select(_ => store.Load(Someone).AsTask()).ToArray();
        await HeldUp(most);
        await holder.CloseAsync();
        Assert.All(await Task.WhenAll(loads), tail => Assert.Single(tail.Events));
        var readers = await Cluster.Scalar(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'osst' "
            + "AND query LIKE '%osst.kept%'", _database);
        Assert.Equal((long)most, readers);
    }

    /// <summary>While it lasts no grain's events can be read.</summary>
    private async Task<NpgsqlConnection> Hold()
    {
        var connection = new NpgsqlConnection(Cluster.To(_database) + ";Pooling=false;ApplicationName=holder");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "BEGIN; LOCK TABLE osst.events IN ACCESS EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private async Task HeldUp(int readers)
    {
        while ((long)(await Cluster.Scalar(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'osst.events'::regclass", _database))!
            < readers)
        {
            await Task.Yield();
        }
    }
}
