using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Deliveries;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Casework;

/// <summary>A county's municipalities are one register: its staff, its log, its decisions.</summary>
public sealed class CountyTests : SiloPlace
{
    private const string Pirkanmaa = "hva-08", Akaa = "020", Turku = "853";

    private static readonly GrainName County = GrainName.Municipality(Pirkanmaa);
    private static readonly GrainName Again = GrainName.Client("again");

    [Fact]
    public async Task A_countys_workers_have_its_clients_in_all_municipalities_and_its_log_has_the_lines()
    {
        await Open();
        await Send(Maija, Register);
        await Send(Maija, new AssignWorker("aino", true), on: Silo.Services.Clock().Today);
        var aino = Cut(Role.SocialWorker, "aino", Pirkanmaa);
        Assert.True(aino.HoldsFor(Tampere) && aino.HoldsFor(Akaa) && !aino.HoldsFor(Turku));
        Assert.Equal(24, aino.Reach.Municipalities.Count);
        Assert.Equal(ReadResult.Found, await Read(aino));
        Assert.Equal(ReadResult.Forbidden, await Read(Cut(Role.SocialWorker, "outsider", Pirkanmaa)));
        Assert.Equal(Reach.None, Cut(Role.Coordinator, "aino", Tampere).Reach); // No register of its own any more.
        Assert.Equal(ReadResult.Forbidden, await Read(Cut(Role.Coordinator, "aino", "hva-05")));
        Assert.Equal([Pirkanmaa, Pirkanmaa, Pirkanmaa], await Registers());

        await Send(Maija, new MoveToMunicipality(Akaa), on: Silo.Services.Clock().Today);
        Assert.Equal(Akaa, Silo.Caseloads.CodeOf(Maija.Key));
        Assert.Equal(ReadResult.Found, await Read(aino));
        Assert.Equal(["maija"], Silo.Caseloads.Ask(Akaa, caseload => caseload.ClientsOf("aino", open: false)));
        await Send(Maija, new MoveToMunicipality(Turku), on: Silo.Services.Clock().Today);
        Assert.Equal(ReadResult.Forbidden, await Read(aino));
        Assert.Equal("hva-05", (await Registers())[0]);
    }

    [Fact]
    public async Task A_county_merges_its_own_duplicates_and_hands_over_in_all_its_municipalities()
    {
        await Open();
        await Send(Maija, Register);
        await Send(Again, Register with { Municipality = Akaa });
        await Send(GrainName.Client("turku"), Register with { Municipality = Turku });
        await Send(County, new MergeDuplicate("m1", Maija.Key, Again.Key, MergeGrounds.SameIdentifier));
        await Send(GrainName.Client("b"), Register with { Municipality = Akaa });
        await Send(County, new MergeDuplicate("m2", "b", "turku", MergeGrounds.SameIdentifier));
        await Until(state => state.Merges.All(merge => merge.Outcome is not MergeOutcome.UnderWay));
        Assert.Equal(
            [(MergeOutcome.Merged, null), (MergeOutcome.Refused, MergeRefusal.ClientUnknown)],
            Silo.Caseloads.MunicipalityOf(Pirkanmaa)!.Merges.Select(merge => (merge.Outcome, merge.Refusal)));

        foreach (var client in (GrainName[])[Maija, GrainName.Client("b")])
        {
            await Send(client, new AssignWorker("aino", true), on: Silo.Services.Clock().Today);
        }
        await Send(County, new HandOverCaseload("h1", "aino", "eino"), on: Silo.Services.Clock().Today);
        await Until(state => state.HandOvers is [{ EndedOn: not null }]);
        Assert.Equal(
            [["maija"], ["b"]],
            Silo.Caseloads.AskEach([Tampere, Akaa], caseload => caseload.ClientsOf("eino", open: false)));
    }

