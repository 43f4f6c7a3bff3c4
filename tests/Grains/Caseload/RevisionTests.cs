using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Caseload;

/// <summary>A caseload counts what stands: an entry recorded in error was never there.</summary>
public sealed class RevisionTests
{
    private static readonly OutcomePeriod Always = new(0, int.MaxValue, null);

    [Fact]
    public void A_marked_contact_leaves_the_referral_waiting_again()
    {
        var register = new Register().With("a", [.. Referred, Call("2018-02-05"), Wrong(3)]);
        Assert.Equal(CaseStatus.Referred, register.Row("a").Status);
        Assert.Equal(["a"], register.On(WorklistKind.ContactOverdue, "2018-03-01"));
        Assert.Equal(0, Funnel(register).Reached(ReferralStep.Contacted));
        Assert.Equal(1, Funnel(register).Reached(ReferralStep.Received));
        Assert.Equal(4, register.Row("a").Version);
    }

    [Fact]
    public void A_marked_meeting_is_not_in_the_attendance()
    {
        var register = new Register().With("a", [.. Booked, On("2018-02-20", new AttendMeeting("m1")), Wrong(4)])
            .With("b", [.. Booked, On("2018-02-20", new AttendMeeting("m1"))]);
        Assert.Equal(1, Funnel(register).Attended);
        Assert.Equal(CaseStatus.MeetingBooked, register.Row("a").Status);
    }

    [Fact]
    public void A_referral_of_somebody_else_leaves_no_trace_in_the_figures()
    {
        var register = new Register().With("a", [.. Referred, Wrong(2)]);
        var funnel = new Dictionary<ReferralReason, ReferralFunnel>();
        register.Outcomes().AddTo(funnel, Always, null, register.Caseload.Municipality);
        Assert.Empty(funnel);
        Assert.Equal(CaseStatus.Registered, register.Row("a").Status);
        Assert.Equal(1, register.Metrics().Clients);
    }

    [Fact]
    public void A_marked_review_is_not_in_the_outcomes()
    {
        var register = new Register().With("a", [.. Planned, On("2018-06-08", Reviewing), Wrong(4)]);
        var outcomes = new AvainOutcomes();
        register.Outcomes().AddTo(outcomes, Always, register.Caseload.Municipality);
        Assert.Equal((0, 0), (outcomes.Reviews, outcomes.ByGoal.Count));
    }

    [Fact]
    public void Methods_and_workers_keep_their_numbers()
    {
        var register = new Register()
            .With("a", [.. Planned, On("2018-03-11", new AssignWorker("w9", true))])
            .With("b", [.. Planned, On("2018-03-11", new AssignWorker("w1", true)), Wrong(3)]);
        Assert.Equal("w1", register.List().Single(entry => entry.Client == "b").WorkerId);
        Assert.Equal(1, register.Metrics().Of(LiveMetrics.ByMethod)[IntensiveWork]);
    }

    private static ReferralFunnel Funnel(Register register)
    {
        var funnel = new Dictionary<ReferralReason, ReferralFunnel>();
        register.Outcomes().AddTo(funnel, Always, null, register.Caseload.Municipality);
        return funnel[ReferralReason.Need];
    }

    private static Step Call(string day) => On(day, new RecordContactAttempt(ContactChannel.Phone, false, "r1"));

    private static Step Wrong(long entry) =>
        On("2018-07-01", new MarkRecordedInError(entry, Words("Wrong client")));
}
