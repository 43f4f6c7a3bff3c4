using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Memory;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Casework;

/// <summary>A confirmed end of keeping is carried out whole, whatever dies between two of its steps.</summary>
public sealed class RetentionTests : Place
{
    private static readonly DateOnly Closing = new(2009, 6, 1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_run_that_died_is_finished_by_the_next_and_the_duplicate_goes_with_the_client(int before)
    {
        var duplicate = GrainName.Client("maija-again");
        await Live(Maija);
        await Do(duplicate, Register, Closing);
        await Do(duplicate, new RetireDuplicate("m1", Maija.Key), Closing);
        await Do(Maija, new AbsorbDuplicate("m1", duplicate.Key, new ContactTally()), Closing);
        await Do(Maija, new CloseMatter(ClosingReason.Other), Closing);
        Assert.False(await new RetentionErasure(Services, new DyingCalls(Services, 0), Maija).CarryOut());
        await Do(Maija, new ConfirmRetention());

        var dies = new RetentionErasure(Services, new DyingCalls(Services, before), Maija);
        if (before < 2)
        {
            await Assert.ThrowsAsync<IOException>(async () => await dies.CarryOut());
            await Restart();
            dies = new RetentionErasure(Services, new DyingCalls(Services, 2), Maija);
        }
        Assert.True(await dies.CarryOut());
        Assert.False(await new RetentionErasure(Services, new DyingCalls(Services, 0), Maija).CarryOut());
        foreach (var client in new[] { Maija, duplicate })
        {
            Assert.NotNull((await StateOf(client)).ErasedOn);
            Assert.Equal("0", Scalar($"SELECT count(*) FROM keys WHERE stream = '{client}' AND wrapped IS NOT NULL"));
        }
    }

    private async Task Live(GrainName client) => await Do(client, Register, Closing);

    private async Task Do(GrainName grain, ICommand command, DateOnly? on = null)
    {
        var reply = await GrainKinds.NewHost(grain, Services, ReadSnapshot.None)
            .Execute(Ask(command, In(Role.Coordinator, null), on: on));
        Assert.True(reply.Kind == ReplyKind.Accepted, $"{command}: {reply.Kind} {reply.Rejection}");
    }

    /// <summary>Takes so many commands, and then the process is gone.</summary>
    private sealed class DyingCalls(GrainServices services, int after) : IGrainCalls
    {
        private int _made;

        public async ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope) =>
            _made++ < after
                ? await GrainKinds.NewHost(grain, services, ReadSnapshot.None).Execute(command, envelope)
                : throw new IOException("The process is gone.");

        public ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
            where TState : class => throw new InvalidOperationException("Nothing is read: that would owe a line.");
    }
}

/// <summary>The same through a silo: who confirms waits for nothing.</summary>
public sealed class RetentionSiloTests : SiloPlace
{
    [Fact]
    public async Task A_confirmed_client_is_erased_by_itself_and_leaves_the_list()
    {
        await Send(Maija, Register, new DateOnly(2009, 6, 1));
        await Send(Maija, new CloseMatter(ClosingReason.Other), new DateOnly(2009, 6, 2));
        Assert.Equal([Maija.Key], Due());
        await Send(Maija, new ConfirmRetention(), new DateOnly(2019, 12, 31));
        Assert.Empty(Due());
        await Patience.Until(async () =>
            (await Silo.Grains.Read<ClientState>(Maija, ReadAs(Worker))).State!.ErasedOn is not null);
        Assert.Empty((await Silo.Verify()).Differences);
    }

    private IEnumerable<string> Due() => Silo.Caseloads.Ask(
        Tampere, caseload => caseload.RetentionDue(
            new Grains.Caseload.RetentionQuestion(new DateOnly(2019, 12, 31), Held: false, Max: 9)))!
        .Select(item => item.ClientId);
}
