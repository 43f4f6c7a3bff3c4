using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Municipality;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>Whose register a municipality's clients are in, by day.</summary>
public sealed class RegistersTests
{
    private const string Tampere = "837", Akaa = "020", Turku = "853", Pirkanmaa = "hva-08";

    private static readonly Registers Counties = new(CodeRegister.BuiltIn, Registers.KnownCounties);
    private static readonly DateOnly Before = new(2022, 12, 31);
    private static readonly DateOnly From = new(2023, 1, 1);

    [Fact]
    public void A_municipality_keeps_its_own_register_unless_its_county_does()
    {
        Assert.Equal(Tampere, Registers.OfMunicipalities.Of(Tampere, From));
        Assert.Equal([Tampere], Registers.OfMunicipalities.MunicipalitiesOf(Tampere, From));
        Assert.Equal(Tampere, Counties.Of(Tampere, Before));
        Assert.Equal(Pirkanmaa, Counties.Of(Tampere, From));
        Assert.Equal(Pirkanmaa, Counties.Of(Pirkanmaa, From));
        Assert.Equal("091", Counties.Of("091", From)); // Helsinki has no county.
        Assert.False(Counties.IsCounty(Pirkanmaa, Before));
        Assert.False(Registers.OfMunicipalities.IsCounty(Pirkanmaa, From));
    }

    [Fact]
    public void A_county_has_all_of_its_municipalities_and_each_municipality_has_one()
    {
        Assert.Equal(23, Counties.MunicipalitiesOf(Pirkanmaa, From).Count);
        Assert.DoesNotContain(Pirkanmaa, Counties.MunicipalitiesOf(Pirkanmaa, From));
        Assert.Equal(21, Registers.KnownCounties.Count);
        var members = Registers.KnownCounties.SelectMany(county => county.Municipalities).ToArray();
        Assert.Equal(292, members.Select(part => part.Code).Distinct().Count());
        Assert.Equal(292, members.Length);
        Assert.All(members, part => Assert.True(CodeSystems.Exists(new(CodeSystems.Municipalities, part.Code))));
        Assert.All(Registers.KnownCounties, county => Assert.True(Registers.IsCountyCode(county.Code)));
        // Who is in none: Helsinki, and Åland's sixteen.
        Assert.Equal(17, CodeSystems.Find(CodeSystems.Municipalities)!.Codes
            .Count(line => line.ValidTo is null && Counties.Of(line.Code, From) == line.Code));
    }

    [Fact]
    public void The_clients_of_a_municipality_that_has_ended_are_in_the_register_of_what_took_its_place()
    {
        Assert.Equal("911", Counties.Of("911", new DateOnly(2019, 12, 31)));
        Assert.Equal("541", Counties.Of("911", new DateOnly(2020, 1, 1)));
        Assert.Equal(["541", "911"], Counties.MunicipalitiesOf("541", new DateOnly(2020, 1, 1)));
        Assert.Equal("hva-14", Counties.Of("911", From));
        Assert.Contains("911", Counties.MunicipalitiesOf("hva-14", From));
        Assert.Equal("hva-12", Counties.Of("588", new DateOnly(2025, 1, 1)));
        Assert.Contains("588", Counties.MunicipalitiesOf("hva-12", new DateOnly(2025, 1, 1)));
    }

