using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Opening;
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
    private static readonly GrainName s_again = GrainName.Client("maija-again");

    [Theory]
    [InlineData(ErasureReason.Ordered)]
    [InlineData(ErasureReason.RegisteredInError)]
    public async Task A_person_merged_from_two_is_erased_whole_for_any_reason_also_in_an_earlier_database(
        ErasureReason reason)
    {
        await Send(Maija, Register);
        await Send(s_again, Register);
        await Send(s_again, new RetireDuplicate("m1", Maija.Key));
        await Send(Maija, new AbsorbDuplicate("m1", s_again.Key, new ContactTally()));
        await Send(Maija, new EraseClient(reason));
        foreach (var client in new[] { Maija, s_again })
        {
            await Patience.Until(async () => (await StateOf(client)).ErasedOn is not null);
        }
        Assert.Empty((await Silo.Verify()).Differences);
        Assert.Empty(Listed());
    }

    /// <summary>A reminder may be lost, by a damaged row or a restore through a copy.</summary>
    [Fact]
    public async Task A_decided_erasure_goes_on_at_the_next_start_without_its_reminder()
    {
        await Silo.DisposeAsync();
        var services = await Stores.OpenWithKey(Address, Time, alone: true);
        await using (services.Store)
        {
            foreach (var (command, on) in new (ICommand, DateOnly?)[]
            {
                (Register, new DateOnly(2009, 6, 1)),
                (new CloseMatter(ClosingReason.Other), new DateOnly(2009, 6, 2)),
                (new ConfirmRetention(), null),
            })
            {
                var reply = await GrainKinds.NewHost(Maija, services, ReadSnapshot.None)
                    .Execute(Ask(command, In(Role.Coordinator, null), on: on));
                Assert.Equal(ReplyKind.Accepted, reply.Kind);
            }
        }
        await InitializeAsync();
        await Patience.Until(async () => (await StateOf(Maija)).ErasedOn is not null);
        Assert.Empty(Listed());
        Assert.Equal(0, Silo.Caseloads.Ask(
            Tampere, caseload => caseload.CountListed(CaseloadFilter.All, new DateOnly(2019, 12, 31))));
    }

    private async Task<ClientState> StateOf(GrainName client) =>
        (await Silo.Grains.Read<ClientState>(client, ReadAs(Worker))).State!;

    private IEnumerable<string> Listed() => Silo.Caseloads.Ask(Tampere, caseload => caseload.List(
        CaseloadFilter.All, new DateOnly(2019, 12, 31), new CaseloadSlice()))!.Select(entry => entry.Client);

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