    [Fact]
    public async Task A_county_grants_rights_and_lets_its_receivers_have_events_of_its_municipalities()
    {
        await Send(GrainName.Municipality(Raisio), new RegisterMunicipality("Raisio"));
        await Silo.DisposeAsync();
        await FirstRights.Grant(Address, Raisio, "idp:municipal", "os:ops", replaces: false, Time);
        await InitializeAsync();
        Assert.Equal(Reach.None, Cut(Role.Coordinator, "idp:first", Raisio).Reach);
        await Open();
        // Raisio had rights, and its county has granted none yet: in it none holds.
        Assert.Equal(Reach.None, Cut(Role.Coordinator, "idp:first", "hva-05").Reach);
        var all = Silo.Rights!.Cut(new Caller(Role.Integration, "idp:kela", Reach.All));
        Assert.Equal((false, false, true), (
            all.HoldsFor(Raisio), all.HoldsFor("hva-05"), all.HoldsFor(Pirkanmaa)));
        await Silo.DisposeAsync();
        await FirstRights.Grant(Address, Pirkanmaa, "idp:first", "os:ops", replaces: false, Time);
        await InitializeAsync(); // Without the setting: what was set once counts.
        Assert.Equal(Reach.None, Cut(Role.Coordinator, "idp:other", Pirkanmaa).Reach);
        Assert.Equal(24, Cut(Role.Coordinator, "idp:first", Pirkanmaa).Reach.Municipalities.Count);
        var refused = await Silo.Grains.Execute(
            GrainName.Municipality(Tampere), Ask(new RegisterMunicipality("Tampere"), In(Role.Operator, null)));
        Assert.Equal(ReplyKind.Accepted, refused.Kind);
        refused = await Silo.Grains.Execute(
            GrainName.Municipality(Tampere), Ask(new RegisterStaffMember("x"), In(Role.Coordinator, null)));
        Assert.Equal(RejectionCodes.RegisterElsewhere, refused.Rejection?.Code);

        // What the municipality granted in its own time counts no more.
        var first = Cut(Role.Coordinator, "idp:first", Pirkanmaa);
        Assert.Equal(ReplyKind.Accepted, (await Silo.Grains.Execute(
            GrainName.Municipality(Raisio), Ask(new SetReviewInterval(30), first with { Reach = Reach.All }))).Kind);

        await Send(Maija, Register);
        var stored = (await Silo.Store.Load(Maija)).Events[0];
        var events = new OutgoingEvents(Silo.Services, "test");
        var told = await events.For("records", Receiver(Pirkanmaa), stored);
        Assert.Equal([Pirkanmaa], told!.Disclosures.Select(line => line.Register));
        Assert.NotNull(await events.For("records", Receiver(Tampere), stored));
        Assert.Null(await events.For("records", Receiver("hva-05"), stored));
    }

    [Fact]
    public async Task The_clients_of_a_municipality_that_was_merged_are_reached_by_the_other_and_move_as_they_are()
    {
        await Send(Maija, Register with { Municipality = "911" });
        await Send(GrainName.Municipality("541"), new RegisterMunicipality("Nurmes"));
        await Send(GrainName.Municipality("541"), new RegisterStaffMember("aino"));
        await Send(Maija, new AssignWorker("aino", true));
        var nurmes = new Caller(Role.SocialWorker, "aino", Reach.Of("541"), Purposes.ClientWork);
        Assert.Same(nurmes, Silo.Rights!.Cut(nurmes));
        await Silo.DisposeAsync();
        Time.Advance(TimeSpan.FromDays(2));
        await InitializeAsync();
        Assert.Equal(Reach.Of("541", "911"), Silo.Rights.Cut(nurmes).Reach);
        Assert.Equal(Reach.None, Cut(Role.SocialWorker, "aino", "911").Reach);
        // Its own aino is another person, until a coordinator names her.
        Assert.Equal(ReadResult.Forbidden, await Read(Silo.Rights.Cut(nurmes)));
        await Send(Maija, new AssignWorker("aino", true), on: Silo.Services.Clock().Today);
        Assert.Equal(ReadResult.Found, await Read(Silo.Rights.Cut(nurmes)));
        await Send(Maija, new MoveToMunicipality("541"), on: Silo.Services.Clock().Today);
        Assert.Equal(ReadResult.Found, await Read(Silo.Rights.Cut(nurmes)));
        Assert.Equal(["541", "541", "541"], await Registers());
    }

