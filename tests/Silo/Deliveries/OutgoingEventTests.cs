using System.Text.Json;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo.Deliveries;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;
using StoredPlace = OsstOrleans.Silo.Storage.Place;

namespace OsstOrleans.Silo.Tests.Deliveries;

/// <summary>Which events go to which receiver, and which lines they leave in the disclosure log.</summary>
public sealed partial class OutgoingEventTests : Place
{
    /// <summary>As operators registered it once: everything of everybody, coded.</summary>
    private static readonly ReceiverRegistered Everything =
        new("Warehouse", "figures", "552/2019", null, "https://warehouse.example/", null, PersonalData: false);

    private static readonly ReceiverRegistered OfTampere =
        Everything with { Municipality = Tampere, PersonEvents = true };

    private static readonly GrainName Mikko = GrainName.Client("mikko");

    private static readonly ClientCipher Cipher = MasterKey.Random().NewClientKey(Maija).Cipher;

    [Fact]
    public async Task An_operators_receiver_gets_no_event_that_tells_of_persons_whatever_it_asked_for()
    {
        string[] newer = ["client.promoted", "municipality.promoted", "drop-in-centre.promoted"];
        foreach (var name in EventCatalogue.Names.Concat(newer))
        {
            ReceiverRegistered[] asked =
            [
                Everything, Everything with { EventTypes = [name] }, Everything with { Municipality = Tampere },
                Everything with { PersonEvents = true },
            ];
            foreach (var receiver in asked)
            {
                var told = await Told(receiver, Stored(name));
                Assert.True(told is null || !EventCatalogue.TellsOfPersons(name), name);
            }
        }
    }

    [Fact]
    public async Task It_still_gets_what_tells_of_no_person()
    {
        var told = await Told(Everything, Stored("drop-in-centre.closed-day-marked"));
        Assert.Empty(told!.Disclosures);
    }

    [Fact]
    public async Task A_stream_of_a_client_is_closed_to_it_whatever_an_event_is_called() => Assert.Null(await Told(
        Everything, Stored("drop-in-centre.closed-day-marked") with { Grain = Maija }));

    [Fact]
    public async Task A_coordinators_receiver_gets_its_own_registers_clients_each_with_a_line()
    {
        var referral = Stored("client.referral-received");
        var told = await Told(OfTampere, referral);
        var line = Assert.Single(told!.Disclosures);
        Assert.Equal((Maija, Tampere, "552/2019"), (line.Client, line.Register, line.LegalBasis));
        Assert.Null(await Told(OfTampere, referral with { Municipality = Raisio }));
    }

    [Fact]
    public async Task An_event_that_names_several_clients_leaves_a_line_for_each()
    {
        await Do(Letter);
        await Do(Letter, Mikko);
        var decided = Stored("municipality.duplicate-merge-decided", new DuplicateMergeDecided(
            "m1", "maija", "mikko", MergeGrounds.SameIdentifier));
        Assert.Equal(
            [Maija, GrainName.Client("mikko")], (await Told(OfTampere, decided))!.Disclosures.Select(l => l.Client));
        var retired = Stored("client.merged-into-survivor", new MergedIntoSurvivor("m1", "mikko"));
        Assert.Equal(
            [Maija, GrainName.Client("mikko")], (await Told(OfTampere, retired))!.Disclosures.Select(l => l.Client));
    }

    /// <summary>Whether it leaves would tell what the other register knows of that person.</summary>
    [Fact]
    public async Task An_event_that_names_another_registers_client_leaves_whatever_holds_that_client_back()
    {
        await Do(new SetSecurityBan(), Mikko);
        var decided = Stored("municipality.duplicate-merge-decided", new DuplicateMergeDecided(
            "m1", "maija", "mikko", MergeGrounds.SameIdentifier));
        Assert.Null(await Told(OfTampere, decided));
        var ofRaisio = OfTampere with { Municipality = Raisio };
        var told = await Told(
            ofRaisio, decided with { Grain = GrainName.Municipality(Raisio), Municipality = Raisio });
        Assert.Empty(told!.Disclosures);
    }

