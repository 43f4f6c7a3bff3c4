using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Hosting;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Tests.Cluster;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Casework;

/// <summary>Where callers stand among the staff follows from the log, and only from what was read of it lately.
/// </summary>
public sealed class StaffCallsTests : SiloPlace
{
    private static readonly Caller Aino =
        new(Role.SocialWorker, "idp:aino", Reach.Of(Tampere), Purposes.ClientWork);

    private static readonly OpenAccess Emergency = new(OpeningReason.Danger, new PersonalText("Synteettinen hätä"));

    private static readonly GrainName Municipality = GrainName.Municipality(Tampere);

    private TimeSpan _age;

    private RegisterStaff Staff => new(Silo.Caseloads, Silo.Services, () => _age);

    private StaffCalls Calls => new(new FreshHosts(Silo.Services), Silo.Caseloads, Silo.Services, Staff);

    [Fact]
    public async Task Workers_read_nothing_while_it_is_not_known_who_belongs_to_the_staff_but_open_in_an_emergency()
    {
        await Prepare();
        _age = RegisterStaff.MostAge;
        Assert.Equal(ReadResult.Found, (await Calls.Read<ClientState>(Maija, ReadAs(Aino))).Result);
        _age += TimeSpan.FromTicks(1);
        var old = await Assert.ThrowsAsync<LimitReached>(
            async () => await Calls.Read<ClientState>(Maija, ReadAs(Aino)));
        Assert.Equal(LimitCodes.StaffNotCurrent, old.Code);
        await Assert.ThrowsAsync<LimitReached>(async () => await Calls.Execute(Maija, Ask(Letter, Aino)));
        Assert.Throws<LimitReached>(() => Staff.SightOf(Aino, Tampere));
        Assert.Equal(ReadResult.Found, (await Calls.Read<ClientState>(Maija, ReadAs(Worker))).Result);
        Assert.Equal(ReplyKind.Accepted, (await Calls.Execute(Maija, Ask(Emergency, Aino))).Kind);
        Assert.Equal(ReadResult.Found, (await Calls.Read<ClientState>(Maija, ReadAs(Aino))).Result);
    }

    [Fact]
    public async Task What_was_read_of_the_log_grows_old_while_it_cannot_be_read()
    {
        await Prepare();
        var store = new GatedStore(Silo.Store)
        {
            NextLoadFault = new StoreFault("The server is away.") { IsPassing = true },
        };
        await using var pump = new FeedPump(store, new Caseloads(store));
        await Send(Maija, new MoveToMunicipality(Raisio)); // A reader looks for the past of one who moves.
        await Assert.ThrowsAsync<StoreFault>(pump.CatchUp);
        Assert.True(pump.Age > RegisterStaff.MostAge);
        await pump.CatchUp();
        Assert.True(pump.Age <= RegisterStaff.MostAge);
    }

    [Fact]
    public async Task A_removed_worker_is_no_worker_also_by_the_name_of_the_sign_in()
    {
        await Prepare();
        var eino = new Caller(Role.SocialWorker, "eino", Reach.Of(Tampere), Purposes.ClientWork);
        await Send(Municipality, new RegisterStaffMember("eino"));
        await Send(Maija, new AssignWorker("eino", true));
        Assert.Equal(ReadResult.Found, (await Calls.Read<ClientState>(Maija, ReadAs(eino))).Result);
        await Send(Municipality, new RemoveStaffMember("eino"));
        await Send(Municipality, new RemoveStaffMember("aino"));
        Assert.Equal(ReadResult.Forbidden, (await Calls.Read<ClientState>(Maija, ReadAs(eino))).Result);
        Assert.Throws<NotInStaff>(() => Staff.SightOf(eino, Tampere));
        Assert.Equal(ReplyKind.Forbidden, (await Calls.Execute(Maija, Ask(Emergency, eino))).Kind);
        Assert.Equal([("eino", 1)], Staff.Unregistered(Tampere));
        await Send(Maija, new CloseMatter(ClosingReason.Other));
        Assert.Empty(Staff.Unregistered(Tampere));
    }

