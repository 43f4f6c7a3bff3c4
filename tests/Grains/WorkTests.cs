using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Work;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>Work beyond the office, and what a social worker decides of employment.</summary>
public sealed class WorkTests
{
    private static readonly CodedValue Community = new(CodeSystems.LocalMethods, "COMMUNITY_WORK");

    private static readonly RecordInterview Interviewing = new("i1", IntervieweeRole.SocialWorker)
    {
        Notes = [new(InterviewTopic.Methods, "Meeting outside the office works.")],
    };

    private static Step[] Registered => [On("2018-01-02", Kemijarvi)];

    [Fact]
    public void Work_is_summed_by_month_and_method()
    {
        var done = GivenMunicipality(Registered)
            .When("2018-03-01", new RecordActivity(Community, 90, 12, "Village evening"))
            .Then(new ActivityRecorded(Community, 90, 12, "Village evening"))
            .And("2018-03-20", new RecordActivity(Community, 30, 3))
            .And("2018-02-20", new RecordActivity(IntensiveWork, 45, 1))
            .State.Work;
        Assert.Equal(
            [new WorkDone("2018-02", IntensiveWork, 1, 45, 1), new WorkDone("2018-03", Community, 2, 120, 15)], done);
    }

    [Fact]
    public void A_centre_sums_its_own_work() => Assert.Equal(
        [new WorkDone("2018-03", Community, 1, 60, 8)],
        GivenCentre(On("2018-01-10", Centre)).And("2018-03-01", new RecordCentreActivity(Community, 60, 8)).State.Work);

    [Theory]
    [InlineData(0, 5, RejectionCodes.OutOfRange, "minutes")]
    [InlineData(60, -1, RejectionCodes.OutOfRange, "participants")]
    public void Work_has_a_length_and_a_count(int minutes, int participants, string code, string field) =>
        GivenMunicipality(Registered).When("2018-03-01", new RecordActivity(Community, minutes, participants))
            .ThenRefused(code, field);

    [Fact]
    public void Work_is_done_by_a_method_of_the_list() => GivenMunicipality(Registered)
        .When("2018-03-01", new RecordActivity(Housing, 60, 5)).ThenRefused(RejectionCodes.UnknownCode, "method");

    [Fact]
    public void Totals_have_others_participants_on_the_grid_and_no_small_counts()
    {
        var totals = new WorkTotals();
        totals.Add([new WorkDone("2018-03", Community, 1, 60, 18)], null, null, exact: false);
        totals.Add([new WorkDone("2018-03", Community, 1, 60, 3)], null, null, exact: false);
        totals.Add([new WorkDone("2018-04", Community, 1, 60, 3)], "2018-03", "2018-03", exact: true);
        Assert.True(totals.Withheld);
        Assert.Equal([new WorkTotal("2018-03", Community, 2, 120, 15)], totals.Rows);
        var own = new WorkTotals();
        own.Add([new WorkDone("2018-03", Community, 1, 60, 3)], null, null, exact: true);
        Assert.Equal((3, false), (own.Rows[0].Participants!.Value, own.Withheld));
    }

    [Fact]
    public void An_interview_is_recorded_once()
    {
        var municipality = GivenMunicipality(Registered).And("2018-06-01", Interviewing);
        municipality.When("2018-06-01", Interviewing).ThenNothing();
        municipality.When("2018-06-01", Interviewing with { Role = IntervieweeRole.Management })
            .ThenRefused(RejectionCodes.InterviewIdTaken, "interviewId");
        Assert.Equal(Day("2018-06-01"), municipality.State.Interviews.Single().HeldOn);
    }

    [Fact]
    public void An_interview_has_notes_with_words()
    {
        GivenMunicipality(Registered).When("2018-06-01", Interviewing with { Notes = [] })
            .ThenRefused(RejectionCodes.FieldRequired, "notes");
        GivenMunicipality(Registered)
            .When("2018-06-01", Interviewing with { Notes = [new(InterviewTopic.Other, " ")] })
            .ThenRefused(RejectionCodes.FieldRequired, "notes[0].text");
        GivenMunicipality(Registered)
            .When("2018-06-01", Interviewing with { Notes = [new(InterviewTopic.Other, new string('x', 2_001))] })
            .ThenRefused(RejectionCodes.TextTooLong, "notes[0].text");
    }

    [Fact]
    public void A_decision_follows_the_plan_that_it_names()
    {
        var plan = new MakeEmploymentPlan("e1") { Steps = [new(EmploymentKind.WorkTrial, Day("2018-06-01"))] };
        var decision = new RecordEmploymentDecision(
            "d1", EmploymentKind.WorkTrial, Granted: true, Words("Agreed"), PlanId: "e1");
        var client = GivenClient(Sample.Registered);
        client.When("2018-05-02", decision).ThenRefused(RejectionCodes.EmploymentPlanUnknown, "planId");
        client.And("2018-05-01", plan).And("2018-05-02", decision);
        client.When("2018-05-02", plan).ThenRefused(RejectionCodes.PlanIdTaken, "planId");
        client.When("2018-05-02", decision).ThenRefused(RejectionCodes.DecisionIdTaken, "decisionId");
        client.When("2018-05-03", new MarkRecordedInError(2, Words("Wrong client")))
            .ThenRefused(RejectionCodes.EntryBuiltOn, "entry");
        Assert.Equal((1, 1), (client.State.EmploymentPlans.Count, client.State.EmploymentDecisions.Count));
    }

    [Fact]
    public void A_decision_says_why() => GivenClient(Sample.Registered)
        .When("2018-05-02", new RecordEmploymentDecision("d1", EmploymentKind.Study, Granted: false, default))
        .ThenRefused(RejectionCodes.FieldRequired, "grounds");
}
