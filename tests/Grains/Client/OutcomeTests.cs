using OsstOrleans.Grains.Client;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>Benefit months, work and study, drop-in attendance: what the experiment is measured by.</summary>
public sealed class OutcomeTests
{
    private static readonly RecordBenefitMonth March = new("2018-03", 55_000, 20);

    [Fact]
    public void A_month_on_social_assistance_becomes_known() => GivenClient(Registered)
        .When("2018-04-05", March)
        .Then(new BenefitMonthRecorded("2018-03", 55_000, 20));

    [Fact]
    public void Months_before_the_registration_are_known_too_and_stand_in_order() => Assert.Equal(
        ["2017-11", "2018-03"],
        GivenClient(Registered).And("2018-04-05", March).And("2018-04-05", March with { Month = "2017-11" })
            .State.BenefitMonths.Select(month => month.Month));

    [Fact]
    public void The_same_month_twice_is_one() => GivenClient(Registered)
        .And("2018-04-05", March)
        .When("2018-04-05", March)
        .ThenNothing()
        .When("2018-05-05", March)
        .Then(new FactConfirmed(ConfirmedFact.BenefitMonth, Month: "2018-03"));

    [Fact]
    public void Other_figures_correct_a_month()
    {
        var client = GivenClient(Registered)
            .And("2018-04-05", March)
            .When("2018-05-05", March with { AmountCents = 60_000, ReductionPercent = 0 })
            .Then(new BenefitMonthCorrected("2018-03", 60_000, 0, 55_000, 20));

        Assert.Equal([new BenefitMonth("2018-03", 60_000, 0, Day("2018-05-05"))], client.State.BenefitMonths);
    }

    /// <summary>A decision that arrives late replaces no later one; of one day the last recorded stands.</summary>
    [Fact]
    [Trait("case", "04")]
    public void The_figures_of_the_later_day_stand_in_whatever_order_they_arrive()
    {
        var client = GivenClient(Registered).And("2018-09-01", March with { AmountCents = 60_000 });

        client.When("2018-07-01", March).ThenRefused(RejectionCodes.FactTooEarly, "occurredOn");
        client.When("2018-07-01", March with { AmountCents = 60_000 }).ThenNothing();
        client.And("2018-09-01", March with { AmountCents = 61_000 });
        Assert.Equal([new BenefitMonth("2018-03", 61_000, 20, Day("2018-09-01"))], client.State.BenefitMonths);
        client.And("2018-07-01", March with { Month = "2018-02" });
        Assert.Equal(2, client.State.BenefitMonths.Count);
    }

    [Theory]
    [InlineData("2018-3")]
    [InlineData("2018-13")]
    [InlineData("03/2018")]
    public void A_month_has_its_form(string month) => GivenClient(Registered)
        .When("2018-04-05", March with { Month = month })
        .ThenRefused(RejectionCodes.MonthInvalid, "month");

    [Fact]
    public void A_month_has_begun() => GivenClient(Registered)
        .When("2019-12-31", March with { Month = "2020-01" })
        .ThenRefused(RejectionCodes.DateInFuture, "month");

    [Fact]
    public void An_amount_is_not_negative() => GivenClient(Registered)
        .When("2018-04-05", March with { AmountCents = -1 })
        .ThenRefused(RejectionCodes.OutOfRange, "amountCents");

    [Fact]
    public void A_reduction_is_none_or_one_of_two() => GivenClient(Registered)
        .When("2018-04-05", March with { ReductionPercent = 30 })
        .ThenRefused(RejectionCodes.ReductionInvalid, "reductionPercent");

    [Fact]
    public void The_client_begins_work()
    {
        var work = new RecordEmploymentOutcome(EmploymentKind.SubsidisedWork, Day("2018-09-01"));
        var client = GivenClient(Registered)
            .When("2018-09-01", work)
            .Then(new EmploymentOutcomeRecorded(EmploymentKind.SubsidisedWork, Day("2018-09-01"), null, null));

        client.When("2018-09-01", work).ThenNothing();
        client.When("2018-09-02", work).Then(new FactConfirmed(
            ConfirmedFact.Employment, Kind: EmploymentKind.SubsidisedWork, StartsOn: Day("2018-09-01")));
        client.And("2018-10-01", work with { EndsOn = Day("2019-02-28") });
        Assert.Equal(
            [
                new EmploymentOutcome(
                    EmploymentKind.SubsidisedWork, Day("2018-09-01"), Day("2019-02-28"), null, Day("2018-10-01")),
            ],
            client.State.EmploymentOutcomes);
        client.When("2018-09-15", work with { EndsOn = Day("2018-12-31") })
            .ThenRefused(RejectionCodes.FactTooEarly, "occurredOn");
    }

    [Fact]
    public void Work_does_not_end_before_it_begins() => GivenClient(Registered)
        .When("2018-09-01", new RecordEmploymentOutcome(EmploymentKind.Study, Day("2018-08-20"), Day("2018-08-19")))
        .ThenRefused(RejectionCodes.PeriodReversed, "endsOn");

    [Fact]
    public void Work_that_began_before_the_registration_is_no_outcome() => GivenClient(Registered)
        .When("2018-09-01", new RecordEmploymentOutcome(EmploymentKind.Study, Day("2018-01-14")))
        .ThenRefused(RejectionCodes.BeforeRegistration, "startsOn");

    [Fact]
    public void Work_that_is_to_begin_is_no_outcome_yet() => GivenClient(Registered)
        .When("2018-09-01", new RecordEmploymentOutcome(EmploymentKind.Study, Day("2020-01-01")))
        .ThenRefused(RejectionCodes.DateInFuture, "startsOn");

    [Fact]
    public void A_visit_is_kept_by_consent_and_once_a_day()
    {
        var client = GivenClient(Registered)
            .And("2018-05-01", new GiveDropInConsent())
            .When("2018-05-02", new RecordDropInAttendance("kemijarvi-1"))
            .Then(new DropInVisitKept("kemijarvi-1"));

        client.When("2018-05-02", new RecordDropInAttendance("kemijarvi-1")).ThenNothing();
        client.When("2018-05-02", new GiveDropInConsent()).ThenNothing();
    }

    [Fact]
    public void Without_consent_no_visit_is_kept() => GivenClient(Registered)
        .When("2018-05-02", new RecordDropInAttendance("kemijarvi-1"))
        .ThenRefused(RejectionCodes.NoDropInConsent, "occurredOn");

    [Fact]
    public void A_consent_does_not_reach_back() => GivenClient(Registered)
        .And("2018-05-03", new GiveDropInConsent())
        .When("2018-05-02", new RecordDropInAttendance("kemijarvi-1"))
        .ThenRefused(RejectionCodes.NoDropInConsent, "occurredOn");

    [Fact]
    public void Visits_are_forgotten_with_the_consent_also_in_a_closed_matter()
    {
        var client = GivenClient(Registered)
            .And("2018-05-01", new GiveDropInConsent())
            .And("2018-05-02", new RecordDropInAttendance("kemijarvi-1"))
            .And("2018-06-01", new CloseMatter(ClosingReason.ClientsWish))
            .When("2018-06-02", new WithdrawDropInConsent())
            .Then(new DropInConsentWithdrawn());

        Assert.Empty(client.State.KeptVisits);
        client.When("2018-06-03", new WithdrawDropInConsent()).ThenNothing();
    }
}