    [Fact]
    public async Task What_was_opened_ends_with_the_openers_removal_from_the_staff()
    {
        await Prepare();
        await Send(Municipality, new RegisterStaffMember("eino"));
        var eino = new Caller(Role.SocialWorker, "eino", Reach.Of(Tampere), Purposes.ClientWork);
        await Send(Maija, new AssignWorker("aino", true));
        Assert.Equal(ReplyKind.Accepted, (await Calls.Execute(Maija, Ask(Emergency, eino))).Kind);
        Assert.Equal(ReadResult.Found, (await Calls.Read<ClientState>(Maija, ReadAs(eino))).Result);
        await Send(Municipality, new RemoveStaffMember("eino"));
        Assert.Equal(ReadResult.Forbidden, (await Calls.Read<ClientState>(Maija, ReadAs(eino))).Result);
    }

    [Fact]
    public async Task An_opening_that_waits_for_its_client_keeps_no_other_person_waiting()
    {
        await Prepare();
        await Send(Municipality, new RegisterStaffMember("eino"));
        await Send(GrainName.Client("else"), Register with { TemporaryIdentifier = new PersonalText("T-2") });
        var held = new HeldCalls(new FreshHosts(Silo.Services), Maija);
        var calls = new StaffCalls(held, Silo.Caseloads, Silo.Services, Staff);
        var waiting = calls.Execute(Maija, Ask(Emergency, Aino)).AsTask();
        var eino = new Caller(Role.SocialWorker, "eino", Reach.Of(Tampere), Purposes.ClientWork);
        Assert.Equal(ReplyKind.Accepted, (await calls.Execute(GrainName.Client("else"), Ask(Emergency, eino))).Kind);
        using var over = new CancellationTokenSource();
        var second = calls.Until(over.Token).Execute(GrainName.Client("else"), Ask(Emergency, Aino)).AsTask();
        Assert.False(second.IsCompleted); // One person's go one after the other.
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(waiting.IsCompleted);
        held.GoOn.SetResult();
        Assert.Equal(ReplyKind.Accepted, (await waiting).Kind);
    }

