using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>A command that changed nothing leaves its outcome, and nothing else.</summary>
public abstract class NoEventsContract(StorePlace place) : StoreContract(place)
{
    private static readonly Guid Command = new("22222222-2222-2222-2222-222222222222");

    [StoreFact]
    public async Task The_outcome_is_the_version_it_was_decided_on()
    {
        await Store.Append(One(Grains.GrainName.Client("other"), 0));
        var first = await Store.Append(One(Someone, 0));
        Assert.Equal(first, await Store.Append(Nothing(Someone, 1, Command)));
        Assert.Single((await Store.Load(Someone)).Events);
        Assert.Equal(first.Position, Store.LastPosition);
    }

    [StoreFact]
    public async Task It_is_found_again_after_the_stream_moved_on_and_after_a_restart()
    {
        var first = await Store.Append(One(Someone, 0));
        await Store.Append(Nothing(Someone, 1, Command));
        var second = await Store.Append(One(Someone, 1));
        await Restart();
        var again = await Store.Append(Append(Someone, 2, Command, Event("must not be stored")));
        Assert.Equal(first with { Result = AppendResult.Duplicate }, again);
        Assert.Equal(second.Position, Store.LastPosition);
    }

    [StoreTheory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task It_conflicts_like_any_other_when_the_stream_is_elsewhere(long expected)
    {
        await Store.Append(Append(Someone, 0, null, Event("a"), Event("b")));
        Assert.Equal(AppendResult.Conflict, (await Store.Append(Nothing(Someone, expected, Command))).Result);
        Assert.Null(await Store.FindOutcome(Someone, Command));
    }
}
