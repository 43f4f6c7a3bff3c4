using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage.Postgres;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>I1 on a server: killed under load and started again, it loses nothing acknowledged, doubles nothing.
/// </summary>
[Collection("postgres"), NeedsPostgres]
public sealed class ServerKillTests(PostgresFixture fixture)
{
    private const int Rounds = 3;
    private const int Writers = 24;
    private const int BeforeKill = 400;

    [StoreTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Appends_go_on_over_kill_9_of_the_server(bool alone)
    {
        var database = await fixture.Cluster.NewDatabase();
        var use = PostgresUse.ByOneProcess with { Alone = alone, Patience = TimeSpan.FromSeconds(60) };
        var acknowledged = new long[Writers];
        await using (var store = await PostgresStore.Open(fixture.Cluster.To(database), use))
        {
            using var stop = new CancellationTokenSource();
            using var stored = new SemaphoreSlim(0);
            var writing = Enumerable.Range(0, Writers).Select(n => Task.Run(() => Write(store, n))).ToArray();
            for (var round = 0; round < Rounds; round++)
            {
                await Some();
                await fixture.Cluster.Kill();
                await fixture.Cluster.Start();
            }
            await Some();
            await stop.CancelAsync();
            await Task.WhenAll(writing);
            var feed = await FeedThrough(store, store.LastPosition);
            Assert.Equal(acknowledged.Sum(), feed.Count);
            Assert.All(feed.GroupBy(e => e.Grain), stream => Assert.Equal(
                Enumerable.Range(1, stream.Count()).Select(v => (long)v), stream.Select(e => e.Version)));

            async Task Some()
            {
                for (var i = 0; i < BeforeKill; i++)
                {
                    await stored.WaitAsync();
                }
            }

            async Task Write(PostgresStore to, int n)
            {
                for (; !stop.IsCancellationRequested; acknowledged[n]++)
                {
                    // Appended, or found when the group was sent again: never in the way of itself.
                    var outcome = await to.Append(One(GrainName.Client($"w-{n}"), acknowledged[n]));
                    Assert.NotEqual(AppendResult.Conflict, outcome.Result);
                    Assert.Equal(acknowledged[n] + 1, outcome.Version);
                    stored.Release();
                }
            }
        }
        await fixture.Cluster.Drop(database);
    }
}
