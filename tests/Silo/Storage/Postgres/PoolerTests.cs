using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage.Postgres;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>A pooler gives sessions, and what they hold, to others: it cannot stand between (decision 0016).</summary>
[Collection("postgres"), NeedsPooler]
public sealed class PoolerTests(PostgresFixture fixture)
{
    [StoreTheory]
    [InlineData("transaction", "")]
    [InlineData("transaction", "options")]
    [InlineData("session", "options")]
    [Trait("case", "21")]
    public async Task A_pooler_between_is_recognised_and_refused_in_a_sentence(string mode, string ignored)
    {
        var database = await fixture.Cluster.NewDatabase();
        await using (var pooler = await Pooler.Start(fixture.Cluster.Port, mode, ignored))
        {
            var through = fixture.Cluster.To(database)
                .Replace($"Port={fixture.Cluster.Port}", $"Port={pooler.Port}", StringComparison.Ordinal);
            foreach (var use in new[] { PostgresUse.ByOneProcess, PostgresUse.Cluster })
            {
                var refusal = await Assert.ThrowsAsync<StoreRefusal>(() => PostgresStore.Open(through, use));
                Assert.Contains("A connection pooler stands between", refusal.Message, StringComparison.Ordinal);
            }
        }
        Assert.Null(await fixture.Cluster.Scalar("SELECT 1 FROM pg_namespace WHERE nspname = 'osst'", database));
        await fixture.Cluster.Drop(database);
    }
}
