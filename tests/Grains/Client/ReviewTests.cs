using OsstOrleans.Grains.Client;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

public sealed class ReviewTests
{
    [Fact]
    public void A_plan_is_reviewed_with_three_views_kept_apart()
    {
        var client = GivenClient(Planned)
            .When("2018-06-08", Reviewing with { OthersView = Words("Neighbour: better") })
            .Then(new PlanReviewed("p1", true, Words("Better"), Words("Much better"), Words("Neighbour: better"), null)
            {
                Attainments = Reviewing.Attainments,
                Services = Reviewing.Services,
                Methods = Reviewing.Methods,
                Authors = ["w1"],
            });

        Assert.Equal(Day("2018-06-08"), client.State.Plans[0].Reviews[0].ReviewedOn);
    }

    [Fact]
    public void A_plan_is_reviewed_again_and_the_first_review_stays() => Assert.Equal(
        [Day("2018-06-08"), Day("2018-09-08")],
        GivenClient(Planned).And("2018-06-08", Reviewing).And("2018-09-08", Reviewing)
            .State.Plans[0].Reviews.Select(review => review.ReviewedOn));

    [Fact]
    public void A_method_used_without_being_planned_is_told_too() => GivenClient(Planned)
        .And("2018-06-08", Reviewing with { Methods = [new(Sample.IntensiveWork, Usage.NotKnown)] });

    [Fact]
    public void Without_a_plan_there_is_nothing_to_review() => GivenClient(Assessed)
        .When("2018-06-08", Reviewing)
        .ThenRefused(RejectionCodes.ReviewWithoutPlan, "planId");

    [Fact]
    public void Only_the_current_plan_is_reviewed() => GivenClient(Planned)
        .And("2018-05-01", Planning with { PlanId = "p2" })
        .When("2018-06-08", Reviewing)
        .ThenRefused(RejectionCodes.PlanNotCurrent, "planId");

    [Fact]
    public void A_review_follows_its_plan() => GivenClient(Planned)
        .When("2018-03-09", Reviewing)
        .ThenRefused(RejectionCodes.ReviewTooEarly, "occurredOn");

    [Fact]
    public void A_review_follows_the_one_before_it() => GivenClient(Planned)
        .And("2018-06-08", Reviewing)
        .When("2018-06-07", Reviewing)
        .ThenRefused(RejectionCodes.ReviewTooEarly, "occurredOn");

    [Fact]
    public void Every_goal_is_judged() => Refused(
        Reviewing with { Attainments = [new(Subsistence, Attainment.Attained)] },
        RejectionCodes.AttainmentMissing,
        "attainments");

    [Fact]
    public void A_goal_is_judged_once() => Refused(
        Reviewing with { Attainments = [.. Reviewing.Attainments, new(Everyday, Attainment.NotAssessed)] },
        RejectionCodes.DuplicateEntry,
        "attainments[2]");

    [Fact]
    public void Only_goals_of_the_plan_are_judged() => Refused(
        Reviewing with { Attainments = [.. Reviewing.Attainments, new(Housing, Attainment.Attained)] },
        RejectionCodes.GoalNotInPlan,
        "attainments[2].goal");

    [Fact]
    public void The_clients_view_is_told() => Refused(
        Reviewing with { ClientsView = default }, RejectionCodes.FieldRequired, "clientsView");

    [Fact]
    public void The_workers_own_assessment_is_told() => Refused(
        Reviewing with { WorkersAssessment = Words(" ") }, RejectionCodes.FieldRequired, "workersAssessment");

    [Fact]
    public void A_review_has_an_author() => Refused(
        Reviewing with { Authors = [] }, RejectionCodes.FieldRequired, "authors");

    [Fact]
    public void A_service_is_judged_once() => Refused(
        Reviewing with { Services = [.. Reviewing.Services, Reviewing.Services[0]] },
        RejectionCodes.DuplicateEntry,
        "services[2]");

    [Fact]
    public void An_unknown_method_is_refused() => Refused(
        Reviewing with { Methods = [new(SocialWork, Usage.Used)] }, RejectionCodes.UnknownCode, "methods[0].method");

    private static void Refused(ReviewPlan review, string code, string field) =>
        GivenClient(Planned).When("2018-06-08", review).ThenRefused(code, field);
}