    [Fact]
    public void A_code_that_was_no_municipality_on_the_day_is_refused_with_what_took_its_place()
    {
        var refused = Decide(new RegisterClient(
            "911", Words("Korhonen"), Words("Maija"), 1984, TemporaryIdentifier: Words("T-1")), GivenClient().State);
        Assert.Equal(
            (RejectionCodes.CodeNotInUse, "municipality"), (refused.Rejection?.Code, refused.Rejection?.Field));
        Assert.Contains("541", refused.Rejection!.Message, StringComparison.Ordinal);
        Assert.Contains(
            "541", MunicipalityDecider.Fits("911", On(Counties))!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_move_within_a_county_keeps_who_has_to_do_with_the_client_and_one_out_of_it_does_not()
    {
        var client = Named(Known, From);
        var within = Moved(client, Akaa);
        Assert.Equal("w1", within.Worker?.WorkerId);
        Assert.Equal((Akaa, Akaa), (within.Municipality, within.Meetings.Single().Register));
        var elsewhere = Moved(within, Turku);
        Assert.Null(elsewhere.Worker);
        Assert.NotEqual(elsewhere.Municipality, elsewhere.Meetings.Single().Register);
    }

    [Fact]
    public void Since_when_clients_are_in_a_register_is_the_latest_day_on_which_it_became_theirs()
    {
        var late = From.AddDays(900);
        Assert.Equal(From, Counties.SinceOf(Tampere, late));
        Assert.Equal(From, Counties.SinceOf("911", late));
        Assert.Equal(DateOnly.MinValue, Counties.SinceOf(Tampere, Before));
        Assert.Equal(DateOnly.MinValue, Counties.SinceOf("091", late));
        Assert.Equal(new DateOnly(2020, 1, 1), Registers.OfMunicipalities.SinceOf("911", late));
        Assert.Equal(DateOnly.MinValue, Registers.OfMunicipalities.SinceOf("541", late));
    }

    /// <summary>The county has a worker of that identifier, too, who is another person.</summary>
    [Fact]
    public void A_worker_who_was_named_before_the_countys_first_day_has_to_do_with_the_client_when_named_anew()
    {
        var client = Named(Known, Before);
        var ties = ClientDecider.TiesOf(client, On(Registers.OfMunicipalities));
        Assert.Equal(("w1", "w2"), (ties.Worker?.Id, ties.Meets.Single()));
        ties = ClientDecider.TiesOf(client, On(Counties));
        Assert.Equal((null, false, 0), (ties.Worker, ties.IsInIntake, ties.Meets.Count()));
        Assert.Empty(Decide(new HandOverClient("h1", "w1", "w3"), client).Events);

        Assert.Empty(Decide(new AssignWorker("w1", true), Named(Known, From)).Events);
        var anew = After(client, From, new AssignWorker("w1", true));
        Assert.Equal("w1", ClientDecider.TiesOf(anew, On(Counties)).Worker?.Id);
        Assert.NotEmpty(Decide(new HandOverClient("h1", "w1", "w3"), anew).Events);
    }

    /// <summary>It was given to the municipality, and the county's rule and receivers are others.</summary>
    [Fact]
    public void A_consent_to_reminders_from_before_the_countys_first_day_holds_no_more()
    {
        var client = After(Known, Before, new RecordContactDetails(Words("040 123 4567")));
        client = After(After(client, Before, new AgreeToReminders()), Before, new BookMeeting("m1", From.AddDays(1)));
        Assert.Empty(Decide(new RemindOfMeetings(From.AddDays(9)), client).Events);
        var anew = After(After(client, From, new EndReminders()), From, new AgreeToReminders());
        Assert.NotEmpty(Decide(new RemindOfMeetings(From.AddDays(9)), anew).Events);
    }

    [Fact]
    public void Whom_another_registers_staff_named_does_not_go_along_within_the_register()
    {
        var client = GivenClient(Scenario.On("2018-01-15", Register with { Municipality = "911" })).State;
        var (before, day) = (new DateOnly(2019, 12, 30), new DateOnly(2020, 1, 2));
        var moved = After(Named(client, before), day, new MoveToMunicipality("541"));
        Assert.Equal(("541", null), (moved.Municipality, moved.Worker));
        Assert.NotEqual("541", moved.Meetings.Single().Register);
        moved = After(Named(client, day), day, new MoveToMunicipality("541"));
        Assert.Equal(("w1", "541"), (moved.Worker?.WorkerId, moved.Meetings.Single().Register));
    }

    [Fact]
    public void A_measure_consent_goes_along_within_the_register_in_which_it_was_given()
    {
        var client = GivenClient(Scenario.On("2018-01-15", Register with { Municipality = "911" })).State;
        var (before, day) = (new DateOnly(2019, 12, 30), new DateOnly(2020, 1, 2));
        var (given, within) = (new GiveMeasureConsent(), new MoveToMunicipality("541"));
        Assert.Null(After(After(client, before, given), day, within).MeasureConsentSince);
        Assert.Equal(day, After(After(client, day, given), day, within).MeasureConsentSince);
    }

    [Fact]
    public void Lists_show_a_countys_worker_no_client_of_whom_the_same_identifier_was_named_before()
    {
        var register = new Caseload.Register().With("old", Referred)
            .With("old", Scenario.On("2018-02-10", new AssignWorker("w1", true)));
        var filter = CaseloadFilter.All with { SeenBy = new Standing("hva-21", "w1") };
        Assert.Equal(1, register.Caseload.CountListed(filter, From));
        register.Caseload.Registers = Counties;
        Assert.Equal(0, register.Caseload.CountListed(filter, From));
        Assert.Equal(1, register.Caseload.CountListed(CaseloadFilter.All, From));
        Assert.Empty(register.Caseload.Sort(["old"], filter.SeenBy, From, most: 5).Seen);
        Assert.True(register.Caseload.Apply(
            "old", register.Row("old").Version + 1, 1_000, new WorkerAssigned("w1", true), From));
        Assert.Equal(1, register.Caseload.CountListed(filter, From));
    }

    [Fact]
    public void Staff_is_a_registers_and_what_is_recorded_of_a_municipality_is_no_countys()
    {
        var staff = new RegisterStaffMember("aino");
        Assert.Null(MunicipalityDecider.Fits(Pirkanmaa, On(Counties)));
        Assert.NotNull(MunicipalityDecider.Fits(Pirkanmaa, On(Registers.OfMunicipalities)));
        Assert.Null(MunicipalityDecider.Elsewhere(Pirkanmaa, staff, On(Counties)));
        Assert.Null(MunicipalityDecider.Elsewhere(Tampere, staff, On(Registers.OfMunicipalities)));
        Assert.Null(MunicipalityDecider.Elsewhere(Tampere, new SetReviewInterval(30), On(Counties)));
        foreach (var (key, command) in ((string, ICommand)[])
            [(Tampere, staff), (Tampere, new GrantFirstRight("idp:first")), (Tampere, new SetCaseloadLimit(40)),
            (Pirkanmaa, new SetReviewInterval(30))])
        {
            Assert.Equal(
                (RejectionCodes.RegisterElsewhere, command),
                (MunicipalityDecider.Elsewhere(key, command, On(Counties))?.Code, command));
        }
        // What was decided before is carried out where it was decided.
        Assert.Null(MunicipalityDecider.Elsewhere(Tampere, new EndMerge("m1", null, true), On(Counties)));
    }

    private static ClientState Known => GivenClient(
        Scenario.On("2018-01-15", Register with { Municipality = Tampere }),
        Scenario.On("2018-02-01", FromKela)).State;

    /// <summary>A worker was named on a day, and a meeting with another one booked.</summary>
    private static ClientState Named(ClientState client, DateOnly day) => After(
        After(client, day, new AssignWorker("w1", true)), day,
        Booking with { WorkerId = "w2", MeetingOn = day.AddDays(7) });

    private static ClientState After(ClientState client, DateOnly day, IClientCommand command)
    {
        var decision = ClientDecider.Decide(
            client, command, new Moment(day, day, new DateTimeOffset(day, default, default)) { Registers = Counties });
        Assert.Null(decision.Rejection);
        return decision.Events.Aggregate(client, (state, happened) => ClientDecider.Evolve(state, happened, day));
    }

    private static ClientState Moved(ClientState client, string municipality) =>
        After(client, From, new MoveToMunicipality(municipality));

    private static Decision Decide(IClientCommand command, ClientState client) =>
        ClientDecider.Decide(client, command, On(Counties));

    private static Moment On(Registers registers) => new(From, From, new DateTimeOffset(From, default, default))
    {
        Registers = registers,
    };
}
