using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Caseload;

/// <summary>What each event makes of a client's row, whatever the order of recording.</summary>
public sealed class RowFoldTests
{
    private static readonly RecordContactAttempt Letter = new(ContactChannel.Letter, Reached: false);

    private readonly Register _register = new();

    [Fact]
    public void A_case_goes_through_its_statuses()
    {
        var seen = new List<CaseStatus>();
        Step[] life =
        [
            .. Referred, On("2018-02-05", Letter with { ReferralId = "r1" }), On("2018-02-10", Booking),
            On("2018-02-20", new AttendMeeting("m1")), On("2018-03-01", Assessing), On("2018-03-10", Planning),
            On("2018-06-10", Reviewing), On("2018-12-31", new CloseMatter(ClosingReason.GoalsReached)),
            On("2019-01-31", new ReopenMatter()),
        ];
        foreach (var step in life)
        {
            seen.Add(_register.With("a", step).Row("a").Status);
            Assert.Equal(1, _register.Metrics().Of(LiveMetrics.ByStatus)[(int)seen[^1]]);
        }
        Assert.Equal(
            [
                CaseStatus.Registered, CaseStatus.Referred, CaseStatus.Contacted, CaseStatus.MeetingBooked,
                CaseStatus.Met, CaseStatus.Assessed, CaseStatus.InPlan, CaseStatus.InPlan, CaseStatus.Closed,
                CaseStatus.InPlan,
            ],
            seen);
    }

    [Fact]
    public void A_referral_left_uninvestigated_waits_for_no_contact()
    {
        _register.With("a", Referred);
        Assert.NotEqual(0, _register.Row("a").WaitsForContactSince);
        _register.With("a", On("2018-02-03", new RecordReferralNotInvestigated("r1", Words("No staff"))));
        var row = _register.Row("a");
        Assert.Equal((CaseStatus.NotInvestigated, 0), (row.Status, row.WaitsForContactSince));
    }

    [Fact]
    public void The_latest_assessment_counts_and_not_the_one_recorded_last()
    {
        _register.With(
            "a", [.. Registered, On("2018-05-01", Assessing), On("2018-03-01", new AssessNeed(Clientship: false))]);
        Assert.Equal(CaseStatus.Assessed, _register.Row("a").Status);
        _register.With("a", On("2018-05-01", new AssessNeed(Clientship: false)));
        Assert.Equal(CaseStatus.NoClientship, _register.Row("a").Status);
    }

    [Fact]
    public void A_contact_before_the_referral_is_no_answer_to_it()
    {
        _register.With("a", [.. Referred, On("2018-01-20", Letter)]);
        Assert.Equal(CaseStatus.Referred, _register.Row("a").Status);
        _register.With("a", On("2018-02-01", Letter));
        Assert.Equal(CaseStatus.Contacted, _register.Row("a").Status);
    }

    [Fact]
    public void The_first_day_of_a_step_counts_and_not_the_one_recorded_first()
    {
        _register.With(
            "a", [.. Booked, On("2018-02-20", new AttendMeeting("m1")),
            On("2018-02-09", Letter), On("2018-02-04", Letter)]);
        var chain = _register.Row("a").Chain;
        Assert.Equal(Day("2018-02-04").DayNumber, chain.ContactedOn);
        Assert.Equal(Day("2018-02-20").DayNumber, chain.MetOn);
    }

    [Fact]
    public void A_referral_recorded_late_does_not_take_the_place_of_a_more_recent_one()
    {
        var late = FromKela with { ReferralId = "r0", Reason = ReferralReason.Reduction40 };
        _register.With("a", [.. Referred, On("2018-01-20", late), On("2018-02-05", Letter with { ReferralId = "r1" })]);
        var row = _register.Row("a");
        Assert.Equal((ReferralReason.Need, CaseStatus.Contacted), (row.Chain.Reason, row.Status));
    }

    [Fact]
    public void A_worker_and_a_method_stand_in_the_row_until_replaced()
    {
        _register.With("a", [.. Planned, On("2018-04-01", new AssignWorker("w1", true))]);
        Assert.Equal(1, _register.Metrics().Of(LiveMetrics.ByWorker)["w1"]);
        Assert.Equal(1, _register.Metrics().Of(LiveMetrics.ByMethod)[IntensiveWork]);
        _register.With("a", On("2018-05-01", new AssignWorker("w2", true)),
            On("2018-05-02", Planning with { PlanId = "p2", Services = [new(EmploymentServices)] }));
        Assert.Equal(["w2"], _register.Metrics().Of(LiveMetrics.ByWorker).Keys);
        Assert.Empty(_register.Metrics().Of(LiveMetrics.ByMethod));
    }

    [Theory]
    [InlineData(CaseStatus.Referred, OverdueKind.Contact, "2018-02-08", "2018-02-09")]
    [InlineData(CaseStatus.InPlan, OverdueKind.Review, "2018-06-08", "2018-06-09")]
    [InlineData(CaseStatus.MeetingBooked, OverdueKind.MeetingOutcome, "2018-02-20", "2018-02-21")]
    public void Something_is_late_the_day_after_its_last_day(
        CaseStatus status, OverdueKind kind, string last, string late)
    {
        _register.With("a", status switch
        {
            CaseStatus.Referred => Referred,
            CaseStatus.InPlan => Planned,
            _ => Booked,
        });
        Assert.Equal(0, _register.Metrics(on: Day(last)).Of(LiveMetrics.Overdue)[(int)kind]);
        Assert.Equal(1, _register.Metrics(on: Day(late)).Of(LiveMetrics.Overdue)[(int)kind]);
        Assert.Equal(0, _register.Metrics(new() { Overdue = kind }, Day(last)).Clients);
        Assert.Equal(1, _register.Metrics(new() { Overdue = kind }, Day(late)).Clients);
        _register.With("a", On("2018-03-11", new CloseMatter(ClosingReason.Other)));
        Assert.Equal(0, _register.Metrics(on: Day(late)).Of(LiveMetrics.Overdue)[(int)kind]);
    }

    [Fact]
    public void An_unknown_event_counts_its_version_and_a_missing_one_is_asked_for()
    {
        _register.With("a", Registered);
        Assert.True(_register.Caseload.Apply("a", 2, 9, null, Day(Today)));
        Assert.Equal(2, _register.Caseload.VersionOf("a"));
        Assert.True(_register.Caseload.Apply("a", 1, 1, null, Day(Today)));
        Assert.False(_register.Caseload.Apply("a", 4, 11, null, Day(Today)));
        Assert.Equal(2, _register.Caseload.VersionOf("a"));
    }
}
