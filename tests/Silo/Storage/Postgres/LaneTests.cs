using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage.Postgres;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>Two groups of one process are under way at a time.</summary>
[Collection("postgres"), NeedsPostgres]
public sealed class LaneTests(PostgresFixture fixture) : IAsyncLifetime
{
    private static readonly GrainName Slow = GrainName.Client("slow");

    private string _database = "";
    private PostgresStore _store = null!;

    public async Task InitializeAsync()
    {
        _database = await fixture.Cluster.NewDatabase();
        _store = await PostgresStore.Open(fixture.Cluster.To(_database), PostgresUse.ByOneProcess);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await fixture.Cluster.Drop(_database);
    }

    [StoreFact]
    public async Task A_group_that_the_server_holds_up_does_not_hold_up_the_one_behind_it()
    {
        await using var slow = await SlowAppend.Begin(fixture.Cluster.To(_database), Slow);
        var waiting = _store.Append(One(Slow, 0)).AsTask();
        await AreHeldUp(lanes: 1);
        Assert.Equal(AppendResult.Appended, (await _store.Append(One(Someone, 0))).Result);
        Assert.False(waiting.IsCompleted);
        await slow.Undo();
        Assert.Equal(AppendResult.Appended, (await waiting).Result);
    }

    [StoreFact]
    public async Task Appends_of_one_stream_never_overtake_each_other()
    {
        await using var slow = await SlowAppend.Begin(fixture.Cluster.To(_database), Slow);
        var all = Enumerable.Range(0, 5).Select(version => _store.Append(One(Slow, version)).AsTask()).ToArray();
        await AreHeldUp(lanes: 1);
        await slow.Undo();
        Assert.Equal([1L, 2, 3, 4, 5], (await Task.WhenAll(all)).Select(outcome => outcome.Version));
        Assert.Equal(5, (await _store.Load(Slow)).Events.Count);
    }

    [StoreFact]
    public async Task What_one_lane_has_committed_is_read_when_the_other_has_ended()
    {
        await using var slow = await SlowAppend.Begin(fixture.Cluster.To(_database), Slow);
        var waiting = _store.Append(One(Slow, 0)).AsTask();
        await AreHeldUp(lanes: 1);
        var fast = await _store.Append(One(Someone, 0));
        Assert.Empty(await Feed(_store));
        await slow.Undo();
        var late = await waiting;
        var last = Math.Max(late.Position, fast.Position);
        Assert.Equal(
            new[] { late.Position, fast.Position }.Order(),
            (await FeedThrough(_store, last)).Select(stored => stored.Position));
    }

    /// <summary>Waits until transactions wait for other ones.</summary>
    private async Task AreHeldUp(int lanes)
    {
        while ((long)(await fixture.Cluster.Scalar(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'", _database))! < lanes)
        {
            await Task.Yield();
        }
    }
}
