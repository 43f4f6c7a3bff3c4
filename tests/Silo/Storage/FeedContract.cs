using OsstOrleans.Grains;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>What every store promises to those who read its log from a checkpoint.</summary>
public abstract class FeedContract(StorePlace place) : StoreContract(place)
{
    private const int Writers = 8;
    private const int Each = 150;

    [StoreFact]
    public async Task A_reader_beside_many_writers_sees_every_event_once_and_in_order()
    {
        var committed = new SemaphoreSlim(0);
        Store.Committed += _ => committed.Release();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(n => Task.Run(() => Write($"w-{n}"))));
        var seen = new List<(GrainName Stream, long Version, long Position)>();
        while (seen.Count < Writers * Each)
        {
            await committed.WaitAsync().Patiently();
            var checkpoint = seen.Count == 0 ? 0 : seen[^1].Position;
            seen.AddRange((await Feed(Store, checkpoint, page: 37)).Select(e => (e.Grain, e.Version, e.Position)));
        }
        await writing;
        Assert.Equal(Writers * Each, seen.Count);
        Assert.Equal(seen.Select(e => e.Position).Order().Distinct(), seen.Select(e => e.Position));
        Assert.All(seen.GroupBy(e => e.Stream), stream =>
            Assert.Equal(Enumerable.Range(1, Each).Select(v => (long)v), stream.Select(e => e.Version)));
        Assert.Equal(Store.LastPosition, seen[^1].Position);

        async Task Write(string key)
        {
            for (var version = 0; version < Each; version++)
            {
                await Store.Append(One(GrainName.Client(key), version));
            }
        }
    }

    [StoreFact]
    public async Task What_an_append_was_answered_is_in_the_feed_at_its_position()
    {
        for (var version = 0; version < 30; version++)
        {
            var outcome = await Store.Append(One(Someone, version));
            var next = Assert.Single(await FeedThrough(Store, outcome.Position, outcome.Position - 1));
            Assert.Equal((outcome.Version, outcome.Position), (next.Version, next.Position));
        }
    }

    [StoreFact]
    public async Task A_reader_goes_on_from_its_checkpoint_after_a_restart()
    {
        AppendOutcome last = default;
        for (var version = 0; version < 10; version++)
        {
            last = await Store.Append(One(Someone, version));
        }
        var checkpoint = (await FeedThrough(Store, last.Position))[3].Position;
        await Restart();
        Assert.Equal(last.Position, Store.LastPosition);
        last = await Store.Append(One(Someone, 10));
        var rest = await FeedThrough(Store, last.Position, checkpoint);
        Assert.Equal(Enumerable.Range(5, 7).Select(v => (long)v), rest.Select(e => e.Version));
    }

    [StoreFact]
    public async Task A_page_holds_no_more_than_was_asked_for()
    {
        await Store.Append(Append(Someone, 0, null, [.. Enumerable.Range(0, 9).Select(n => Event($"{n}"))]));
        await FeedThrough(Store, Store.LastPosition);
        Assert.Equal(4, (await Store.ReadFeed(0, 4)).Count);
        Assert.Empty(await Store.ReadFeed(Store.LastPosition, 4));
    }

    [StoreFact]
    public async Task A_commit_tells_the_position_that_can_be_read()
    {
        var told = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        Store.Committed += position => told.TrySetResult(position);
        var outcome = await Store.Append(One(Someone, 0));
        Assert.Equal(outcome.Position, await told.Task.Patiently());
    }
}