    /// <summary>Also what happened before, and events of others that name the client.</summary>
    [Fact]
    public async Task Nothing_of_a_client_leaves_while_a_ban_or_a_prohibition_holds()
    {
        var decided = Stored("municipality.duplicate-merge-decided", new DuplicateMergeDecided(
            "m1", "mikko", "maija", MergeGrounds.SameIdentifier));
        foreach (var (begins, ends) in ((IClientCommand, IClientCommand)[])
            [(new SetSecurityBan(), new EndSecurityBan()),
            (new ProhibitDisclosure(), new WithdrawDisclosureProhibition())])
        {
            Assert.NotNull(await Told(OfTampere, Stored("client.referral-received")));
            await Do(begins);
            Assert.Null(await Told(OfTampere, Stored("client.referral-received")));
            Assert.Null(await Told(OfTampere, decided));
            Assert.NotNull(await Told(OfTampere, Stored("client.referral-received") with { Grain = Mikko }));
            await Do(ends);
            Assert.NotNull(await Told(OfTampere, decided));
        }

    }

    [Fact]
    public async Task A_receiver_by_permission_gets_what_is_about_clients_with_one_and_its_line_says_so()
    {
        var byPermission = OfTampere with { ByPermission = true };
        var referral = Stored("client.referral-received");
        Assert.Null(await Told(byPermission, referral));
        await Do(new PermitDisclosure("warehouse"));
        var line = Assert.Single((await Told(byPermission, referral))!.Disclosures);
        Assert.Equal("552/2019", line.LegalBasis);
        Assert.Matches("^client.referral-received, .*, by the client's permission of [0-9-]{10}$", line.What);
        Assert.Null(await Told(byPermission, referral with { Grain = Mikko }));
        Assert.Null(await Told(byPermission, Stored("municipality.staff-member-registered")));
        Assert.NotNull(await Told(byPermission, Stored("drop-in-centre.closed-day-marked")));
        await Do(new WithdrawDisclosurePermission());
        Assert.Null(await Told(byPermission, referral));
    }

    [Fact]
    public async Task What_a_law_demands_leaves_with_the_basis_that_demands_it()
    {
        var referral = Stored("client.referral-received");
        await Do(new ProhibitDisclosure());
        await Do(new DiscloseByLaw("warehouse", "a law 1 §", new PersonalText("Asked by an authority")));
        var events = new OutgoingEvents(Services, "test");
        var told = (await events.For("warehouse", OfTampere, referral))!;
        var line = Assert.Single(told.Disclosures);
        Assert.Equal("a law 1 §", line.LegalBasis);
        Assert.EndsWith(", demanded by law in spite of what the client says", line.What, StringComparison.Ordinal);
        Assert.Null(await events.For("other", OfTampere, referral));
        Assert.False(await events.IsHeldBack(told));
        await Do(new EndDisclosureByLaw("warehouse"));
        Assert.True(await events.IsHeldBack(told));
    }

    /// <summary>Its line would say another basis than the one by which it leaves.</summary>
    [Fact]
    public async Task What_may_leave_by_another_basis_than_its_line_says_waits_for_a_replay()
    {
        await Do(new GiveDropInConsent());
        var events = new OutgoingEvents(Services, "test");
        var told = (await events.For("warehouse", OfTampere, Stored("client.referral-received")))!;
        await Do(new ProhibitDisclosure());
        await Do(new DiscloseByLaw("warehouse", "a law 1 §", new PersonalText("Asked by an authority")));
        Assert.True(await events.IsHeldBack(told));
        Assert.NotNull(await events.For("warehouse", OfTampere, Stored("client.referral-received")));
    }

    /// <summary>An entry is named by its number in the history.</summary>
    [Fact]
    public async Task A_prohibited_part_stays_and_the_rest_leaves()
    {
        await Do(Letter);
        var second = Stored("client.contact-attempted") with { Version = 2 };
        Assert.NotNull(await Told(OfTampere, second));
        await Do(new ProhibitPartDisclosure(2));
        Assert.Null(await Told(OfTampere, second));
        Assert.NotNull(await Told(OfTampere, second with { Version = 5 }));
        await Do(new WithdrawPartProhibition(2));
        Assert.NotNull(await Told(OfTampere, second));
    }

    /// <summary>A permission is given under the survivor's key, for one and the same person.</summary>
    [Fact]
    public async Task A_duplicates_events_leave_by_the_permission_of_the_client_into_whom_it_was_merged()
    {
        var byPermission = OfTampere with { ByPermission = true };
        await Do(new RetireDuplicate("m1", "mikko"));
        Assert.Null(await Told(byPermission, Stored("client.referral-received")));
        await Do(new PermitDisclosure(), Mikko);
        Assert.NotNull(await Told(byPermission, Stored("client.referral-received")));
    }

