using OsstOrleans.Grains.Client;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>Lines of other systems: each is taken whole or not at all.</summary>
public sealed class ImportedLineTests
{
    private static readonly ReceiveReferral Referral = new("n1", ReferralSource.Kela, ReferralReason.Need, 3);

    [Fact]
    public void A_referral_registers_a_client_nobody_knew_or_nobody()
    {
        GivenClient().When("2018-02-01", new ImportReferral(Referral, null, null))
            .ThenRefused(RejectionCodes.NotRegistered, "id");
        GivenClient().When("2018-02-01", new ImportReferral(Referral with { Urgency = 99 }, null, Register))
            .ThenRefused(RejectionCodes.OutOfRange, "urgency");
        var taken = GivenClient().When("2018-02-01", new ImportReferral(Referral, Register.Municipality, Register));
        Assert.Equal(
            [typeof(ClientRegistered), typeof(ReferralReceived)], taken.Latest.Events.Select(e => e.GetType()));
    }

    [Fact]
    public void A_referral_for_another_municipality_than_the_client_s_is_refused() =>
        GivenClient(On("2018-01-01", Register))
            .When("2018-02-01", new ImportReferral(Referral, "564", Register with { Municipality = "564" }))
            .ThenRefused(RejectionCodes.OtherMunicipality, "municipality");

    [Fact]
    public void Data_and_municipality_change_together_or_not_at_all()
    {
        var moved = new ImportClient(Register with { Municipality = "564", BirthYear = Register.BirthYear + 1 }, false);
        GivenClient().When("2018-02-01", moved).ThenRefused(RejectionCodes.NotRegistered, "id");
        var client = GivenClient(On("2018-01-01", Register));
        client.When("2018-01-01", new ImportClient(Register, true)).ThenNothing();
        var taken = client.When("2018-02-01", moved);
        Assert.Equal(
            [typeof(ClientMoved), typeof(ClientDetailsChanged)], taken.Latest.Events.Select(e => e.GetType()));
        client.When("2018-03-01", new ImportClient(moved.Person with { Municipality = "nowhere" }, false))
            .ThenRefused(RejectionCodes.MunicipalityCodeInvalid, "municipality");
    }

    [Fact]
    public void A_municipality_that_comes_back_within_a_day_counts()
    {
        var client = GivenClient(On("2018-01-01", Register))
            .And("2018-01-01", new ImportClient(Register with { Municipality = "564" }, false))
            .And("2018-01-01", new ImportClient(Register, false));
        Assert.Equal(Register.Municipality, client.State.Municipality);
        client.When("2018-01-01", Register with { Municipality = "564" })
            .ThenRefused(RejectionCodes.AlreadyRegistered, "id");
    }

    [Fact]
    public void What_is_confirmed_of_a_later_day_is_not_replaced_by_what_comes_late_of_a_day_between()
    {
        var (month, period) = (new RecordBenefitMonth("2018-01", 40_000, 0),
            new RecordEmploymentServicePeriod(EmploymentServiceStanding.Jobseeker, Day("2017-02-01")));
        var person = new ImportClient(Register, false);
        ICommand[] known = [month, period, person];
        ICommand[] other =
        [
            month with { AmountCents = 50_000 }, period with { EndsOn = Day("2018-01-31") },
            new ImportClient(Register with { LastName = Words("Other") }, false),
        ];
        foreach (var (said, different) in known.Zip(other))
        {
            var client = GivenClient(On("2018-01-01", Register)).And("2018-02-03", said);
            client.When("2018-02-03", said).ThenNothing();
            client.And("2018-02-20", said).When("2018-02-20", said).ThenNothing();
            Assert.NotNull(client.When("2018-02-10", different).Latest.Rejection);
            Assert.Null(client.When("2018-02-21", different).Latest.Rejection);
        }
        var stays = GivenClient(On("2018-01-01", Register)).And("2018-10-01", person);
        Assert.Equal(
            [new FactConfirmed(ConfirmedFact.BasicData), new FactConfirmed(ConfirmedFact.Municipality)],
            stays.Past.Skip(1).Select(past => past.Happened));
        stays.When("2018-03-01", new ImportClient(Register with { Municipality = "564" }, false))
            .ThenRefused(RejectionCodes.MoveTooEarly, "occurredOn");
    }

    [Fact]
    public void A_line_that_is_late_for_the_name_may_still_bring_the_municipality_and_the_other_way_round()
    {
        var named = GivenClient(On("2018-01-01", Register))
            .And("2018-05-10", new ChangeClientDetails(
                Words("Uusi"), Register.FirstNames, Register.BirthYear, TemporaryIdentifier: Words("T-1")))
            .And("2018-05-08", new ImportClient(Register with { Municipality = "564" }, false));
        Assert.Equal(("564", "Uusi"), (named.State.Municipality, named.State.Registered!.LastName.Reveal()));
        var moved = GivenClient(On("2018-01-01", Register)).And("2018-05-10", new MoveToMunicipality("837"))
            .And("2018-05-08", new ImportClient(
                Register with { Municipality = "564", LastName = Words("Uusi") }, false));
        Assert.Equal(("837", "Uusi"), (moved.State.Municipality, moved.State.Registered!.LastName.Reveal()));
    }

