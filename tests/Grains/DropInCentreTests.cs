using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.DropInCentre;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

public sealed class DropInCentreTests
{
    private static Step[] Registered => [On("2018-01-10", Centre)];

    private static Step[] Cooking => [.. Registered, On("2018-02-01", new StartGroup("g1", "Cooking"))];

    [Fact]
    public void A_centre_is_registered_once()
    {
        var centre = GivenCentre()
            .When("2018-01-10", Centre)
            .Then(new DropInCentreRegistered("320", "Kemijärven asukastupa", null)
            {
                OpeningDays = Centre.OpeningDays,
            });
        centre.When("2018-01-10", Centre).ThenNothing();
        centre.When("2018-01-10", Centre with { OpeningDays = [Weekday.Friday] })
            .ThenRefused(RejectionCodes.AlreadyRegistered, "id");
    }

    [Fact]
    public void Nothing_happens_at_a_centre_before_it_is_registered()
    {
        GivenCentre().When("2018-01-10", new RecordVisits(3)).ThenRefused(RejectionCodes.NotRegistered, "id");
        GivenCentre(Registered).When("2018-01-09", new RecordVisits(3))
            .ThenRefused(RejectionCodes.BeforeRegistration, "occurredOn");
    }

    [Fact]
    public void A_centre_is_open_on_some_day_of_the_week() => GivenCentre()
        .When("2018-01-10", Centre with { OpeningDays = [] })
        .ThenRefused(RejectionCodes.FieldRequired, "openingDays");

    [Fact]
    public void Opening_days_change() => GivenCentre(Registered)
        .When("2018-03-01", new ChangeOpeningDays { OpeningDays = [Weekday.Friday, Weekday.Monday] })
        .Then(new OpeningDaysChanged { OpeningDays = [Weekday.Monday, Weekday.Friday] })
        .When("2018-03-02", new ChangeOpeningDays { OpeningDays = [Weekday.Monday, Weekday.Friday] })
        .ThenNothing();

    [Fact]
    public void A_second_count_of_a_day_corrects_the_first()
    {
        var centre = GivenCentre(Registered)
            .When("2018-03-01", new RecordVisits(30) { AgeBands = [new(AgeBand.From25To39, 10)] })
            .Then(new VisitsRecorded(30, null) { AgeBands = [new(AgeBand.From25To39, 10)] })
            .When("2018-03-01", new RecordVisits(30) { AgeBands = [new(AgeBand.From25To39, 10)] })
            .ThenNothing()
            .When("2018-03-01", new RecordVisits(31))
            .Then(new VisitsRecorded(31, 30));

        Assert.Equal(31, centre.State.Days[Day("2018-03-01")].Visits);
    }

    [Fact]
    public void Age_bands_stay_within_the_days_visits()
    {
        GivenCentre(Registered)
            .When("2018-03-01", new RecordVisits(3) { AgeBands = [new(AgeBand.Under18, 2), new(AgeBand.Over64, 2)] })
            .ThenRefused(RejectionCodes.AgeBandsExceedVisits, "ageBands");
        GivenCentre(Registered)
            .When("2018-03-01", new RecordVisits(3) { AgeBands = [new(AgeBand.Under18, 1), new(AgeBand.Under18, 1)] })
            .ThenRefused(RejectionCodes.DuplicateEntry, "ageBands[1]");
    }

    [Fact]
    public void Nobody_visits_a_closed_centre()
    {
        var centre = GivenCentre(Registered)
            .When("2018-12-01", new MarkClosedDay(Day("2018-12-24"), "Christmas"))
            .Then(new ClosedDayMarked(Day("2018-12-24"), "Christmas"))
            .When("2018-12-01", new MarkClosedDay(Day("2018-12-24")))
            .ThenNothing();

        centre.When("2018-12-24", new RecordVisits(1)).ThenRefused(RejectionCodes.ClosedDay, "occurredOn");
        centre.When("2018-12-24", new UnmarkClosedDay(Day("2018-12-24")))
            .Then(new ClosedDayUnmarked(Day("2018-12-24")));
        centre.And("2018-12-24", new RecordVisits(1));
        centre.When("2018-12-25", new MarkClosedDay(Day("2018-12-24")))
            .ThenRefused(RejectionCodes.DayAlreadyCounted, "day");
        centre.When("2018-12-25", new UnmarkClosedDay(Day("2018-12-24")))
            .ThenRefused(RejectionCodes.DayNotClosed, "day");
    }

