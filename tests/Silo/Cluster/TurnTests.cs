using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Faults;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Cluster;

/// <summary>Commands of a grain come one at a time; what one of them meets is its caller's alone.</summary>
public sealed class TurnTests : GatedSilo
{
    [Fact]
    public async Task Thousands_of_commands_at_once_take_one_turn_at_a_time()
    {
        const int Grains = 7;
        const int Calls = 3_000;
        var clients = Clients(Grains);
        await Register(clients);
        var replies = await Task.WhenAll(Enumerable.Range(0, Calls).Select(n => Send(clients[n % Grains], Letter)));
        Assert.All(replies, reply => Assert.Equal(ReplyKind.Accepted, reply.Kind));
        Assert.Equal(0, Gate.BrokenTurns);
        Assert.Equal(Grains + Calls, Gate.LastPosition);
        Assert.Equal(Calls, replies.DistinctBy(reply => reply.Position).Count());
    }

    [Fact]
    public async Task A_grain_that_waits_for_the_disk_holds_up_no_other()
    {
        var other = Clients(1)[0];
        await Register(Maija, other);
        Gate.Shut();
        var waiting = Send(Maija, Letter);
        var read = await Silo.Grains.Read<ClientState>(other, ReadAs(Worker));
        Assert.Equal((ReadResult.Found, false), (read.Result, waiting.IsCompleted));
        Gate.OpenDoor();
        await waiting;
    }

    [Fact]
    public async Task A_fault_of_the_store_leaves_the_silo_without_what_caused_it()
    {
        await Register(Maija);
        Gate.NextFault = new StoreFault("Away.", new Npgsql.NpgsqlException("what the server said"))
        {
            IsPassing = true,
        };
        var fault = await Assert.ThrowsAsync<StoreFault>(() => Send(Maija, Letter));
        Assert.Equal(("Away.", true, null), (fault.Message, fault.IsPassing, fault.InnerException));
    }

    [Fact]
    public async Task A_grain_whose_snapshot_cannot_be_read_is_folded_from_the_log()
    {
        await Register(Maija);
        for (var letter = 0; letter < 12; letter++)
        {
            await Send(Maija, Letter);
        }
        await Restart();
        Assert.Equal("13", Scalar("SELECT version FROM snapshots"));
        Gate.SnapshotFault = new NotSupportedException("No form that is known.");
        Assert.Equal(13, (await Silo.Grains.Read<ClientState>(Maija, ReadAs(Worker))).State!.Contacts.Letters + 1);
        Assert.Equal(14, (await Send(Maija, Letter)).Version);
    }

    [Fact]
    public async Task A_write_that_was_not_even_queued_costs_the_grain_no_recall()
    {
        await Register(Maija);
        var loads = Gate.Loads;
        Gate.NextFault = new LimitReached(LimitCodes.StoreBusy, "Too many writes wait.");
        await Assert.ThrowsAsync<LimitReached>(() => Send(Maija, Letter));
        Assert.Equal(2, (await Send(Maija, Letter)).Version);
        Assert.Equal(loads, Gate.Loads);
    }

    [Fact]
    public async Task A_full_queue_answers_at_once_and_takes_commands_again_later()
    {
        const int Most = 1_000;
        await Register(Maija);
        Gate.Shut();
        var sent = Enumerable.Range(0, Most + 100).Select(_ => Send(Maija, Letter)).ToArray();
        var limit = await Assert.ThrowsAsync<LimitReached>(() => Task.WhenAny(sent).Unwrap());
        Assert.Equal(LimitCodes.GrainBusy, limit.Code);
        Gate.OpenDoor();
        var ended = await Task.WhenAll(sent.Select(one => Record.ExceptionAsync(() => one)));
        Assert.All(ended.OfType<Exception>(), fault => Assert.IsType<LimitReached>(fault));
        Assert.InRange(ended.Count(fault => fault is null), Most / 2, Most + 99);
        Assert.Equal(ReplyKind.Accepted, (await Send(Maija, Letter)).Kind);
    }

    [Fact]
    public async Task A_command_that_fails_gives_its_turn_back()
    {
        await Register(Maija);
        Gate.NextFault = new StoreFault("The disk is full.");
        Assert.Equal("The disk is full.", (await Assert.ThrowsAsync<StoreFault>(() => Send(Maija, Letter))).Message);
        Gate.Shut();
        Gate.NextFault = new StoreFault("The disk is full.");
        var (failing, behind) = (Send(Maija, Letter), Send(Maija, Letter));
        Gate.OpenDoor();
        await Assert.ThrowsAsync<StoreFault>(() => failing);
        Assert.Equal((ReplyKind.Accepted, 2L), ((await behind).Kind, (await behind).Version));
        await Assert.ThrowsAsync<ArgumentException>(() => Send(GrainName.Client("no/key"), Letter));
        await Assert.ThrowsAsync<ArgumentException>(() => Send(GrainName.Municipality(Tampere), Letter));
    }

    [Fact]
    public async Task A_fault_while_loading_gives_the_turn_back()
    {
        await Register(Maija);
        await Restart(); // The log is followed already; the grain is not in memory yet.
        Tamper("UPDATE events SET version = 5");
        await Assert.ThrowsAsync<StoreFault>(() => Send(Maija, Letter));
        Tamper("UPDATE events SET version = 1");
        Assert.Equal((ReplyKind.Accepted, 2L), ((await Send(Maija, Letter)) is var reply ? (reply.Kind, reply.Version)
            : default));
    }

    [Fact]
    public async Task What_nobody_expected_reaches_the_caller_without_its_message()
    {
        await Register(Maija);
        Gate.NextFault = new InvalidOperationException(LastName);
        var fault = await Assert.ThrowsAsync<GrainFault>(() => Send(Maija, Letter));
        Assert.StartsWith("InvalidOperationException at ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(LastName, fault.ToString(), StringComparison.Ordinal);
    }
}
