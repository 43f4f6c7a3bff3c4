namespace OsstOrleans.Silo.Tests;

/// <summary>One server for all tests that need one.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    internal PostgresCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (PostgresCluster.Missing is null)
        {
            Cluster = await PostgresCluster.Start();
        }
    }

    public async Task DisposeAsync()
    {
        if (Cluster is not null)
        {
            await Cluster.DisposeAsync();
        }
    }
}