    [Fact]
    public void Helpers_are_counted() => GivenCentre(Registered)
        .When("2018-03-01", new RecordHelpers(2, 1)).Then(new HelpersRecorded(2, 1))
        .When("2018-03-01", new RecordHelpers(2, 1)).ThenNothing()
        .When("2018-03-01", new RecordHelpers(2, 3)).Then(new HelpersRecorded(2, 3));

    [Fact]
    public void A_group_meets_and_ends()
    {
        var centre = GivenCentre(Cooking)
            .When("2018-02-08", new RecordGroupSession("g1", 8, 1)).Then(new GroupSessionHeld("g1", 8, 1, 0))
            .And("2018-02-15", new RecordGroupSession("g1", 6))
            .When("2018-05-31", new EndGroup("g1")).Then(new GroupEnded("g1"));

        Assert.Equal(
            [new Group("g1", "Cooking", Day("2018-02-01"), Day("2018-05-31"), 2, 14)], centre.State.Groups);
        Assert.Equal(1, centre.State.Days[Day("2018-02-08")].Sessions);
        centre.And("2018-05-30", new RecordGroupSession("g1", 5));
        centre.When("2018-06-01", new RecordGroupSession("g1", 5))
            .ThenRefused(RejectionCodes.GroupNotRunning, "groupId");
        centre.When("2018-05-30", new EndGroup("g1")).ThenRefused(RejectionCodes.GroupNotRunning, "groupId");
    }

    [Fact]
    public void A_group_is_started_once_and_known()
    {
        GivenCentre(Cooking).When("2018-02-02", new StartGroup("g1", "Knitting"))
            .ThenRefused(RejectionCodes.GroupIdTaken, "groupId");
        GivenCentre(Cooking).When("2018-02-02", new RecordGroupSession("g2", 5))
            .ThenRefused(RejectionCodes.GroupUnknown, "groupId");
        GivenCentre(Cooking).When("2018-02-02", new RecordGroupSession("g1", -1))
            .ThenRefused(RejectionCodes.OutOfRange, "participants");
    }

    [Fact]
    public void A_command_for_another_grain_is_refused() => GivenCentre(Registered)
        .When("2018-03-01", FromKela)
        .ThenRefused(RejectionCodes.CommandNotKnown, "command");

    [Fact]
    public void The_door_adds_up_and_a_total_recorded_afterwards_replaces_it()
    {
        var centre = GivenCentre(Registered)
            .When("2018-03-01", new CountVisits(1, AgeBand.Over64)).Then(new VisitsCounted(1, AgeBand.Over64))
            .And("2018-03-01", new CountVisits(2))
            .And("2018-03-01", new CountVisits(3, AgeBand.Under18))
            .And("2018-03-01", new CountVisits(1, AgeBand.Over64));
        var day = centre.State.Days[Day("2018-03-01")];
        Assert.Equal(7, day.Visits);
        Assert.Equal([new(AgeBand.Under18, 3), new AgeBandVisits(AgeBand.Over64, 2)], day.AgeBands.ToArray());
        centre.When("2018-03-01", new RecordVisits(6)).Then(new VisitsRecorded(6, 7));
        Assert.Equal(6, centre.State.Days[Day("2018-03-01")].Visits);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(100_001)]
    public void Nobody_or_more_than_a_day_takes_is_not_counted(int visits) => GivenCentre(Registered)
        .When("2018-03-01", new CountVisits(visits)).ThenRefused(RejectionCodes.OutOfRange, "visits");

