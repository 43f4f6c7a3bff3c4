namespace OsstOrleans.EndToEnd.Tests.Receivers;

/// <summary>Where the log lies from which receivers are told: what is promised to them holds on either store.</summary>
/// <param name="postgres">The server; null for a file in the data folder.</param>
public sealed class ReceiverLog(PostgresFixture? postgres)
{
    public static ReceiverLog Sqlite { get; } = new(null);

    /// <summary>How to reach an empty database; null for a file.</summary>
    public async Task<string?> NewDatabase() =>
        postgres is null ? null : postgres.Cluster.To(await postgres.Cluster.NewDatabase());
}

/// <summary>One server for the deliveries of all tests, one after the other.</summary>
[CollectionDefinition("deliveries on PostgreSQL")]
public sealed class PostgresDeliveries : ICollectionFixture<PostgresFixture>;