    /// <summary>Between the judgement and the answer lies the writing of the lines.</summary>
    [Fact]
    public async Task A_ban_that_comes_while_the_lines_are_written_holds_the_event_back()
    {
        await Do(new GiveDropInConsent());
        var events = new OutgoingEvents(Services, "test");
        var judged = (await events.For("warehouse", OfTampere, Stored("client.referral-received")))!;
        Assert.False(await events.IsHeldBack(judged));
        await Do(new SetSecurityBan());
        Assert.True(await events.IsHeldBack(judged));
        await Do(new EndSecurityBan());
        Assert.False(await events.IsHeldBack(judged));
    }

    [Fact]
    public async Task What_happened_to_a_client_who_was_erased_leaves_no_more_and_the_erasure_does()
    {
        await Do(new GiveDropInConsent());
        var events = new OutgoingEvents(Services, "test");
        var judged = (await events.For("warehouse", OfTampere, Stored("client.referral-received")))!;
        await Do(new EraseClient(ErasureReason.Ordered));
        Assert.True(await events.IsHeldBack(judged));
        Assert.Null(await Told(OfTampere, Stored("client.referral-received")));
        var erased = (await Told(OfTampere, Stored("client.erased")))!;
        Assert.False(await events.IsHeldBack(erased));
    }

    /// <summary>The same person, whose ban can be recorded under the survivor's key alone.</summary>
    [Fact]
    public async Task What_protects_a_client_protects_the_duplicates_that_were_merged_into_it()
    {
        await Do(new RetireDuplicate("m1", "mikko"));
        Assert.NotNull(await Told(OfTampere, Stored("client.referral-received")));
        await Do(new SetSecurityBan(), Mikko);
        Assert.Null(await Told(OfTampere, Stored("client.referral-received")));
        await Do(new UndoMerge("m1", "mikko", MergeRefusal.ClientErased));
        Assert.NotNull(await Told(OfTampere, Stored("client.referral-received")));
    }

    [Fact]
    public async Task An_event_names_its_installation_and_has_the_fields_of_the_schema_to_which_it_leads()
    {
        const string Installation = "https://osst.example.fi";
        var (named, told) = (new OutgoingEvents(Services with { Installation = Installation }, "test"), 0);
        foreach (var name in EventSchemas.Names)
        {
            if (await named.For("warehouse", OfTampere, Stored(name)) is not { } outgoing)
            {
                continue;
            }
            told++;
            var body = JsonElement.Parse(outgoing.Body.Span);
            Assert.Equal(Installation, body.GetProperty("source").GetString());
            Assert.Equal(
                $"{Installation}/contracts/events/{name}.json", body.GetProperty("dataschema").GetString());
            var fields = EventSchemas.Of(name)!["properties"]?.AsObject().Select(field => field.Key) ?? [];
            Assert.Empty(body.GetProperty("data").EnumerateObject().Select(field => field.Name).Except(fields));
        }
        Assert.True(told > 20, $"{told} events were told.");
        var unnamed = JsonElement.Parse((await Told(OfTampere, Stored("drop-in-centre.closed-day-marked")))!.Body.Span);
        Assert.Equal("/osst", unnamed.GetProperty("source").GetString());
        Assert.False(unnamed.TryGetProperty("dataschema", out _));
    }

    private async Task Do(IClientCommand command, GrainName? client = null)
    {
        var host = GrainKinds.NewHost(client ?? Maija, Services, ReadSnapshot.None);
        await host.Execute(Ask(Register, In(Role.Coordinator, null)));
        Assert.Equal(ReplyKind.Accepted, (await host.Execute(Ask(command, In(Role.Coordinator, null)))).Kind);
    }

    private ValueTask<OutgoingEvent?> Told(ReceiverRegistered receiver, StoredEvent stored) =>
        new OutgoingEvents(Services, "test").For("warehouse", receiver, stored);

    private static StoredEvent Stored(string name, IEvent? happened = null)
    {
        var kind = name.Split('.')[0];
        var grain = kind switch
        {
            "client" => Maija,
            "municipality" => GrainName.Municipality(Tampere),
            "drop-in-centre" => GrainName.DropInCentre("centre"),
            "external-id" => GrainName.ExternalId("hash"),
            "receiver" => GrainName.Receiver("other"),
            _ => GrainName.Programme("osst"),
        };
        happened ??= EventCatalogue.TypeOf(name) is { } type ? (IEvent)new Filled().Of(type) : null;
        var data = happened is null
            ? "{}"u8.ToArray()
            : StoredJson.Write(happened, () => new Sealing(Cipher, default), new StoredPlace(Maija, 1, false)).Coded;
        return new StoredEvent(
            grain, 1, 1, Tampere, name, Day, DateTimeOffset.UnixEpoch, Guid.Empty, "s/1", data, default);
    }
}
