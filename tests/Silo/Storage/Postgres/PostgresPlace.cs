using Npgsql;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Postgres;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>One after the other: an unfinished transaction of one test would hold back the feeds of all.</summary>
[CollectionDefinition("postgres")]
public sealed class PostgresCollection : ICollectionFixture<PostgresFixture>;

/// <summary>The conformance kit on a database of its own, written by one process alone or as one of many.</summary>
internal sealed class PostgresPlace(PostgresFixture fixture, bool alone = true) : StorePlace
{
    private readonly PostgresUse _use = PostgresUse.ByOneProcess with { Alone = alone };
    private string? _database;

    public PostgresCluster Cluster => fixture.Cluster;

    public string Connection => Cluster.To(_database!);

    public override async Task<IEventStore> Open()
    {
        _database ??= await Cluster.NewDatabase();
        return await PostgresStore.Open(Connection, _use);
    }

    public override async Task<IReadOnlyList<string>> AccessLines()
    {
        var lines = new List<string>();
        await using var source = NpgsqlDataSource.Create(Connection);
        await using var command = source.CreateCommand(
            "SELECT concat_ws(' ', client, register, actor, purpose, what) FROM osst.access_log ORDER BY what");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            lines.Add(rows.GetString(0));
        }
        return lines;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await Cluster.Drop(_database);
        }
    }
}

[Collection("postgres"), NeedsPostgres]
public sealed class PostgresAppendTests(PostgresFixture fixture) : AppendContract(new PostgresPlace(fixture));

[Collection("postgres"), NeedsPostgres]
public sealed class PostgresNoEventsTests(PostgresFixture fixture) : NoEventsContract(new PostgresPlace(fixture));

[Collection("postgres"), NeedsPostgres]
public sealed class PostgresFeedTests(PostgresFixture fixture) : FeedContract(new PostgresPlace(fixture));

[Collection("postgres"), NeedsPostgres]
public sealed class PostgresKeepingTests(PostgresFixture fixture) : KeepingContract(new PostgresPlace(fixture));

[Collection("postgres"), NeedsPostgres]
public sealed class PostgresIdentityTests(PostgresFixture fixture) : IdentityContract(new PostgresPlace(fixture));

[Collection("postgres"), NeedsPostgres]
public sealed class PostgresDeliveryTests(PostgresFixture fixture) : DeliveryContract(new PostgresPlace(fixture));

[Collection("postgres"), NeedsPostgres]
public sealed class PostgresSharedDeliveryTests(PostgresFixture fixture)
    : DeliveryContract(new PostgresPlace(fixture, alone: false));

[Collection("postgres"), NeedsPostgres]
public sealed class PostgresClientLogTests(PostgresFixture fixture) : ClientLogContract(new PostgresPlace(fixture));

[Collection("postgres"), NeedsPostgres]
public sealed class PostgresRegisterLogTests(PostgresFixture fixture)
    : RegisterLogContract(new PostgresPlace(fixture));
