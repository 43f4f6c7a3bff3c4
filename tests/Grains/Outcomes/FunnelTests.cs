using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Outcomes;

public sealed class FunnelTests
{
    private static readonly RecordContactAttempt Letter = new(ContactChannel.Letter, Reached: false);

    private readonly Register _register = new((StudyArm.OsstAndEmployment, "2018-01-01", "2018-12-31"));

    [Fact]
    public void Steps_and_the_days_between_them_are_counted_in_the_month_of_receipt()
    {
        _register.With(
            "a", [.. Booked, On("2018-02-05", Letter), On("2018-02-20", new AttendMeeting("m1")),
            On("2018-03-01", Assessing), On("2018-03-10", Planning)]);
        _register.With("b", Referred);
        var row = Rows("2018-02", "2018-02")[ReferralReason.Need];
        Assert.Equal([2, 1, 1, 1, 1], Enum.GetValues<ReferralStep>().Select(row.Reached));
        Assert.Equal([4L, 15, 9, 9], Enum.GetValues<ReferralStep>().Skip(1).Select(s => row.DaysTo(s).TotalDays));
        Assert.Equal((15.0, 21), (row.DaysTo(ReferralStep.Met).Mean, row.DaysTo(ReferralStep.Met).MedianAtMost));
        Assert.Empty(Rows("2018-03", "2018-12"));
    }

    [Fact]
    public void A_client_met_without_a_contact_was_contacted_that_day()
    {
        _register.With("a", [.. Booked, On("2018-02-20", new AttendMeeting("m1"))]);
        var row = Rows("2018-01", "2018-12")[ReferralReason.Need];
        Assert.Equal((1, 1), (row.Reached(ReferralStep.Contacted), row.Reached(ReferralStep.Met)));
        Assert.Equal((19L, 0L), (row.DaysTo(ReferralStep.Contacted).TotalDays, row.DaysTo(ReferralStep.Met).TotalDays));
    }

    [Fact]
    public void Days_follow_the_first_contact_also_when_it_is_recorded_last()
    {
        _register.With("a", [.. Referred, On("2018-02-25", Letter), On("2018-02-03", Letter)]);
        var days = Rows("2018-01", "2018-12")[ReferralReason.Need].DaysTo(ReferralStep.Contacted);
        Assert.Equal((1, 2L), (days.Count, days.TotalDays));
    }

    [Fact]
    public void A_step_counts_for_the_referral_that_it_names_also_for_an_older_one_recorded_late()
    {
        _register.With("a", [.. Referred, On("2018-02-05", Letter)]);
        _register.With("a", On("2018-05-01", FromKela with { ReferralId = "r2", Reason = ReferralReason.Reduction20 }));
        _register.With("a", On("2018-01-20", FromKela with { ReferralId = "r0", Reason = ReferralReason.Reduction40 }));
        _register.With("a", On("2018-05-03", Letter), On("2018-05-04", Letter with { ReferralId = "r0" }));
        var rows = Rows("2018-01", "2018-12");
        Assert.Equal(
            [(ReferralReason.Need, 1, 1), (ReferralReason.Reduction20, 1, 1), (ReferralReason.Reduction40, 1, 1)],
            rows.OrderBy(r => r.Key).Select(r =>
                (r.Key, r.Value.Reached(ReferralStep.Received), r.Value.Reached(ReferralStep.Contacted))));
        Assert.Equal(104, rows[ReferralReason.Reduction40].DaysTo(ReferralStep.Contacted).TotalDays);
    }

    [Fact]
    public void A_repeated_notice_within_a_month_is_the_same_episode_and_a_later_one_another()
    {
        _register.With("a", [.. Referred, On("2018-02-28", FromKela with { ReferralId = "r2" })]);
        _register.With("a", On("2018-03-01", FromKela with { ReferralId = "r3" }));
        _register.With("a", On("2018-03-05", Letter with { ReferralId = "r2" }));
        var all = Rows("2018-01", "2018-12")[ReferralReason.Need];
        Assert.Equal((2, 1), (all.Reached(ReferralStep.Received), all.Reached(ReferralStep.Contacted)));
        Assert.Equal(1, Rows("2018-02", "2018-02")[ReferralReason.Need].Reached(ReferralStep.Contacted));
    }

    [Fact]
    public void Sources_are_told_apart()
    {
        _register.With("a", Referred);
        var own = FromKela with { Source = ReferralSource.ClientOwnContact };
        _register.With("b", [.. Registered, On("2018-02-01", own)]);
        Assert.Equal(1, Rows("2018-01", "2018-12", source: ReferralSource.Kela)[ReferralReason.Need]
            .Reached(ReferralStep.Received));
        Assert.Equal(2, Rows("2018-01", "2018-12")[ReferralReason.Need].Reached(ReferralStep.Received));
    }

    [Fact]
    public void What_else_became_of_a_referral_is_counted()
    {
        _register.With(
            "a", [.. Referred, On("2018-02-02", new RegisterReferral("r1", ReferralMeasure.ProcessBegins, 2)),
            On("2018-02-05", Letter with { Reached = true }), On("2018-02-10", Booking)]);
        _register.With(
            "b", [.. Referred, On("2018-02-03", new RecordReferralNotInvestigated("r1", Words("No staff")))]);
        var row = Rows("2018-01", "2018-12")[ReferralReason.Need];
        Assert.Equal([1, 1, 0, 1, 1], Enum.GetValues<ReferralMoment>().Select(row.Of));
    }

