using OsstOrleans.Grains;
using OsstOrleans.Silo.Memory;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Engines;

/// <summary>Grains in memory: as long as they are used, and never more than allowed.</summary>
public sealed class ActivationTests : EnginePlace
{
    [Fact]
    public async Task A_grain_unused_for_long_is_let_go_and_comes_back_on_the_next_call()
    {
        await Register(Maija);
        for (var sweep = 1; sweep <= Limits.IdleSweeps; sweep++)
        {
            Time.Advance(Limits.SweepEvery);
            Assert.Equal(1, Engine.ActivationCount);
        }
        Time.Advance(Limits.SweepEvery);
        Assert.Equal(0, Engine.ActivationCount);
        Assert.Equal(2, (await Send(Maija, Letter)).Version);
        Assert.Equal(1, Engine.ActivationCount);
    }

    [Fact]
    public async Task A_call_keeps_its_grain_in_memory()
    {
        await Register(Maija);
        for (var i = 0; i < 5; i++)
        {
            Time.Advance(Limits.SweepEvery);
            await Send(Maija, Letter);
        }
        Assert.Equal(1, Engine.ActivationCount);
    }

    [Fact]
    public async Task A_grain_with_a_call_is_not_let_go_however_long_it_takes()
    {
        await Register(Maija);
        Gate.Shut();
        var slow = Send(Maija, Letter);
        for (var sweep = 0; sweep <= Limits.IdleSweeps; sweep++)
        {
            Time.Advance(Limits.SweepEvery);
        }
        Assert.Equal(1, Engine.ActivationCount);
        Gate.OpenDoor();
        Assert.Equal(2, (await slow).Version);
    }

    [Fact]
    public async Task A_grain_that_is_let_go_leaves_a_snapshot()
    {
        await Register(Maija);
        for (var i = 0; i < 12; i++)
        {
            await Send(Maija, Letter);
        }
        for (var sweep = 0; sweep <= Limits.IdleSweeps; sweep++)
        {
            Engine.Sweep();
        }
        await SnapshotsAreStored();
        Assert.Equal("13", Scalar("SELECT version FROM snapshots"));
        Assert.Equal(14, (await Send(Maija, Letter)).Version);
    }

    [Fact]
    public async Task Never_more_grains_are_in_memory_than_allowed()
    {
        Start(Limits with { MaxActivations = 32 });
        foreach (var client in Clients(200))
        {
            await Register(client);
            Assert.InRange(Engine.ActivationCount, 1, 32);
        }
        Assert.All(
            await Task.WhenAll(Clients(200).Select(client => Send(client, Letter))),
            reply => Assert.Equal((ReplyKind.Accepted, 2L), (reply.Kind, reply.Version)));
        await Register(GrainName.Client("one-more"));
        Assert.InRange(Engine.ActivationCount, 1, 32);
    }

    [Fact]
    public async Task Of_too_many_grains_the_longest_unused_go_first()
    {
        Start(Limits with { MaxActivations = 4 });
        await Register(Clients(4));
        Engine.Sweep();
        var kept = Clients(4).Last();
        await Send(kept, Letter);
        // Whoever loads this client again meets a gap.
        Tamper("UPDATE events SET version = version + 10 WHERE stream = 'client/c-3'");
        await Register(Maija);
        Assert.Equal(ReadResult.Found, (await Engine.Read(kept, ReadAs(Worker))).Result);
    }

    [Fact]
    public async Task Sweeps_among_thousands_of_calls_lose_nothing_and_store_nothing_twice()
    {
        const int Calls = 2_000;
        Start(Limits with { IdleSweeps = 0, MaxActivations = 8 });
        await Register(Clients(12));
        var clients = Clients(12).ToArray();
        using var done = new CancellationTokenSource();
        var sweeping = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                Engine.Sweep();
            }
        });
        var replies = await Task.WhenAll(
            Enumerable.Range(0, Calls).Select(n => Task.Run(() => Send(clients[n % clients.Length], Letter))));
        await done.CancelAsync();
        await sweeping;
        Assert.All(replies, reply => Assert.Equal(ReplyKind.Accepted, reply.Kind));
        Assert.Equal(0, Gate.BrokenTurns);
        Assert.Equal(Calls + clients.Length, Store.LastPosition);
        Engine.Sweep();
        Engine.Sweep();
        Assert.Equal(0, Engine.ActivationCount);
    }
}
