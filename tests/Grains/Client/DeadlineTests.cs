using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>By when the law and the municipality want something done, and who stands on which list for it.</summary>
public sealed class DeadlineTests
{
    private static readonly RequestDiscussion Asking = new(Words("Wants to talk about rent"));
    private static readonly ReceiveReferral OfOver75 = FromKela with { Over75 = true, Urgency = 1 };
    private static readonly Step Meeting = On("2018-02-01", Booking with { MeetingOn = Day("2018-02-08") });

    [Fact]
    public void A_client_who_asks_is_met_by_the_7th_working_day()
    {
        var client = GivenClient(Registered)
            .When("2018-02-01", Asking).Then(new DiscussionRequested(Asking.Note))
            .And(Meeting.Day, Meeting.Command);
        Assert.Equal(new Deadline(DeadlineKind.Discussion, Day("2018-02-01"), Day("2018-02-12")), Only(client));

        client.And("2018-02-08", new AttendMeeting("m1"));
        Assert.Equal(Day("2018-02-08"), Only(client).MetOn);
    }

    [Fact]
    public void Who_asks_again_has_asked_and_who_was_met_since_may_ask_anew()
    {
        var client = GivenClient(Registered).And("2018-02-01", Asking).And(Meeting.Day, Meeting.Command);
        client.When("2018-02-05", Asking).ThenNothing();
        client.And("2018-02-08", new AttendMeeting("m1")).And("2018-02-09", Asking);

        Assert.Equal(
            [new(Day("2018-02-01"), Day("2018-02-08")), new DiscussionRequest(Day("2018-02-09"))],
            client.State.Discussions);
    }

    [Fact]
    public void A_request_recorded_late_begins_the_time_limit_earlier_unless_the_client_was_met_since()
    {
        var client = GivenClient(Registered).And("2018-02-12", Asking).And("2018-02-05", Asking);
        Assert.Equal([new DiscussionRequest(Day("2018-02-05"))], client.State.Discussions);

        var met = GivenClient([.. Registered, Meeting]).And("2018-02-08", new AttendMeeting("m1"))
            .And("2018-02-01", Asking);
        Assert.Equal([new DiscussionRequest(Day("2018-02-01"), Day("2018-02-08"))], met.State.Discussions);
    }

    [Fact]
    public void The_7th_working_day_for_an_assessment_is_of_the_groups_that_the_law_names()
    {
        Assert.DoesNotContain(Of(GivenClient(Referred)), deadline => deadline.Kind is DeadlineKind.AssessmentStart);

        var client = GivenClient(Registered).And("2018-02-01", OfOver75);
        Assert.Contains(
            new Deadline(DeadlineKind.AssessmentStart, Day("2018-02-01"), Day("2018-02-12"), null, "r1"), Of(client));
        client.And("2018-02-10", new StartAssessment("r1"));
        Assert.Contains(Of(client), d => d.Kind is DeadlineKind.AssessmentStart && d.MetOn == Day("2018-02-10"));
    }

    [Fact]
    public void The_municipality_may_see_what_Kela_did_not()
    {
        var client = GivenClient(Referred).And(
            "2018-02-02", new RegisterReferral("r1", ReferralMeasure.ProcessBegins, 1, ChildWithSpecialSupport: true));

        Assert.Contains(Of(client), d => d.Kind is DeadlineKind.AssessmentStart && d.DueOn == Day("2018-02-12"));
        Assert.Contains(Of(client), d => d.Kind is DeadlineKind.AssessmentEnd && d.DueOn == Day("2018-05-01"));
    }

    [Fact]
    public void Targets_and_Saturdays_are_the_municipalitys()
    {
        var municipality = GivenMunicipality(On("2018-01-01", Kemijarvi))
            .And("2018-01-01", new SetFirstContactTarget(14))
            .When("2018-01-01", new SetWorkingDayRule(SaturdayCounts: true)).Then(new WorkingDayRuleSet(true))
            .When("2018-01-02", new SetWorkingDayRule(SaturdayCounts: true)).ThenNothing();
        var client = GivenClient(Referred).And("2018-02-01", Asking);

        var deadlines = Deadlines.Of(client.State, municipality.State);

        Assert.Equal(
            [(DeadlineKind.Discussion, Day("2018-02-09")), (DeadlineKind.FirstContact, Day("2018-02-15"))],
            deadlines.Select(deadline => (deadline.Kind, deadline.DueOn)));
    }