    /// <summary>Of three municipalities two are one county's, which knows its part and takes it away.</summary>
    [Fact]
    public async Task Outsiders_see_no_row_that_two_registers_have_alone_however_many_municipalities_they_have()
    {
        var (first, day) = (new DateOnly(2018, 1, 1), new DateOnly(2019, 5, 2));
        foreach (var code in (string[])[Tampere, Akaa, Turku])
        {
            var municipality = GrainName.Municipality(code);
            await Send(municipality, new RegisterMunicipality(code), on: first);
            await Send(municipality, new PlaceInArm(StudyArm.OsstAndEmployment, first), on: first);
            for (var i = 0; i < 10; i++)
            {
                var client = GrainName.Client($"c-{code}-{i}");
                await Send(client, Register with { Municipality = code }, on: day);
                await Send(client, new ReceiveReferral("r1", ReferralSource.Kela, ReferralReason.Need, 3), on: day);
                if (i < 5)
                {
                    await Send(client, Letter, on: day.AddDays(1));
                }
            }
        }
        var scope = new OutcomeScope(
            null, new OutcomePeriod(MonthSet.NumberOf("2019-01"), MonthSet.NumberOf("2019-12"), null));
        var (shown, withheld) = new Figures(Silo.Caseloads).Funnel(In(Role.Researcher, null), scope);
        Assert.Equal((1, false), (shown.Count, withheld));
        (shown, withheld) = new Figures(Silo.Caseloads, code => code == Turku ? "hva-05" : Pirkanmaa)
            .Funnel(In(Role.Researcher, null), scope);
        Assert.Equal((0, true), (shown.Count, withheld));
    }

    /// <summary>In 2023, with two counties.</summary>
    private async Task Open()
    {
        await Silo.DisposeAsync();
        Time.Advance(TimeSpan.FromDays(1_200));
        var rules = new KeepingRules([], Counties: [Pirkanmaa, "hva-05"]);
        await (await Platform.Prepare(Address, Time, rules: rules)).DisposeAsync();
        await InitializeAsync();
        await Send(County, new RegisterMunicipality("Pirkanmaan hyvinvointialue"));
        await Send(County, new RegisterStaffMember("aino", HandlesIntake: true));
        await Send(County, new RegisterStaffMember("eino"));
    }

    private Caller Cut(Role role, string subject, string register) =>
        Silo.Rights!.Cut(new Caller(role, subject, Reach.Of(register), Purposes.ClientWork));

    private async Task<ReadResult> Read(Caller caller) =>
        (await Silo.Grains.Read<ClientState>(Maija, ReadAs(caller))).Result;

    /// <summary>Of the use log's lines of the client, newest first.</summary>
    private async Task<string[]> Registers() =>
        [.. (await ((IClientLogs)Silo.Store).Accesses(
            new ClientLogSlice(Maija, Reach.All, DateTimeOffset.MinValue, null, 100)))
            .Select(logged => logged.Line.Register)];

    private async Task Until(Func<MunicipalityState, bool> isSo)
    {
        using var watch = Silo.Signals.Watch(SignalKind.Caseload, [Pirkanmaa]);
        while (!isSo(Silo.Caseloads.MunicipalityOf(Pirkanmaa)!))
        {
            await watch.Next(Patience.Late);
        }
    }

    private static ReceiverRegistered Receiver(string register) =>
        new("Records", "care", "act", register, "https://records.example", null, false) { PersonEvents = true };
}
