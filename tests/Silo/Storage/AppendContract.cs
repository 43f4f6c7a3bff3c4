using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>What every store promises about one command's append.</summary>
public abstract class AppendContract(StorePlace place) : StoreContract(place)
{
    private static readonly Guid Command = new("11111111-1111-1111-1111-111111111111");

    [StoreFact]
    public async Task Events_come_back_as_they_were_appended()
    {
        var withWords = new NewEvent("test.sealed", new byte[] { 1 }, new byte[] { 9, 0 });
        var request = Append(Someone, 0, Command, Event("a"), withWords);
        var outcome = await Store.Append(request);
        Assert.Equal((AppendResult.Appended, 2L), (outcome.Result, outcome.Version));
        var events = (await Store.Load(Someone)).Events;
        Assert.Equal([(1L, "test.happened"), (2L, "test.sealed")], events.Select(e => (e.Version, e.Type)));
        Assert.InRange(events[0].Position, 1, outcome.Position - 1);
        Assert.Equal(outcome.Position, events[1].Position);
        Assert.All(events, e => Assert.Equal(
            (Someone, request.Municipality, request.Actor, request.OccurredOn, request.RecordedAt, Command),
            (e.Grain, e.Municipality, e.Actor, e.OccurredOn, e.RecordedAt, e.CommandId)));
        Assert.True(events[0].Personal.IsEmpty);
        Assert.Equal([9, 0], events[1].Personal.ToArray());
    }

    [StoreTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(1_000)]
    public async Task Another_version_than_the_streams_own_conflicts_and_stores_nothing(long expected)
    {
        await Store.Append(Append(Someone, 0, null, Event("a"), Event("b")));
        var outcome = await Store.Append(One(Someone, expected, Command));
        Assert.Equal(AppendResult.Conflict, outcome.Result);
        Assert.Equal(2, (await Store.Load(Someone)).Events.Count);
        Assert.Null(await Store.FindOutcome(Someone, Command));
        Assert.Equal(AppendResult.Appended, (await Store.Append(One(Someone, 2, Command))).Result);
    }

    [StoreFact]
    public async Task A_first_version_of_an_empty_stream_cannot_be_skipped()
    {
        Assert.Equal(AppendResult.Conflict, (await Store.Append(One(Someone, 1))).Result);
        Assert.Equal(0, Store.LastPosition);
    }

    [StoreTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_sent_again_answers_with_its_first_outcome_whatever_version_it_names(bool restart)
    {
        var first = await Store.Append(One(Someone, 0, Command));
        var second = await Store.Append(One(Someone, 1));
        if (restart)
        {
            await Restart();
        }
        foreach (var expected in new long[] { 0, 1, 2, 9 })
        {
            Assert.Equal(
                first with { Result = AppendResult.Duplicate }, await Store.Append(One(Someone, expected, Command)));
        }
        Assert.Equal(first with { Result = AppendResult.Duplicate }, await Store.FindOutcome(Someone, Command));
        Assert.Equal(second.Position, Store.LastPosition);
    }

    [StoreFact]
    public async Task A_command_id_belongs_to_its_stream_alone()
    {
        await Store.Append(One(Someone, 0, Command));
        var other = Grains.GrainName.Client("c-2");
        Assert.Null(await Store.FindOutcome(other, Command));
        Assert.Equal(AppendResult.Appended, (await Store.Append(One(other, 0, Command))).Result);
    }

    [StoreFact]
    public async Task The_same_command_twice_at_once_is_stored_once()
    {
        var both = await Task.WhenAll(
            Store.Append(One(Someone, 0, Command)).AsTask(), Store.Append(One(Someone, 0, Command)).AsTask());
        Assert.Equal([AppendResult.Appended, AppendResult.Duplicate], both.Select(o => o.Result).Order());
        Assert.Equal((both[0].Version, both[0].Position), (both[1].Version, both[1].Position));
    }

    [StoreFact]
    public async Task Of_appends_that_race_for_one_version_exactly_one_wins()
    {
        for (var version = 0; version < 20; version++)
        {
            var expected = version;
            using var start = new Barrier(8);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return Store.Append(One(Someone, expected)).AsTask();
                },
                default, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
            Assert.Single(outcomes, o => o.Result == AppendResult.Appended);
            Assert.Equal(7, outcomes.Count(o => o.Result == AppendResult.Conflict));
        }
        var events = (await Store.Load(Someone)).Events;
        Assert.Equal(Enumerable.Range(1, 20).Select(v => (long)v), events.Select(e => e.Version));
    }

    [StoreFact]
    public async Task Several_events_are_stored_all_or_not_at_all()
    {
        var first = await Store.Append(One(Someone, 0));
        await Store.Append(Append(Someone, 0, null, Event("x"), Event("y"), Event("z")));
        Assert.Equal(["after 0"], (await Store.Load(Someone)).Events.Select(e => Words(e)));
        Assert.Equal(first.Position, Store.LastPosition);
        await Store.Append(Append(Someone, 1, null, Event("x"), Event("y"), Event("z")));
        Assert.Equal(["after 0", "x", "y", "z"], (await Store.Load(Someone)).Events.Select(e => Words(e)));
    }
}
