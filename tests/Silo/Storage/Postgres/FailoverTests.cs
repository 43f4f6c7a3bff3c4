using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Postgres;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>A server that takes no writes for a while, and one whose standby takes over.</summary>
[Collection("postgres"), NeedsPostgres]
public sealed class FailoverTests(PostgresFixture fixture)
{
    private static readonly PostgresUse Hasty = new(Alone: true, TimeSpan.FromMilliseconds(50));

    [StoreFact]
    [Trait("case", "18")]
    public async Task A_moment_of_read_only_is_a_passing_fault_and_ends_by_itself()
    {
        var database = await fixture.Cluster.NewDatabase();
        await using (var store = await PostgresStore.Open(fixture.Cluster.To(database), Hasty))
        {
            var command = Guid.NewGuid();
            await store.Append(One(Someone, 0));
            await fixture.Cluster.Set("default_transaction_read_only", "on");
            try
            {
                Assert.Contains("is read-only", (await Refused(store, command)).Message);
                Assert.True(store.Figures.IsAway);
            }
            finally
            {
                await fixture.Cluster.Reset("default_transaction_read_only", "off");
            }
            await Patience.Until(() => !store.Figures.IsAway); // Nobody writes: it finds out by itself.
            Assert.Equal(2, (await store.Append(One(Someone, 1, command))).Version);
        }
        await fixture.Cluster.Drop(database);
    }

    [StoreFact]
    public async Task What_was_acknowledged_is_on_the_standby_that_takes_over_and_the_process_goes_on_there()
    {
        await using var first = await PostgresCluster.Start();
        await using var second = await first.StartStandby();
        await first.Set("synchronous_standby_names", "*");
        var database = await first.NewDatabase();
        await using var proxy = new CuttingProxy(first.Port);
        await using var store = await PostgresStore.Open(
            first.To(database).Replace($"Port={first.Port}", $"Port={proxy.Port}", StringComparison.Ordinal), Hasty);
        var command = Guid.NewGuid();
        await store.Append(One(Someone, 0));
        await second.Kill();
        await Refused(store, command); // Committed here, and nowhere else.
        Assert.Equal(2, (await store.Load(Someone)).Events.Count);

        await first.Kill();
        await second.Start();
        proxy.Server = second.Port;
        Assert.Contains("is read-only", (await Refused(store, Guid.NewGuid())).Message);
        Assert.False(store.Figures.IsBroken);

        await second.Execute("SELECT pg_promote()");
        await Patience.Until(() => !store.Figures.IsAway);
        Assert.Single((await store.Load(Someone)).Events); // What was in doubt is lost, and was never acknowledged.
        var again = await store.Append(One(Someone, 1, command));
        Assert.Equal((AppendResult.Appended, 2L), (again.Result, again.Version));
    }

    private static async Task<StoreFault> Refused(PostgresStore store, Guid command)
    {
        var fault = await Assert.ThrowsAsync<StoreFault>(() => store.Append(One(Someone, 1, command)).AsTask());
        Assert.True(fault.IsPassing);
        return fault;
    }
}
