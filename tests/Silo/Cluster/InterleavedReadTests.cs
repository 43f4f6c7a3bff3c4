using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Cluster;

/// <summary>Reads of a grain interleave with each other and with whatever its command waits for.</summary>
public sealed class InterleavedReadTests : GatedSilo
{
    private static readonly Caller Coordinator = In(Role.Coordinator, Tampere);

    [Fact]
    public async Task A_read_during_an_append_answers_with_what_was_durable_before()
    {
        await Register(Maija);
        Gate.Shut();
        var letter = Send(Maija, Letter);
        await Appending();
        var during = await Read();
        Assert.Equal((1L, 0, false), (during.Version, during.State!.Contacts.Letters, letter.IsCompleted));
        Gate.OpenDoor();
        await letter;
        Assert.Equal((2L, 1), (await Read()) is var after ? (after.Version, after.State!.Contacts.Letters) : default);
    }

    [Fact]
    public async Task Readers_at_the_same_time_share_one_recall()
    {
        await Register(Maija);
        await Restart();
        Gate.ShutLoads();
        var before = Gate.Loads;
        var readers = Enumerable.Range(0, 20).Select(_ => Read()).ToArray();
        await Gate.OneLoadArrived();
        Gate.OpenLoads();
        Assert.All(await Task.WhenAll(readers), reply => Assert.Equal(1, reply.Version));
        Assert.Equal(before + 1, Gate.Loads);
    }

    [Fact]
    public async Task A_command_during_a_recall_decides_on_what_was_recalled()
    {
        await Register(Maija);
        await Restart();
        Gate.ShutLoads();
        var read = Read();
        await Gate.OneLoadArrived();
        var letter = Send(Maija, Letter);
        Gate.OpenLoads();
        await read;
        Assert.Equal((ReplyKind.Accepted, 2L), ((await letter).Kind, (await letter).Version));
    }

    [Fact]
    public async Task Many_readers_of_one_person_wait_for_their_lines_together()
    {
        const int Readers = 64;
        await Register(Maija);
        Gate.ShutLines();
        var readers = Enumerable.Range(0, Readers).Select(_ => Read()).ToArray();
        for (var line = 0; line < Readers; line++)
        {
            await Gate.OneLineArrived();
        }
        Assert.All(readers, reader => Assert.False(reader.IsCompleted));
        Gate.OpenLines();
        Assert.All(await Task.WhenAll(readers), reply => Assert.Equal(ReadResult.Found, reply.Result));
        Assert.Equal($"{Readers}", Scalar("SELECT count(*) FROM access_log"));
    }

    [Theory]
    [InlineData(ReadKind.State)]
    [InlineData(ReadKind.History)]
    public async Task A_person_erased_while_the_line_is_written_leaves_no_words_in_the_answer(ReadKind kind)
    {
        await Register(Maija);
        Gate.ShutLines();
        var reading = Read(kind);
        await Gate.OneLineArrived();
        var erasing = Erase();
        await Gate.OneLineArrived(); // Its own line comes when it has happened.
        Gate.OpenLines();
        Assert.Equal(ReplyKind.Accepted, (await erasing).Kind);
        var reply = await reading;
        Assert.Equal(ReadResult.Found, reply.Result);
        Assert.DoesNotContain(LastName, StoredJson.Plain(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_being_opened_while_the_person_is_erased_is_opened_again_without_the_words()
    {
        await Register(Maija);
        await Read();
        Gate.ShutLoads();
        var reading = Read(ReadKind.History);
        await Gate.OneLoadArrived();
        var erasing = Erase();
        Gate.OpenLoads();
        await erasing;
        var late = await Read(ReadKind.History);
        Assert.DoesNotContain(LastName, StoredJson.Plain(late), StringComparison.Ordinal);
        await reading; // Answered before the erasure or after it: never in between.
    }

    [Fact]
    public async Task A_client_that_moves_while_the_line_is_written_is_read_by_its_new_register_alone()
    {
        await Register(Maija);
        Gate.ShutLines();
        var (left, all) = (Read(), Read(caller: In(Role.Coordinator, null)));
        await Gate.OneLineArrived();
        await Gate.OneLineArrived();
        var move = await Silo.Grains.Execute(Maija, Ask(new MoveToMunicipality(Raisio), In(Role.Coordinator, null)));
        Assert.Equal(ReplyKind.Accepted, move.Kind);
        Gate.OpenLines();
        Assert.Equal(ReadResult.Forbidden, (await left).Result);
        Assert.Equal(Raisio, (await all).State!.Municipality);
        Assert.Equal("1", Scalar($"SELECT count(*) FROM access_log WHERE register = '{Raisio}' AND what = 'client'"));
    }

    [Fact]
    public async Task A_worker_whose_client_is_given_to_another_while_the_line_is_written_reads_no_more()
    {
        await Register(Maija);
        await Assign("aino");
        var aino = new Caller(Role.SocialWorker, "aino", Reach.Of(Tampere), Purposes.ClientWork);
        Gate.ShutLines();
        var reading = Read(caller: aino);
        await Gate.OneLineArrived();
        await Assign("eino");
        Gate.OpenLines();
        Assert.Equal(ReadResult.Forbidden, (await reading).Result);
        Assert.Equal("1", Scalar("SELECT count(*) FROM access_log WHERE what = 'denied: client'"));

        async Task Assign(string worker) => Assert.Equal(
            ReplyKind.Accepted,
            (await Silo.Grains.Execute(Maija, Ask(new AssignWorker(worker, true), Coordinator))).Kind);
    }

    /// <summary>Appends stood before the door before; this is the next.</summary>
    private async Task Appending()
    {
        while (Gate.Arrivals.Count < 2)
        {
            await Gate.OneArrived();
        }
    }

    private Task<ReadReply<ClientState>> Read(ReadKind kind = ReadKind.State, Caller? caller = null) =>
        Silo.Grains.Read<ClientState>(Maija, ReadAs(caller ?? Coordinator, kind)).AsTask();

    private Task<CommandReply> Erase() =>
        Silo.Grains.Execute(Maija, Ask(new EraseClient(ErasureReason.Ordered), Coordinator)).AsTask();
}
