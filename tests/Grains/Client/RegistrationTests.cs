using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

public sealed class RegistrationTests
{
    [Fact]
    public void A_person_becomes_a_client() => GivenClient()
        .When("2018-01-15", Register)
        .Then(new ClientRegistered(
            "320", Words("Korhonen"), Words("Maija"), 1984, null, Words("T-1"), true, MattersApart: true));

    [Fact]
    public void The_same_registration_twice_is_one() =>
        GivenClient(Registered).When("2018-01-15", Register).ThenNothing();

    [Fact]
    public void A_second_registration_with_other_content_is_refused() => GivenClient(Registered)
        .When("2018-01-15", Register with { BirthYear = 1985 })
        .ThenRefused(RejectionCodes.AlreadyRegistered, "id");

    [Fact]
    public void Nothing_happens_to_a_person_who_is_no_client() => GivenClient()
        .When("2018-01-15", FromKela)
        .ThenRefused(RejectionCodes.NotRegistered, "id");

    [Fact]
    public void Nothing_happened_before_the_registration() => GivenClient(Registered)
        .When("2018-01-14", FromKela)
        .ThenRefused(RejectionCodes.BeforeRegistration, "occurredOn");

    [Fact]
    public void Nothing_has_happened_in_the_future() => GivenClient(Registered)
        .When("2020-01-01", FromKela)
        .ThenRefused(RejectionCodes.DateInFuture, "occurredOn");

    [Fact]
    public void Nothing_is_older_than_the_register() => GivenClient()
        .When("1999-12-31", Register)
        .ThenRefused(RejectionCodes.DateTooEarly, "occurredOn");

    [Fact]
    public void A_municipality_has_a_code_of_three_digits() => GivenClient()
        .When("2018-01-15", Register with { Municipality = "Kemijärvi" })
        .ThenRefused(RejectionCodes.MunicipalityCodeInvalid, "municipality");

    [Theory]
    [InlineData("123", "2018-01-15", RejectionCodes.UnknownCode)] // There never was one.
    [InlineData("911", "2019-12-31", null)] // Valtimo's last day.
    [InlineData("911", "2020-01-01", RejectionCodes.CodeNotInUse)]
    [InlineData("099", "2020-12-31", null)] // Honkajoki's last day.
    [InlineData("099", "2021-01-01", RejectionCodes.CodeNotInUse)]
    [InlineData("999", "2018-01-15", RejectionCodes.MunicipalityMadeUp)]
    [Trait("case", "37")]
    public void A_municipality_is_one_of_the_day_it_happened(string code, string day, string? refusal)
    {
        var command = Register with { Municipality = code, Synthetic = false };
        Assert.Equal(refusal, Answer(command, day, today: day));
    }

    [Fact]
    public void Nobody_comes_into_a_municipality_that_has_ended_however_late_it_is_recorded()
    {
        const string Before = "2019-06-01", After = "2020-01-01";
        var here = GivenClient(On("2018-01-15", Register with { Municipality = "837" })).State;
        var there = GivenClient(On("2018-01-15", Register with { Municipality = "911" })).State;
        var valtimo = Register with { Municipality = "911" };
        Assert.Null(Answer(valtimo, Before, today: Before));
        Assert.Null(Answer(new MoveToMunicipality("911"), Before, today: Before, here));
        Assert.Null(MunicipalityDecider.Fits("911", Late(Before, Before)));

        Assert.Equal(RejectionCodes.CodeNotInUse, Answer(valtimo, Before, After));
        Assert.Equal(RejectionCodes.CodeNotInUse, Answer(new MoveToMunicipality("911"), Before, After, here));
        Assert.Equal(
            RejectionCodes.CodeNotInUse, Answer(new ImportClient(valtimo, Registers: true), Before, After));
        Assert.Equal(RejectionCodes.CodeNotInUse, MunicipalityDecider.Fits("911", Late(Before, After))?.Code);
        Assert.Equal(
            RejectionCodes.CodeNotInUse,
            DropInCentreDecider.Decide(
                DropInCentreDecider.Initial, new RegisterDropInCentre("911", "Asukastupa", "Keskusta"),
                Late(Before, After)).Rejection?.Code);

        // The past of who is there already is recorded as before, and a move leads out.
        Assert.Null(Answer(FromKela, Before, After, there));
        Assert.Null(Answer(
            new ImportClient(valtimo with { LastName = Words("Esimerkki") }, Registers: false), Before, After, there));
        Assert.Null(Answer(new MoveToMunicipality("837"), After, After, there));
    }

