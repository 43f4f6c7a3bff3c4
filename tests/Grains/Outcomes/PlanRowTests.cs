using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Outcomes;

/// <summary>Dose, services and agreed reviews of first plan episodes. The plan is of 10.3.2018; its 90 days end on
/// 7.6.2018.</summary>
public sealed class PlanRowTests
{
    private readonly Register _municipality = new((StudyArm.OsstAndEmployment, "2018-01-01", null));

    [Theory]
    [InlineData(DoseBand.None, new int[0], 0)]
    [InlineData(DoseBand.UnderTwoHours, new[] { 60 }, 59)]
    [InlineData(DoseBand.TwoToFiveHours, new[] { 60 }, 60)]
    [InlineData(DoseBand.TwoToFiveHours, new[] { 120, 179 }, 0)]
    [InlineData(DoseBand.FiveHoursOrMore, new[] { 120, 120 }, 60)]
    [InlineData(DoseBand.NotRecorded, new[] { 120, 0 }, 60)]
    public void Minutes_of_meetings_and_contacts_make_a_fixed_band(DoseBand band, int[] meetings, int contact)
    {
        Step[] met = [.. meetings.SelectMany((minutes, i) => Met($"d{i}", $"2018-04-{10 + i}", minutes))];
        Step[] called = contact == 0 ? [] : [On("2018-05-02", Call(contact))];
        _municipality.With("a", [.. Planned, .. met, .. called, On("2018-06-10", Reviewing)]);
        var rows = Ask();
        Assert.Equal(1, rows.Of(PlanRow.Dose, PlanRows.CodeOf((int)band), PlanCount.Clients));
        Assert.Equal(1, rows.Of(PlanRow.Dose, PlanRows.CodeOf((int)band), PlanCount.WithClient));
        Assert.Equal((1, 1), Counts(rows, band));
    }

    [Fact]
    public void Minutes_count_from_the_plans_day_to_its_ninetieth()
    {
        _municipality.With("a",
        [
            .. Assessed, .. Met("before", "2018-03-09", 120), On("2018-03-10", Planning),
            .. Met("first", "2018-03-10", 30), .. Met("last", "2018-06-07", 30), .. Met("after", "2018-06-08", 500),
            On("2018-06-08", Reviewing),
        ]);
        Assert.Equal((1, 1), Counts(Ask(), DoseBand.UnderTwoHours));
    }

    [Fact]
    public void A_review_within_the_ninety_days_is_no_outcome_of_their_dose()
    {
        _municipality.With("a", [.. Planned, .. Met("m", "2018-04-10", 60), On("2018-06-07", Reviewing)]);
        var (rows, code) = (Ask(), PlanRows.CodeOf((int)DoseBand.UnderTwoHours));
        Assert.Equal(1, rows.Of(PlanRow.Dose, code, PlanCount.Clients));
        Assert.Equal(0, rows.Of(PlanRow.Dose, code, PlanCount.Reviewed));
        Assert.Equal((0, 0), Counts(rows, DoseBand.UnderTwoHours));
    }

    [Fact]
    public void Two_calls_of_one_day_and_length_are_two()
    {
        _municipality.With("a", [.. Planned, On("2018-05-02", Call(60)), On("2018-05-02", Call(60)),
            On("2018-06-10", Reviewing)]);
        Assert.Equal((1, 1), Counts(Ask(), DoseBand.TwoToFiveHours));
    }

    [Fact]
    public void A_service_was_planned_and_used_planned_and_not_or_used_without_a_plan()
    {
        _municipality.With("a", [.. Planned, On("2018-06-10", Reviewing)]);
        _municipality.With("b", [.. Planned, On("2018-06-10", Reviewing with
        {
            Services =
            [
                new(EmploymentServices, Usage.NotKnown), new(AnySocialService, Usage.Used, SocialRehabilitation),
            ],
        })]);
        _municipality.With("c", Planned); // Without a review nothing is known of services.
        Assert.Equal(
            [
                (PlanRow.ServiceUsed, SocialWork, 1), (PlanRow.ServiceNotUsed, EmploymentServices, 1),
                (PlanRow.ServiceUnanswered, EmploymentServices, 1), (PlanRow.ServiceUnanswered, SocialWork, 1),
                (PlanRow.ServiceUnplanned, SocialRehabilitation, 1),
            ],
            Ask().Counts.Where(it => it.Key.Row is >= PlanRow.ServiceUsed and <= PlanRow.ServiceUnplanned)
                .Select(it => (it.Key.Row, it.Key.Code, it.Value))
                .OrderBy(it => it.Row).ThenByDescending(it => it.Code.System == CodeSystems.PlannedServices)
                .ThenBy(it => it.Code.Code, StringComparer.Ordinal));
    }

    [Fact]
    public void An_agreed_review_is_held_in_time_late_or_agreed_anew()
    {
        var agreed = Planning with { NextReviewOn = Day("2018-06-10") };
        Step[] until = [.. Assessed, On("2018-03-10", agreed)];
        _municipality.With("in time", [.. until, On("2018-06-10", Reviewing)]);
        _municipality.With("late", [.. until, On("2018-06-11", Reviewing)]);
        _municipality.With("never", until);
        _municipality.With("closed", [.. until, On("2018-06-09", new CloseMatter(ClosingReason.GoalsReached))]);
        _municipality.With("anew", [.. until, On("2018-05-01", Planning with { PlanId = "p2" })]);
        _municipality.With("none agreed", [.. Planned, On("2018-06-10", Reviewing)]);
        Assert.Equal(
            [((MonthSet.NumberOf("2018-06"), false), 2), ((MonthSet.NumberOf("2018-06"), true), 1)],
            Ask().Agreed.Select(it => (it.Key, it.Value)).Order());
    }

    [Fact]
    public void A_method_without_an_answer_stands_in_a_row_of_its_own()
    {
        _municipality.With("a", [.. Planned, On("2018-06-10", Reviewing with { Methods = [] })]);
        var rows = Ask();
        Assert.Equal(1, rows.Of(PlanRow.MethodUnanswered, IntensiveWork, PlanCount.Clients));
        Assert.Equal(2, rows.GoalsOf(PlanRow.MethodUnanswered, IntensiveWork).Total);
        Assert.Equal(0, rows.Of(PlanRow.MethodUsed, IntensiveWork, PlanCount.Clients));
    }

    private static IEnumerable<Step> Met(string meeting, string day, int minutes) =>
    [
        On("2018-03-01", Booking with { MeetingId = meeting, MeetingOn = Day(day) }),
        On(day, new AttendMeeting(meeting, Minutes: minutes == 0 ? null : minutes)),
    ];

    private static RecordContactAttempt Call(int minutes) => new(ContactChannel.Phone, true, Minutes: minutes);

    private static (int Attained, int Partly) Counts(PlanRows rows, DoseBand band)
    {
        var goals = rows.GoalsOf(PlanRow.Dose, PlanRows.CodeOf((int)band));
        return (goals.Of(Attainment.Attained), goals.Of(Attainment.Partly));
    }

    private PlanRows Ask()
    {
        var outcomes = new AvainOutcomes();
        _municipality.Outcomes().AddTo(
            outcomes, new OutcomePeriod(MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2019-12"), null),
            _municipality.Caseload.Municipality);
        return outcomes.Rows;
    }
}
