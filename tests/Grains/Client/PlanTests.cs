using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

public sealed class PlanTests
{
    [Fact]
    public void The_longest_need_decides_the_class_of_an_assessment() => GivenClient(Registered)
        .When("2018-03-01", Assessing with { StartedOn = Day("2018-02-01"), Statement = Words("Debts") })
        .Then(new NeedAssessed(true, SupportDuration.LongTerm, Day("2018-02-01"), Words("Debts"), null)
        {
            Needs = Assessing.Needs,
        });

    [Fact]
    public void An_assessment_may_find_no_need() => GivenClient(Registered)
        .When("2018-03-01", new AssessNeed(Clientship: false))
        .Then(new NeedAssessed(false, null, null, null, null));

    [Fact]
    public void An_assessment_begins_before_it_ends() => GivenClient(Registered)
        .When("2018-03-01", Assessing with { StartedOn = Day("2018-03-02") })
        .ThenRefused(RejectionCodes.AssessmentReversed, "startedOn");

    [Fact]
    public void An_assessment_begins_after_the_registration() => GivenClient(Registered)
        .When("2018-03-01", Assessing with { StartedOn = Day("2018-01-14") })
        .ThenRefused(RejectionCodes.BeforeRegistration, "startedOn");

    [Fact]
    public void An_older_assessment_recorded_late_does_not_replace_a_newer() => Assert.True(
        GivenClient(Assessed).And("2018-02-01", new AssessNeed(Clientship: false)).State.Assessment!.Assessed.Clientship);

    [Fact]
    public void A_worker_is_assigned_once()
    {
        var client = GivenClient(Registered)
            .When("2018-03-01", new AssignWorker("w1", true))
            .Then(new WorkerAssigned("w1", true));

        client.When("2018-03-02", new AssignWorker("w1", true)).ThenNothing();
        client.When("2018-03-02", new AssignWorker("w1", false)).Then(new WorkerAssigned("w1", false));
    }

    [Fact]
    public void A_plan_is_made()
    {
        var client = GivenClient(Assessed)
            .When("2018-03-10", Planning with { NextReviewOn = Day("2018-06-08"), ClientsView = Words("I want to cope") })
            .Then(new PlanMade("p1", true, Words("I want to cope"), null, null, Day("2018-06-08"))
            {
                Goals = Planning.Goals,
                Services = Planning.Services,
                Authors = ["w1"],
            });

        Assert.Equal(Day("2018-03-10"), client.State.Plans[0].MadeOn);
    }

    [Fact]
    public void A_plan_needs_an_assessment_that_found_a_client_relationship()
    {
        GivenClient(Registered).When("2018-03-10", Planning)
            .ThenRefused(RejectionCodes.PlanWithoutClientship, "planId");
        GivenClient(Registered).And("2018-03-01", new AssessNeed(Clientship: false)).When("2018-03-10", Planning)
            .ThenRefused(RejectionCodes.PlanWithoutClientship, "planId");
    }

    [Fact]
    public void Another_plan_cannot_take_the_identifier() => GivenClient(Planned)
        .When("2018-04-10", Planning)
        .ThenRefused(RejectionCodes.PlanIdTaken, "planId");

    [Fact]
    public void A_plan_follows_the_one_before_it() => GivenClient(Planned)
        .When("2018-03-09", Planning with { PlanId = "p2" })
        .ThenRefused(RejectionCodes.PlanBeforePreviousPlan, "occurredOn");

    [Fact]
    public void A_plan_has_a_goal() => Refused(Planning with { Goals = [] }, RejectionCodes.FieldRequired, "goals");

    [Fact]
    public void A_plan_has_an_author() => Refused(Planning with { Authors = [] }, RejectionCodes.FieldRequired, "authors");

    [Fact]
    public void A_goal_is_no_main_class() => Refused(
        Planning with { Goals = [new(new(CodeSystems.LocalGoals, "FINANCES"))] },
        RejectionCodes.GoalNotLeaf,
        "goals[0].code");

    [Fact]
    public void A_goal_is_set_once() => Refused(
        Planning with { Goals = [new(Everyday), new(Subsistence), new(Everyday)] },
        RejectionCodes.DuplicateEntry,
        "goals[2]");

    [Fact]
    public void A_factor_is_a_known_code_with_a_known_effect()
    {
        var factors = new GoalFactor[] { new(LivingConditions, FactorEffect.Supports), new(Everyday, default) };
        Refused(
            Planning with { Goals = [new(Everyday) { Factors = factors }] },
            RejectionCodes.UnknownCode,
            "goals[0].factors[1].factor");
        Refused(
            Planning with { Goals = [new(Everyday) { Factors = [new(LivingConditions, default)] }] },
            RejectionCodes.UnknownValue,
            "goals[0].factors[0].effect");
    }

    [Fact]
    public void Codes_A_and_B_are_two_lists() => Refused(
        Planning with { Services = [new(new(CodeSystems.ServicesNow, "22"))] },
        RejectionCodes.UnknownCode,
        "services[0].service");

    [Fact]
    public void Only_social_services_are_specified_further() => Refused(
        Planning with { Services = [new(EmploymentServices, SocialWork)] },
        RejectionCodes.SocialServiceNotAllowed,
        "services[0].socialService");

    [Fact]
    public void Only_social_work_and_counselling_have_methods()
    {
        var methods = new[] { IntensiveWork };
        Refused(
            Planning with { Services = [new(AnySocialService, SocialRehabilitation) { Methods = methods }] },
            RejectionCodes.MethodNotAllowed,
            "services[0].methods");
        Refused(
            Planning with { Services = [new(EmploymentServices) { Methods = methods }] },
            RejectionCodes.MethodNotAllowed,
            "services[0].methods");
        GivenClient(Assessed).And(
            "2018-03-10",
            Planning with { Services = [new(AnySocialService, SocialCounselling) { Methods = methods }] });
    }

    [Fact]
    public void The_next_review_lies_ahead_of_the_plan() => Refused(
        Planning with { NextReviewOn = Day("2018-03-09") }, RejectionCodes.NextReviewTooEarly, "nextReviewOn");

    private static void Refused(MakePlan plan, string code, string field) =>
        GivenClient(Assessed).When("2018-03-10", plan).ThenRefused(code, field);
}