    [Fact]
    public void A_day_is_marked_one_way_at_a_time()
    {
        var centre = GivenCentre(Registered).And("2018-03-01", new MarkOpenDay(Day("2018-03-03"), "Feast"))
            .And("2018-03-01", new MarkClosedDay(Day("2018-03-05")));
        centre.When("2018-03-01", new MarkOpenDay(Day("2018-03-03"))).ThenNothing();
        centre.When("2018-03-01", new MarkOpenDay(Day("2018-03-05")))
            .ThenRefused(RejectionCodes.DayMarkedOtherwise, "day");
        centre.When("2018-03-01", new MarkClosedDay(Day("2018-03-03")))
            .ThenRefused(RejectionCodes.DayMarkedOtherwise, "day");
        centre.When("2018-03-01", new UnmarkOpenDay(Day("2018-03-06"))).ThenRefused(RejectionCodes.DayNotOpen, "day");
        centre.And("2018-03-03", new RecordVisits(5)).When("2018-03-04", new UnmarkOpenDay(Day("2018-03-03")))
            .ThenRefused(RejectionCodes.DayAlreadyCounted, "day");
    }

    [Fact]
    public void The_calendar_goes_by_the_week_of_its_time_and_by_marks()
    {
        var centre = GivenCentre(Registered)
            .And("2018-03-05", new ChangeOpeningDays { OpeningDays = [Weekday.Friday] })
            .And("2018-03-01", new MarkOpenDay(Day("2018-03-03"), "Feast"))
            .And("2018-03-01", new MarkClosedDay(Day("2018-03-09"), "Illness"))
            .And("2018-03-11", new RecordVisits(4)).State;
        var open = CentreCalendar.Of(centre, Day("2018-02-26"), Day("2018-03-11")).Where(day => day.Open).ToList();
        Assert.Equal(
            ["26", "27", "28", "01", "03", "11"], open.Select(day => day.Day.ToString("dd")));
        Assert.Equal(("Feast", OpeningGround.Exception), (open[4].Reason, open[4].Ground));
        Assert.Equal(OpeningGround.Counted, open[5].Ground);
        Assert.Equal("Illness", CentreCalendar.On(centre, Day("2018-03-09")).Reason);
        Assert.Empty(CentreCalendar.Of(centre, Day("2018-01-01"), Day("2018-01-09")));
    }

    [Fact]
    public void A_year_is_told_in_numbers_and_small_ones_only_to_the_own_staff()
    {
        var centre = GivenCentre(Cooking)
            .And("2018-03-01", new RecordVisits(30) { AgeBands = [new(AgeBand.Over64, 3), new(AgeBand.From25To39, 9)] })
            .And("2018-03-02", new RecordGroupSession("g1", 4))
            .And("2018-03-02", new RecordHelpers(2, 1))
            .And("2018-12-31", new RecordYearlyPersons(2018, 4)).State;
        var year = CentreYears.Of(centre, Day("2018-12-31")).Single();
        Assert.Equal((30, 4, 4, 1, 2, 1), (
            year.Visits!.Value, year.Persons!.Value, year.Attendance!.Value, year.Sessions, year.PeerExpertDays,
            year.VolunteerDays));
        Assert.Equal(2, year.AgeBands.Count);
        var told = year.Disclosed(new DisclosedVisits(centre));
        Assert.Equal((30, null, null, true, 0), (
            told.Visits!.Value, told.Persons, told.Attendance, told.Withheld, told.AgeBands.Count));
        Assert.Equal(2, CentreYears.Of(centre, Day("2019-01-01")).Count);
    }

    [Fact]
    public void There_are_not_more_persons_than_visits() => GivenCentre(Registered)
        .And("2018-03-01", new RecordVisits(30))
        .When("2018-12-31", new RecordYearlyPersons(2018, 31))
        .ThenRefused(RejectionCodes.PersonsExceedVisits, "persons");
}