    [Fact]
    public async Task An_accepted_opening_is_answered_at_once_and_counts_though_the_caseloads_have_not_seen_it()
    {
        await Prepare();
        var clients = Enumerable.Range(0, Limits.OpeningsPerDay + 1).Select(n => GrainName.Client($"c-{n}")).ToArray();
        foreach (var client in clients)
        {
            await Send(client, Register with { TemporaryIdentifier = new PersonalText($"T-{client.Key}") });
        }
        var behind = new Caseloads(Silo.Store);
        await using var pump = new FeedPump(Silo.Store, behind);
        await pump.CatchUp();
        var calls = new StaffCalls(new FreshHosts(Silo.Services), behind, Silo.Services, Staff);
        foreach (var client in clients[..^1])
        {
            Assert.Equal(ReplyKind.Accepted, (await calls.Execute(client, Ask(Emergency, Aino))).Kind);
        }
        var early = calls.Execute(clients[^1], Ask(Emergency, Aino)).AsTask();
        await Patience.Until(() =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            return early.IsCompleted;
        });
        Assert.Equal(LimitCodes.NotYetVisible, (await Assert.ThrowsAsync<LimitReached>(() => early)).Code);
        await pump.CatchUp();
        var full = await calls.Execute(clients[^1], Ask(Emergency, Aino));
        Assert.Equal(RejectionCodes.OpeningsOfDay, full.Rejection?.Code);
    }

    [Fact]
    public async Task No_worker_is_named_on_a_client_whom_the_register_does_not_know_once_it_keeps_staff()
    {
        await Send(Municipality, new RegisterMunicipality("Tampere"));
        await Send(Maija, Register);
        var began = await SeenSoFar();
        Assert.Null(await Refusal(
            new CaseloadRoom(Silo.Services, began, Silo.Grains), new AssignWorker("ainno", true)));
        await Send(Municipality, new RegisterStaffMember("aino"));
        // As far as the log is read; before the staff came; before anything was, as in one call that also registers.
        foreach (var seen in (Caseloads[])[Silo.Caseloads, began, new Caseloads(Silo.Store)])
        {
            var room = new CaseloadRoom(Silo.Services, seen, Silo.Grains);
            foreach (var command in (IClientCommand[])
                [new AssignWorker("ainno", true), new BookMeeting("m1", Day, WorkerId: "ainno")])
            {
                var refused = await Refusal(room, command);
                Assert.Equal((RejectionCodes.WorkerUnknown, "workerId"), (refused?.Code, refused?.Field));
                Assert.Null(await Refusal(room, command, RaisioWorker)); // The client's grain says no, and no more.
            }
            Assert.Null(await Refusal(room, new AssignWorker("aino", true)));
            Assert.Null(await Refusal(room, new BookMeeting("m1", Day)));
        }

        static ValueTask<Rejection?> Refusal(CaseloadRoom room, IClientCommand command, Caller? caller = null) =>
            room.Refusal(Maija, command, Ask(command, caller ?? Worker).Envelope);

        async Task<Caseloads> SeenSoFar()
        {
            var seen = new Caseloads(Silo.Store);
            await using var pump = new FeedPump(Silo.Store, seen);
            await pump.CatchUp();
            return seen;
        }
    }

    /// <summary>A worker filters the figures of the clients who are the worker's matter, and no others'.</summary>
    [Fact]
    public async Task Figures_that_a_filter_narrows_count_for_a_worker_whom_the_worker_would_find_on_the_list()
    {
        await Prepare();
        await Send(GrainName.Client("else"), Register with { TemporaryIdentifier = new PersonalText("T-2") });
        await Send(GrainName.Client("else"), new AssignWorker("liisa", true));
        var figures = new Disclosure.Figures(Silo.Caseloads);
        Assert.Equal(((int?)2, false), Count(Aino, CaseloadFilter.All));
        var bornThen = new CaseloadFilter { AgeBand = Grains.DropInCentre.AgeBand.From25To39 };
        Assert.Equal(((int?)1, true), Count(Aino, bornThen));
        Assert.Equal(((int?)0, true), Count(Aino, bornThen with { WorkerId = "liisa" }));
        Assert.Equal(((int?)1, false), Count(Worker, bornThen with { WorkerId = "liisa" }));
        Assert.Throws<NotInStaff>(() => Count(Aino with { Subject = "idp:stranger" }, bornThen));

        (int?, bool) Count(Caller caller, CaseloadFilter filter)
        {
            var (_, answer) = figures.Metrics(
                caller, [Tampere], filter, Silo.Services.Clock().Today, code => Staff.SightOf(caller, code));
            return (answer.Clients.Value, answer.Withheld);
        }
    }

    /// <summary>Calls of which those to one grain wait.</summary>
    private sealed class HeldCalls(IGrainCalls calls, GrainName held) : IGrainCalls
    {
        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope)
        {
            await (grain == held ? GoOn.Task : Task.CompletedTask);
            return await calls.Execute(grain, command, envelope);
        }

        public ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
            where TState : class => calls.Read<TState>(grain, request);
    }

    /// <summary>Each call by an activation of its own, without the platform's own placing of callers.</summary>
    private sealed class FreshHosts(GrainServices services) : IGrainCalls
    {
        public ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope) =>
            Host(grain).Execute(command, envelope);

        public ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
            where TState : class => ((IGrainHost<TState>)Host(grain)).Read(request);

        private IGrainHost Host(GrainName grain) => GrainKinds.NewHost(grain, services, ReadSnapshot.None);
    }

    private async Task Prepare()
    {
        await Send(Municipality, new RegisterMunicipality("Tampere"));
        await Send(Municipality, new RegisterStaffMember("aino", "idp:aino"));
        await Send(Maija, Register);
        await Send(Maija, new AssignWorker("aino", true));
    }
}
