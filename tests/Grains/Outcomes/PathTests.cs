using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Outcomes;

/// <summary>When clients of 1.2.2018 first began work, study and services, and what came before.</summary>
public sealed class PathTests
{
    private readonly Register _municipality = new((StudyArm.OsstAndEmployment, "2018-01-01", null));

    [Fact]
    public void The_first_beginning_after_the_referral_counts_by_its_month()
    {
        With(Began(EmploymentKind.WorkTrial, "2018-05-02"), Began(EmploymentKind.RehabilitativeWork, "2018-03-30"),
            Began(EmploymentKind.SubsidisedWork, "2018-02-01"));
        Assert.Equal((1, PathEnd.Began), End(EmploymentPath.Work)); // The index month is the first.
        Assert.Equal((2, PathEnd.Began), End(EmploymentPath.Service));
        Assert.Equal((0, PathEnd.Open), End(EmploymentPath.Study));
    }

    [Fact]
    public void What_began_before_the_referral_is_counted_beside()
    {
        With(Began(EmploymentKind.OpenLabourMarket, "2018-01-20"));
        Assert.Equal((0, PathEnd.Open), End(EmploymentPath.Work));
        Assert.Equal([EmploymentPath.Work], Sums().Before.Keys.Select(key => key.Path));
    }

    [Fact]
    public void Death_a_move_and_a_closing_for_good_come_before_what_begins_after_them()
    {
        With(On("2018-04-10", new CloseMatter(ClosingReason.Died)));
        Assert.Equal((3, PathEnd.Died), End(EmploymentPath.Study));
    }

    [Fact]
    public void A_move_ends_the_waiting()
    {
        With(On("2018-04-10", new MoveToMunicipality("837")), Began(EmploymentKind.Study, "2018-09-01"));
        Assert.Equal((3, PathEnd.Moved), End(EmploymentPath.Study));
    }

    [Fact]
    public void A_closing_ends_the_waiting_unless_something_began_in_its_month()
    {
        With(On("2018-06-10", new CloseMatter(ClosingReason.WorkOrStudy)), Began(EmploymentKind.Study, "2018-06-20"),
            Began(EmploymentKind.OpenLabourMarket, "2018-07-01"));
        Assert.Equal((5, PathEnd.Began), End(EmploymentPath.Study));
        Assert.Equal((5, PathEnd.Closed), End(EmploymentPath.Work));
    }

    [Fact]
    public void A_closing_that_was_taken_back_ends_nothing()
    {
        With(On("2018-06-10", new CloseMatter(ClosingReason.Other)), On("2018-07-10", new ReopenMatter()),
            Began(EmploymentKind.Study, "2018-09-01"));
        Assert.Equal((8, PathEnd.Began), End(EmploymentPath.Study));
    }

    [Fact]
    public void A_client_without_a_Kela_referral_is_not_followed()
    {
        _municipality.With("a",
            [.. Registered, On("2018-02-01", FromKela with { Source = ReferralSource.DropInCentre })]);
        Assert.Empty(Sums().Ends);
    }

    private static Step Began(EmploymentKind kind, string day) =>
        On(Today, new RecordEmploymentOutcome(kind, Day(day)));

    private void With(params Step[] steps) => _municipality.With("a", [.. Referred, .. steps]);

    private (int Months, PathEnd End) End(EmploymentPath path)
    {
        var (key, count) = Assert.Single(Sums().Ends, end => end.Key.Path == path);
        Assert.Equal(1, count);
        return (key.Months, key.End);
    }

    private PathSums Sums()
    {
        var sums = new PathSums();
        _municipality.Outcomes().AddTo(sums);
        return sums;
    }
}