    [Fact]
    public void The_review_is_due_as_agreed_or_by_the_municipalitys_model()
    {
        Assert.Equal(
            Day("2018-06-08"),
            Only(GivenClient(Assessed).And("2018-03-10", Planning with { NextReviewOn = Day("2018-06-08") })).DueOn);
        Assert.Equal(Day("2018-06-08"), Only(GivenClient(Planned)).DueOn);
    }

    [Fact]
    public void A_requested_discussion_is_due_and_then_overdue_until_the_client_is_met()
    {
        var register = new Register().With("a", [.. Registered, Meeting, On("2018-02-01", Asking)]);
        Assert.Equal(Day("2018-02-12"), register.ItemsOn(WorklistKind.DiscussionsDue, "2018-02-12").Single().DueOn);
        Assert.Empty(register.On(WorklistKind.DiscussionsOverdue, "2018-02-12"));
        Assert.Empty(register.On(WorklistKind.DiscussionsDue, "2018-02-13"));
        Assert.Equal(["a"], register.On(WorklistKind.DiscussionsOverdue, "2018-02-13"));

        register.Caseload.ApplyOwn(new WorkingDayRuleSet(SaturdayCounts: true), Day("2018-02-01"));
        Assert.Equal(["a"], register.On(WorklistKind.DiscussionsOverdue, "2018-02-10"));

        register.With("a", On("2018-02-08", new AttendMeeting("m1")));
        Assert.Empty(register.On(WorklistKind.DiscussionsOverdue, "2018-03-01"));
    }

    [Fact]
    public void An_assessment_to_start_is_on_the_list_until_it_is_started_or_the_referral_put_aside()
    {
        var register = new Register().With("a", Registered).With("a", On("2018-02-01", OfOver75))
            .With("b", Registered).With("b", On("2018-02-01", OfOver75)).With("c", Referred);
        Assert.Equal(["a", "b"], register.On(WorklistKind.AssessmentStartsDue, "2018-02-02"));

        register.With("a", On("2018-02-05", new StartAssessment("r1")))
            .With("b", On("2018-02-05", new RecordReferralNotInvestigated("r1", Words("Moved abroad"))));
        Assert.Empty(register.On(WorklistKind.AssessmentStartsDue, "2018-02-06"));
    }

    [Fact]
    public void Repeated_needs_miss_an_own_worker_and_long_term_needs_a_plan_too()
    {
        var repeated = Assessing with { Needs = [new(Housing, SupportDuration.Repeated)] };
        var temporary = Assessing with { Needs = [new(Housing, SupportDuration.Temporary)] };
        var register = new Register().With("a", Assessed)
            .With("b", Registered).With("b", On("2018-03-01", repeated))
            .With("c", Registered).With("c", On("2018-03-01", temporary));
        Assert.Equal(["a", "b"], register.On(WorklistKind.OwnWorkersMissing, "2018-03-02"));
        Assert.Equal(["a"], register.On(WorklistKind.PlansMissing, "2018-03-02"));

        register.With("a", On("2018-03-03", new AssignWorker("w1", true)), On("2018-03-10", Planning))
            .With("b", On("2018-03-03", new AssignWorker("w1", false)));
        Assert.Equal(["b"], register.On(WorklistKind.OwnWorkersMissing, "2018-03-11"));
        Assert.Empty(register.On(WorklistKind.PlansMissing, "2018-03-11"));
    }

    [Fact]
    public void An_own_worker_is_not_taken_away_from_a_repeated_or_long_term_need()
    {
        var client = GivenClient(Assessed).And("2018-03-03", new AssignWorker("w1", true));
        client.When("2018-03-04", new AssignWorker("w2", false))
            .ThenRefused(RejectionCodes.OwnWorkerRequired, "ownWorker");
        client.When("2018-03-04", new AssignWorker("w2", true)).Then(new WorkerAssigned("w2", true));
    }

    private static IReadOnlyList<Deadline> Of(Given<ClientState> client) =>
        Deadlines.Of(client.State, MunicipalityDecider.Initial);

    private static Deadline Only(Given<ClientState> client) => Of(client).Single();
}
