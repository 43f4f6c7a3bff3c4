using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>A grain takes so many of a thing and then says so, so that no state grows without bound.</summary>
public sealed class LimitTests
{
    [Fact]
    public void Of_referrals() => Fill(
        GivenClient(Registered), Limits.Referrals, i => FromKela with { ReferralId = $"r{i}" }, "referralId");

    [Fact]
    public void Of_meetings() => Fill(
        GivenClient(Registered),
        Limits.Meetings,
        i => Booking with { MeetingId = $"m{i}", MeetingOn = Day("2019-12-30") },
        "meetingId");

    [Fact]
    public void Of_plans() =>
        Fill(GivenClient(Assessed), Limits.Plans, i => Planning with { PlanId = $"p{i}" }, "planId");

    [Fact]
    public void Of_reviews() => Fill(GivenClient(Planned), Limits.Reviews, _ => Reviewing, "planId");

    [Fact]
    public void Of_moves() => Fill(
        GivenClient(Registered),
        Limits.Residences - 1,
        i => new MoveToMunicipality(i % 2 == 0 ? "837" : "297"),
        "municipality");

    [Fact]
    public void Of_employment_outcomes() => Fill(
        GivenClient(Registered),
        Limits.EmploymentOutcomes,
        i => new RecordEmploymentOutcome(EmploymentKind.WorkTrial, Day("2018-02-01").AddDays(i)),
        "kind");

    [Fact]
    public void Of_answers_to_measures() => Fill(
        GivenClient([.. Registered, On("2018-01-20", new GiveMeasureConsent())]),
        Limits.MeasureAnswers,
        i => new RecordMeasureAnswers("ESIS")
        {
            Answers = [new(1, (i % 5) + 1), new(2, (i / 5 % 5) + 1), new(3, (i / 25 % 5) + 1), new(4, (i / 125) + 1)],
        },
        "measure");

    [Fact]
    public void Of_employment_service_periods() => Fill(
        GivenClient(Registered),
        Limits.EmploymentServicePeriods,
        i => new RecordEmploymentServicePeriod(
            EmploymentServiceStanding.Unemployed, Day("2016-01-01").AddDays(i), Day("2016-01-01").AddDays(i)),
        "standing");

    [Fact]
    public void Of_arms() => Fill(
        GivenMunicipality(On("2017-12-01", Kemijarvi)),
        Limits.ArmPeriods,
        i => new PlaceInArm(StudyArm.Neither, Day("2018-01-01").AddDays(i), Day("2018-01-01").AddDays(i)),
        "arm");

    [Fact]
    public void Of_numbers_of_statistics() => Fill(
        GivenMunicipality(On("2017-12-01", Kemijarvi)),
        Limits.PanelValues,
        i => new RecordPanelValue(
            (PanelMeasure)(1 + (i / 200)), CalendarMonth.Of(Day("2001-01-01").AddMonths(i % 200)).ToString(), i),
        "month");

    [Fact]
    public void Of_social_workers() => Fill(
        GivenMunicipality(On("2017-12-01", Kemijarvi)),
        Limits.SocialWorkers,
        i => new AddSocialWorker($"w{i}"),
        "workerId");

    [Fact]
    public void Of_groups() => Fill(
        GivenCentre(On("2018-01-10", Centre)), Limits.Groups, i => new StartGroup($"g{i}", "Cooking"), "groupId");

    private static void Fill<TState>(Given<TState> grain, int limit, Func<int, ICommand> command, string field)
        where TState : class
    {
        for (var i = 0; i < limit; i++)
        {
            grain.And("2019-12-30", command(i));
        }
        grain.When("2019-12-30", command(limit)).ThenRefused(RejectionCodes.LimitReached, field);
    }
}
