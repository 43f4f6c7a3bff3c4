using OsstOrleans.Grains.Client;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>Periods from the register of the employment services (TE-palvelut).</summary>
public sealed class EmploymentServiceTests
{
    private static readonly RecordEmploymentServicePeriod Unemployed =
        new(EmploymentServiceStanding.Unemployed, Day("2016-03-01"));

    [Fact]
    public void A_period_from_before_the_registration_becomes_known() => GivenClient(Registered)
        .When("2018-04-05", Unemployed)
        .Then(new EmploymentServicePeriodRecorded(EmploymentServiceStanding.Unemployed, Day("2016-03-01"), null));

    [Fact]
    public void A_period_known_already_gets_its_last_day()
    {
        var client = GivenClient(Registered).And("2018-04-05", Unemployed);
        client.When("2018-04-05", Unemployed).ThenNothing();
        client.When("2018-05-05", Unemployed).Then(new FactConfirmed(
            ConfirmedFact.EmploymentServicePeriod, Standing: EmploymentServiceStanding.Unemployed,
            StartsOn: Day("2016-03-01")));
        client.And("2018-06-05", Unemployed with { EndsOn = Day("2018-05-31") });

        Assert.Equal(
            [
                new EmploymentServicePeriod(
                    EmploymentServiceStanding.Unemployed, Day("2016-03-01"), Day("2018-05-31"), Day("2018-06-05")),
            ],
            client.State.EmploymentServicePeriods);
    }

    [Fact]
    [Trait("case", "04")]
    public void A_period_s_last_day_is_the_one_known_of_the_latest_day()
    {
        var client = GivenClient(Registered).And("2018-06-05", Unemployed with { EndsOn = Day("2018-05-31") });

        client.When("2018-04-05", Unemployed).ThenRefused(RejectionCodes.FactTooEarly, "occurredOn");
        client.And("2018-06-05", Unemployed with { EndsOn = Day("2018-06-01") });
        Assert.Equal(Day("2018-06-01"), client.State.EmploymentServicePeriods.Single().EndsOn);
    }

    [Fact]
    public void Another_standing_on_the_same_day_is_another_period() => Assert.Equal(2, GivenClient(Registered)
        .And("2018-04-05", Unemployed)
        .And("2018-04-05", Unemployed with { Standing = EmploymentServiceStanding.Jobseeker })
        .State.EmploymentServicePeriods.Count);

    [Fact]
    public void The_register_goes_on_when_the_matter_is_closed() => GivenClient(Registered)
        .And("2018-06-01", new CloseMatter(ClosingReason.ClientsWish))
        .When("2018-07-01", Unemployed)
        .Then(new EmploymentServicePeriodRecorded(EmploymentServiceStanding.Unemployed, Day("2016-03-01"), null));

    [Fact]
    public void A_period_does_not_end_before_it_begins() => GivenClient(Registered)
        .When("2018-04-05", Unemployed with { EndsOn = Day("2016-02-29") })
        .ThenRefused(RejectionCodes.PeriodReversed, "endsOn");

    [Fact]
    public void A_period_has_begun() => GivenClient(Registered)
        .When("2018-04-05", Unemployed with { StartsOn = Day("2020-01-01") })
        .ThenRefused(RejectionCodes.DateInFuture, "startsOn");

    [Fact]
    public void A_standing_is_one_of_the_known() => GivenClient(Registered)
        .When("2018-04-05", Unemployed with { Standing = (EmploymentServiceStanding)9 })
        .ThenRefused(RejectionCodes.UnknownValue, "standing");
}