    [Fact]
    public void Attendance_is_counted_by_the_reason_for_which_the_meeting_was_booked()
    {
        _register.With(
            "a", [.. Booked, On("2018-02-15", FromKela with { ReferralId = "r2", Reason = ReferralReason.Reduction20 }),
            On("2018-02-20", new AttendMeeting("m1")),
            On("2018-02-21", Booking with { MeetingId = "m2", MeetingOn = Day("2018-03-01") }),
            On("2018-03-01", new MissMeeting("m2")),
            On("2018-03-02", Booking with { MeetingId = "m3", MeetingOn = Day("2018-04-01") }),
            On("2018-03-05", new CancelMeeting("m3", CancellationCause.Organisation))]);
        var rows = Rows("2018-01", "2018-12");
        Assert.Equal((1, 0, 0), Meetings(rows[ReferralReason.Need]));
        Assert.Equal((0, 1, 1), Meetings(rows[ReferralReason.Reduction20]));
        Assert.Equal(1.0, rows[ReferralReason.Need].AttendanceRate);
        Assert.Equal(0.0, rows[ReferralReason.Reduction20].AttendanceRate);
        Assert.Null(new ReferralFunnel().AttendanceRate);
    }

    [Fact]
    public void An_unnamed_meeting_is_of_the_referral_that_was_open_and_not_of_a_second_notice()
    {
        var second = On("2018-02-15", FromKela with { ReferralId = "r2", Reason = ReferralReason.Reduction20 });
        var unnamed = Booking with { ReferralId = null, MeetingOn = Day("2018-02-25") };
        _register.With(
            "a", [.. Referred, second, On("2018-02-20", unnamed), On("2018-02-25", new AttendMeeting("m1")),
            On("2018-03-01", Assessing), On("2018-03-10", Planning)]);
        var rows = Rows("2018-01", "2018-12");
        Assert.Equal([1, 1, 1, 1, 1], Enum.GetValues<ReferralStep>().Select(rows[ReferralReason.Need].Reached));
        Assert.Equal([1, 0, 0, 0, 0], Enum.GetValues<ReferralStep>().Select(rows[ReferralReason.Reduction20].Reached));
        _register.With(
            "a", On("2018-04-20", unnamed with { MeetingId = "m2", MeetingOn = Day("2018-04-25") }),
            On("2018-04-25", new AttendMeeting("m2")));
        Assert.Equal(1, Rows("2018-01", "2018-12")[ReferralReason.Reduction20].Reached(ReferralStep.Met));
    }

    [Theory]
    [InlineData("2018-05-15", false)]
    [InlineData("2018-02-10", true)]
    public void A_referral_that_is_long_past_or_closed_is_not_open_any_more(string second, bool closed)
    {
        var next = FromKela with { ReferralId = "r2", Reason = ReferralReason.Reduction20 };
        Step[] between = closed
            ? [
                On("2018-02-05", new CloseMatter(ClosingReason.NotReached)),
                On("2018-02-08", new ReopenMatter(NewMatter: true)),
            ]
            : [];
        _register.With(
            "a", [.. Referred, .. between, On(second, next),
            On(second, Booking with { ReferralId = null, MeetingOn = Day("2018-06-01") }),
            On("2018-06-01", new AttendMeeting("m1"))]);
        var rows = Rows("2018-01", "2018-12");
        Assert.Equal(
            (0, 1), (rows[ReferralReason.Need].Reached(ReferralStep.Met),
            rows[ReferralReason.Reduction20].Reached(ReferralStep.Met)));
    }

    [Fact]
    public void Only_months_in_the_arm_count_for_the_arm()
    {
        _register.With("a", [.. Registered, On("2018-12-31", FromKela)]);
        _register.With("b", [.. Registered, On("2019-01-01", FromKela)]);
        var arm = Rows("2018-01", "2019-12", StudyArm.OsstAndEmployment);
        Assert.Equal(1, arm[ReferralReason.Need].Reached(ReferralStep.Received));
        Assert.Empty(Rows("2018-01", "2019-12", StudyArm.Neither));
    }

    [Fact]
    public void What_happened_here_stays_counted_when_the_client_moves_away_and_is_not_counted_again_there()
    {
        _register.With("a", [.. Referred, On("2018-02-05", Letter), On("2018-03-01", new MoveToMunicipality("837"))]);
        Assert.Equal(1, Rows("2018-01", "2018-12")[ReferralReason.Need].Reached(ReferralStep.Contacted));
        var there = new Dictionary<ReferralReason, ReferralFunnel>();
        _register.Outcomes("837").AddTo(there, new OutcomePeriod(0, int.MaxValue, null), null, new MunicipalityState());
        Assert.Empty(there);
    }

    private static (int, int, int) Meetings(ReferralFunnel row) => (row.Attended, row.Missed, row.Cancelled);

    private Dictionary<ReferralReason, ReferralFunnel> Rows(
        string from, string to, StudyArm? arm = null, ReferralSource? source = null)
    {
        var rows = new Dictionary<ReferralReason, ReferralFunnel>();
        _register.Outcomes().AddTo(
            rows, new OutcomePeriod(MonthSet.NumberOf(from), MonthSet.NumberOf(to), arm), source,
            _register.Caseload.Municipality);
        return rows;
    }
}