    private static string? Answer(IClientCommand command, string day, string today, ClientState? client = null) =>
        ClientDecider.Decide(client ?? ClientDecider.Initial, command, Late(day, today)).Rejection?.Code;

    private static Moment Late(string day, string today) => new(Day(day), Day(today), default);

    [Fact]
    public void A_synthetic_client_may_live_in_a_made_up_municipality_and_move_out_of_it() => GivenClient()
        .And("2018-01-15", Register with { Municipality = "994", Synthetic = true })
        .When("2018-01-16", new MoveToMunicipality("837"))
        .Then(new ClientMoved("837", "994"));

    [Fact]
    public void A_person_moves_into_no_made_up_municipality() => GivenClient()
        .And("2018-01-15", Register with { Synthetic = false })
        .When("2018-01-16", new MoveToMunicipality("994"))
        .ThenRefused(RejectionCodes.MunicipalityMadeUp, "municipality");

    [Fact]
    public void A_client_has_a_name() => GivenClient()
        .When("2018-01-15", Register with { LastName = Words(" ") })
        .ThenRefused(RejectionCodes.FieldRequired, "lastName");

    [Theory]
    [InlineData(1899)]
    [InlineData(2020)]
    public void A_client_was_born_within_living_memory(int birthYear) => GivenClient()
        .When("2018-01-15", Register with { BirthYear = birthYear })
        .ThenRefused(RejectionCodes.OutOfRange, "birthYear");

    [Fact]
    public void A_client_has_one_identifier_and_not_two() => GivenClient()
        .When("2018-01-15", Register with { PersonalIdentityCode = Words("131052-308T") })
        .ThenRefused(RejectionCodes.ExactlyOneIdentifier, "personalIdentityCode");

    [Fact]
    public void A_client_has_an_identifier() => GivenClient()
        .When("2018-01-15", Register with { TemporaryIdentifier = null })
        .ThenRefused(RejectionCodes.ExactlyOneIdentifier, "personalIdentityCode");

    [Theory]
    [InlineData("131052-308T", 1952)]
    [InlineData("131052Y308T", 1952)]
    [InlineData("131052A308T", 2052)]
    [InlineData("131052+308T", 1852)]
    public void A_personal_identity_code_tells_the_birth_year(string code, int year) =>
        Assert.Null(PersonalIdentityCode.Check(code, year, "personalIdentityCode"));

    [Theory]
    [InlineData("131052-308U")]
    [InlineData("311152-308T")]
    [InlineData("131052G308T")]
    [InlineData("131052-308")]
    [InlineData("13105x-308T")]
    public void A_personal_identity_code_with_a_fault_is_refused(string code) => GivenClient()
        .When("2018-01-15", Identified(code))
        .ThenRefused(RejectionCodes.PersonalIdentityCodeInvalid, "personalIdentityCode");

    [Fact]
    public void The_birth_year_agrees_with_the_personal_identity_code() => GivenClient()
        .When("2018-01-15", Identified("131052-308T"))
        .ThenRefused(RejectionCodes.BirthYearMismatch, "birthYear");

    [Fact]
    public void A_client_who_moves_stays_one_client_and_leaves_the_worker()
    {
        var client = GivenClient(Registered)
            .And("2018-02-01", new AssignWorker("w1", OwnWorker: true))
            .When("2018-06-01", new MoveToMunicipality("837"))
            .Then(new ClientMoved("837", "320"));

        Assert.Equal("837", client.State.Municipality);
        Assert.Null(client.State.Worker);
        Assert.Equal(["320", "837"], client.State.Residences.Select(residence => residence.Municipality));
    }

    [Fact]
    public void Moving_to_where_one_lives_changes_nothing() =>
        GivenClient(Registered).When("2018-06-01", new MoveToMunicipality("320")).ThenNothing();

    [Fact]
    public void Moves_are_told_in_their_order() => GivenClient(Registered)
        .And("2018-06-01", new MoveToMunicipality("837"))
        .When("2018-05-31", new MoveToMunicipality("297"))
        .ThenRefused(RejectionCodes.MoveTooEarly, "occurredOn");

    [Fact]
    public void A_command_for_another_grain_is_refused() => GivenClient(Registered)
        .When("2018-06-01", Kemijarvi)
        .ThenRefused(RejectionCodes.CommandNotKnown, "command");

    private static RegisterClient Identified(string code) =>
        Register with { TemporaryIdentifier = null, PersonalIdentityCode = Words(code) };
}
