using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Grains.Work;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>What municipalities and the programme decide on methods of work.</summary>
public sealed class MethodDecisionTests
{
    private static readonly CodedValue Groups = IntensiveWork with { Code = "GROUP_ACTIVITY" };

    [Fact]
    public void Decisions_stand_by_their_day_in_whatever_order_they_are_recorded()
    {
        var state = GivenMunicipality(On("2018-01-01", Kemijarvi))
            .And("2019-02-01", new DecideOnMethod(Groups, MethodChoice.Emphasise, Day("2019-01-01"), "dnr 1/2019"))
            .And("2019-02-01", new DecideOnMethod(IntensiveWork, MethodChoice.Drop, Day("2019-01-01")))
            .And("2019-02-01", new DecideOnMethod(Groups, MethodChoice.Adopt, Day("2018-01-01"))).State;
        Assert.Equal(
            [
                new(Groups, MethodChoice.Adopt, Day("2018-01-01"), null),
                new(Groups, MethodChoice.Emphasise, Day("2019-01-01"), "dnr 1/2019"),
                new(IntensiveWork, MethodChoice.Drop, Day("2019-01-01"), null),
            ],
            state.MethodDecisions);
    }

    [Fact]
    public void A_method_has_one_decision_for_a_day_and_another_one_waits_until_that_is_withdrawn()
    {
        var drop = new DecideOnProgrammeMethod(Groups, MethodChoice.Drop, Day("2019-01-01"));
        var programme = GivenProgramme(On("2018-01-01", Osst), On("2018-12-10", drop));
        programme.When("2018-12-11", drop).ThenNothing();
        programme.When("2018-12-11", drop with { Choice = MethodChoice.Emphasise })
            .ThenRefused(RejectionCodes.MethodDecided, "from");
        programme.When("2018-12-11", drop with { Choice = (MethodChoice)9, From = Day("2019-02-01") })
            .ThenRefused(RejectionCodes.UnknownValue, "choice");
        programme.When("2018-12-11", drop with { Method = Groups with { Code = "SONG" } })
            .ThenRefused(RejectionCodes.UnknownCode, "method");
        programme.When("2018-12-11", new WithdrawProgrammeMethodDecision(Groups, Day("2018-01-01")))
            .ThenRefused(RejectionCodes.MethodDecisionUnknown, "from");
        Assert.Equal(
            [new(Groups, MethodChoice.Emphasise, Day("2019-01-01"), null)],
            programme.And("2018-12-11", new WithdrawProgrammeMethodDecision(Groups, Day("2019-01-01")))
                .And("2018-12-11", drop with { Choice = MethodChoice.Emphasise }).State.MethodDecisions);
    }

    [Fact]
    public void No_more_decisions_are_kept_than_a_municipality_can_need()
    {
        var given = GivenMunicipality(On("2018-01-01", Kemijarvi));
        for (var day = 0; day < Limits.MethodDecisions; day++)
        {
            given = given.And(
                "2019-02-01", new DecideOnMethod(Groups, MethodChoice.Emphasise, Day("2018-01-01").AddDays(day)));
        }
        given.When("2019-02-01", new DecideOnMethod(IntensiveWork, MethodChoice.Drop, Day("2019-01-01")))
            .ThenRefused(RejectionCodes.LimitReached, "method");
    }
}