    [Fact]
    public void What_is_wrong_in_a_line_is_said_also_of_one_that_comes_late()
    {
        var client = GivenClient(On("2018-03-01", Identified("131052-308T", 1952)));
        client.When("2018-02-01", new ImportClient(Identified("010100-002H", 1900), false))
            .ThenRefused(RejectionCodes.IdentityCodeDiffers, "personalIdentityCode");
        client.When("2018-02-01", new ImportClient(Register with { BirthYear = 1700 }, false))
            .ThenRefused(RejectionCodes.OutOfRange, "birthYear");
        client.When("2018-02-01", new ImportClient(Register with { BirthYear = 1952 }, false))
            .ThenRefused(RejectionCodes.DetailsTooEarly, "occurredOn");
    }

    [Fact]
    public void What_was_confirmed_leaves_the_platform_no_more_than_the_fact_itself_may() =>
        Assert.True(EventCatalogue.StaysInside("client.fact-confirmed"));

    [Fact]
    public void What_is_said_again_without_a_day_leaves_nothing()
    {
        var state = GivenClient(On("2018-01-01", Register)).And("2018-01-02", Referral).State;
        var undated = At("2018-05-01") with { DayIsAssumed = true };
        foreach (var again in (ICommand[])[new ImportClient(Register, false), new ImportReferral(Referral, null, null)])
        {
            var decision = ClientDecider.Decide(state, again, undated);
            Assert.Null(decision.Rejection);
            Assert.Empty(decision.Events);
        }
    }

    [Theory]
    [InlineData("131052-308T", 1952, "010100-002H", 1900, true)]
    [InlineData("131052-308T", 1952, "131052-308T", 1952, false)]
    [InlineData("010180-9004", 1980, "131052-308T", 1952, false)]
    public void A_line_turns_no_client_into_another_person(string known, int year, string code, int other, bool refused)
    {
        var client = GivenClient(On("2018-01-01", Identified(known, year)));
        var said = Identified(code, other);
        foreach (var line in (ICommand[])[new ImportClient(said, false), new ImportReferral(Referral, null, said)])
        {
            if (refused)
            {
                client.When("2018-02-01", line)
                    .ThenRefused(RejectionCodes.IdentityCodeDiffers, "personalIdentityCode");
            }
            else
            {
                client.And("2018-02-01", line);
            }
        }
        client.When("2018-02-01", Changing(code, other)); // A worker may.
        Assert.Null(client.Latest.Rejection);
    }

    [Fact]
    public void A_sender_that_knows_no_identity_code_does_not_take_it_away()
    {
        var client = GivenClient(On("2018-01-01", Identified("131052-308T", 1952)))
            .And("2018-02-01", new ImportClient(Register with { LastName = Words("Uusi"), BirthYear = 1952 }, false));
        Assert.Equal("131052-308T", client.State.Registered!.PersonalIdentityCode!.Value.Reveal());
        Assert.Equal("Uusi", client.State.Registered.LastName.Reveal());
        Assert.Null(client.State.Registered.TemporaryIdentifier);
    }

    [Fact]
    public void A_closed_matter_takes_new_data_and_stays_in_its_register()
    {
        var client = GivenClient(On("2018-01-01", Register), On("2018-03-01", new CloseMatter(ClosingReason.Other)))
            .And("2018-04-01", new ImportClient(
                Register with { LastName = Words("Uusi"), Municipality = "564" }, false));
        Assert.Equal(
            (Register.Municipality, "Uusi"), (client.State.Municipality, client.State.Registered!.LastName.Reveal()));
        Assert.NotNull(client.State.Closed);
        client.When("2018-04-01", new MoveToMunicipality("564")).ThenRefused(RejectionCodes.MatterIsClosed, "id");
    }

    [Fact]
    public void A_notification_opens_a_closed_matter()
    {
        var client = GivenClient(On("2018-01-01", Register), On("2018-03-01", new CloseMatter(ClosingReason.Other)))
            .When("2018-04-01", new ImportReferral(Referral, null, null));
        Assert.Equal(
            [typeof(MatterReopened), typeof(ReferralReceived)], client.Latest.Events.Select(e => e.GetType()));
        GivenClient(On("2018-01-01", Register), On("2018-03-01", new CloseMatter(ClosingReason.Other)))
            .When("2018-02-01", new ImportReferral(Referral, null, null))
            .ThenRefused(RejectionCodes.ReopeningBeforeClosing, "occurredOn");
    }

    [Fact]
    public void What_registers_tell_may_be_older_than_the_registration()
    {
        var client = GivenClient(On("2018-02-01", Register))
            .And("2017-07-03", new RecordBenefitMonth("2017-06", 40_000, 0))
            .And("2017-02-01", new RecordEmploymentServicePeriod(
                EmploymentServiceStanding.Jobseeker, Day("2017-02-01")))
            .And("2018-01-20", new ImportReferral(Referral, null, null));
        Assert.Equal(Day("2017-07-03"), client.State.BenefitMonths.Single().KnownOn);
        Assert.Equal(Day("2018-01-20"), client.State.Referrals.Single().ReceivedOn);
        client.When("2018-01-20", Referral).ThenRefused(RejectionCodes.BeforeRegistration, "occurredOn");
    }

    private static RegisterClient Identified(string code, int birthYear) => Register with
    {
        PersonalIdentityCode = Words(code),
        TemporaryIdentifier = null,
        BirthYear = birthYear,
    };

    private static ChangeClientDetails Changing(string code, int birthYear) =>
        new(Words("Toinen"), Words("Nimi"), birthYear, Words(code));
}
