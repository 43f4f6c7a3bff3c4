using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>The plan as the national structure has it: what goes on to the next, and its further fields.</summary>
public sealed class AvainPlanTests
{
    private static readonly CodedValue Alcohol = new(CodeSystems.Factors, "38");

    private static readonly MakePlan Next = new("p2", FilledWithClient: true)
    {
        CarriedForward = [Subsistence],
        Authors = ["w1"],
    };

    [Fact]
    public void A_goal_carried_forward_keeps_its_scale_and_factors()
    {
        var client = GivenClient(Planned).When("2018-09-01", Next);
        var made = Assert.IsType<PlanMade>(client.Latest.Events.Single());

        Assert.Equal([Subsistence], made.CarriedForward);
        Assert.Equal(Wire.Write(Planning.Goals[0]), Wire.Write(made.Goals.Single()));
    }

    [Fact]
    public void Factors_go_on_as_the_latest_review_found_them()
    {
        var found = new GoalFactor(Alcohol, FactorEffect.Hampers);
        var client = GivenClient(Planned).And("2018-06-01", Reviewing with
        {
            Attainments =
            [
                new(Subsistence, Attainment.Partly) { Factors = [found] },
                new(Everyday, Attainment.Attained),
            ],
        });

        var goals = CarriedForward.GoalsOf(client.And("2018-07-01", Reviewing).State);

        Assert.Equal([found], goals[0].Factors);
        Assert.Equal(Planning.Goals[1].Factors, goals[1].Factors);
    }

    [Fact]
    public void New_goals_stand_beside_those_carried_forward_and_each_once()
    {
        GivenClient(Planned).When("2018-09-01", Next with { Goals = [new(Subsistence)] })
            .ThenRefused(RejectionCodes.DuplicateEntry, "carriedForward");
        GivenClient(Planned).When("2018-09-01", Next with { CarriedForward = [Subsistence, Subsistence] })
            .ThenRefused(RejectionCodes.DuplicateEntry, "carriedForward[1]");
        var both = GivenClient(Planned).And("2018-09-01", Next with { Goals = [new(Everyday)] });
        Assert.Equal([Subsistence, Everyday], both.State.Plans[^1].Made.Goals.Select(goal => goal.Code));
    }

    [Fact]
    public void Only_goals_of_the_current_plan_go_on_and_a_plan_has_one_goal_at_least()
    {
        GivenClient(Assessed).When("2018-09-01", Next)
            .ThenRefused(RejectionCodes.GoalNotInPlan, "carriedForward[0]");
        GivenClient(Planned).When("2018-09-01", Next with { CarriedForward = [] })
            .ThenRefused(RejectionCodes.FieldRequired, "goals");
    }

    [Fact]
    public void The_services_of_today_are_codes_A_and_the_planned_ones_codes_B()
    {
        var now = new CodedValue(CodeSystems.ServicesNow, "22");
        var client = GivenClient(Assessed).And("2018-03-10", Planning with
        {
            Details = new PlanDetails(OthersView: Words("Her sister helps")) { CurrentServices = [now] },
        });
        Assert.Equal([now], client.State.Plans[0].Made.Details!.CurrentServices);

        GivenClient(Assessed).When("2018-03-10", Planning with
        {
            Details = new PlanDetails { CurrentServices = [EmploymentServices] },
        }).ThenRefused(RejectionCodes.UnknownCode, "details.currentServices[0]");
        GivenClient(Assessed).When("2018-03-10", Planning with { Services = [new(now)] })
            .ThenRefused(RejectionCodes.UnknownCode, "services[0].service");
    }

    [Fact]
    public void A_negotiation_comes_before_its_plan_and_texts_have_their_limits()
    {
        GivenClient(Assessed).When("2018-03-10", With(new() { Negotiations = [new(Day("2018-03-11"))] }))
            .ThenRefused(RejectionCodes.NegotiationAfterPlan, "details.negotiations[0].heldOn");
        GivenClient(Assessed).When("2018-03-10", With(new(Situation: TooLong)))
            .ThenRefused(RejectionCodes.TextTooLong, "details.situation");
        GivenClient(Assessed).When("2018-03-10", With(new(ReviewTime: "9.30")))
            .ThenRefused(RejectionCodes.TimeInvalid, "details.reviewTime");
        GivenClient(Assessed).And("2018-03-10", With(new(ReviewTime: "09:30", ReviewPeriod: Words("Lokakuussa 2018"))
        {
            Negotiations = [new(Day("2018-03-09"))],
        }));

        static MakePlan With(PlanDetails details) => Planning with { Details = details };
    }

    [Fact]
    public void A_service_task_is_not_known_before_its_list_is_imported() => GivenClient(Assessed)
        .When("2018-03-10", Planning with
        {
            Services = [new(EmploymentServices, ServiceTask: new CodedValue(CodeSystems.ServiceTasks, "1"))],
        })
        .ThenRefused(RejectionCodes.UnknownCode, "services[0].serviceTask");
}
