using OsstOrleans.Grains;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Engines;

/// <summary>One call at a time for each grain, first come first served, with a bounded queue.</summary>
public sealed class TurnsTests : EnginePlace
{
    [Fact]
    public async Task Thousands_of_calls_at_once_take_one_turn_at_a_time()
    {
        const int Grains = 7;
        const int Calls = 3_000;
        await Register(Clients(Grains));
        var clients = Clients(Grains).ToArray();
        var replies = await Task.WhenAll(
            Enumerable.Range(0, Calls).Select(n => Task.Run(() => Send(clients[n % Grains], Letter))));
        Assert.All(replies, reply => Assert.Equal(ReplyKind.Accepted, reply.Kind));
        Assert.Equal(0, Gate.BrokenTurns);
        Assert.Equal(Grains + Calls, Store.LastPosition);
        Assert.Equal(Calls, replies.DistinctBy(reply => reply.Position).Count());
    }

    [Fact]
    public async Task Waiting_calls_come_in_the_order_of_their_asking()
    {
        await Register(Maija);
        Gate.Arrivals.Clear();
        Gate.Shut();
        var ids = Enumerable.Range(0, 200).Select(_ => Guid.NewGuid()).ToArray();
        var calls = ids.Select(id => Send(Maija, Letter, id)).ToArray();
        Gate.OpenDoor();
        await Task.WhenAll(calls);
        Assert.Equal(ids, Gate.Arrivals);
    }

    [Fact]
    public async Task A_grain_that_waits_for_the_disk_holds_up_no_other()
    {
        await Register(Maija);
        await Register(Clients(1));
        Gate.Shut();
        var waiting = Send(Maija, Letter);
        await Gate.OneArrived();
        var read = await Engine.Read(Clients(1).First(), ReadAs(Worker));
        Assert.Equal((ReadResult.Found, false), (read.Result, waiting.IsCompleted));
        Gate.OpenDoor();
        await waiting;
    }

    [Fact]
    public async Task A_full_mailbox_answers_at_once_and_takes_calls_again_later()
    {
        Start(Limits with { MaxWaitingPerGrain = 3 });
        await Register(Maija);
        Gate.Shut();
        var taken = Enumerable.Range(0, 4).Select(_ => Send(Maija, Letter)).ToArray();
        for (var i = 0; i < 2; i++)
        {
            var limit = await Assert.ThrowsAsync<LimitReached>(() => Send(Maija, Letter));
            Assert.Equal("GRAIN_BUSY", limit.Code);
        }
        Gate.OpenDoor();
        await Task.WhenAll(taken);
        Assert.Equal((ReplyKind.Accepted, 6L), await Shown(Send(Maija, Letter)));
    }

    [Fact]
    public async Task A_call_that_fails_gives_its_turn_back()
    {
        await Register(Maija);
        Gate.NextFault = new StoreFault("The disk is full.");
        await Assert.ThrowsAsync<StoreFault>(() => Send(Maija, Letter));
        Gate.Shut();
        Gate.NextFault = new StoreFault("The disk is full.");
        var failing = Send(Maija, Letter);
        var behind = Send(Maija, Letter);
        Gate.OpenDoor();
        await Assert.ThrowsAsync<StoreFault>(() => failing);
        Assert.Equal((ReplyKind.Accepted, 2L), await Shown(behind));
        await Assert.ThrowsAsync<ArgumentException>(() => Send(GrainName.Client("no/key"), Letter));
    }

    [Fact]
    public async Task A_fault_while_loading_gives_the_turn_back()
    {
        await Register(Maija);
        Tamper("UPDATE events SET version = 5");
        Start(Limits);
        await Assert.ThrowsAsync<StoreFault>(() => Send(Maija, Letter));
        Tamper("UPDATE events SET version = 1");
        Assert.Equal((ReplyKind.Accepted, 2L), await Shown(Send(Maija, Letter)));
    }

    private static async Task<(ReplyKind Kind, long Version)> Shown(Task<CommandReply> reply) =>
        ((await reply).Kind, (await reply).Version);
}
