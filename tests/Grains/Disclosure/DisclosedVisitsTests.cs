using System.Collections.Immutable;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.DropInCentre;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Disclosure;

/// <summary>What a drop-in centre's counts tell those who are not its municipality's own staff.</summary>
public sealed class DisclosedVisitsTests
{
    private static readonly DateOnly Monday = Day("2018-12-24");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_small_day_follows_from_days_weeks_and_years(int seed)
    {
        var random = new Random(seed);
        var small = 0;
        for (var i = 0; i < 300; i++)
        {
            var days = RandomDays(random);
            var told = Told(days);
            foreach (var day in days.Where(day => day.Value is > 0 and < SmallCells.DefaultK))
            {
                small++;
                Assert.True(
                    Others(days, day.Key).Any(other => Told(other) == told),
                    $"seed {seed}: {day.Key:O} is {day.Value} in [{string.Join(' ', days.Values)}], told {told}");
            }
        }
        Assert.True(small > 500, $"{small}");
    }

    [Fact]
    public void A_day_alone_in_its_week_is_hidden_with_its_week_and_year()
    {
        var centre = Centre(new() { [Monday] = 3, [Monday.AddDays(-7)] = 40 });
        Assert.False(new DisclosedVisits(centre).ShowsDay(Monday));
        Assert.False(new DisclosedVisits(centre).ShowsYear(2018));
        var told = centre.DisclosedFigures(DateOnly.MinValue, DateOnly.MaxValue);
        Assert.Equal((40, 1, true), (told.Visits, told.Weeks.Count, told.Withheld));
    }

    [Fact]
    public void Days_of_a_large_week_are_shown_and_its_parts_are_not_summed()
    {
        var centre = Centre(new() { [Monday] = 12, [Monday.AddDays(1)] = 9 });
        Assert.True(new DisclosedVisits(centre).ShowsDay(Monday));
        Assert.Equal(21, centre.DisclosedFigures(Monday, Monday.AddDays(6)).Visits);
        var cut = centre.DisclosedFigures(Monday, Monday);
        Assert.Equal((0, 0, true), (cut.Visits, cut.CountedDays, cut.Withheld));
    }

    [Fact]
    public void Age_bands_are_hidden_where_visits_of_no_known_age_are_few()
    {
        var centre = new DropInCentreState { RegisteredOn = Monday } with
        {
            Days = ImmutableSortedDictionary<DateOnly, CentreDay>.Empty.Add(Monday, new CentreDay
            {
                Visits = 12,
                AgeBands = [new(AgeBand.Over64, 10)],
            }),
        };
        var told = CentreYears.Of(centre, Monday).Single().Disclosed(new DisclosedVisits(centre));
        Assert.Equal((12, 0, true), (told.Visits!.Value, told.AgeBands.Count, told.Withheld));
    }

    [Fact]
    public void Visits_are_told_when_their_week_is_over_and_not_as_they_happen()
    {
        var (sunday, centre) = (Monday.AddDays(6), Centre(new() { [Monday.AddDays(-7)] = 40, [Monday] = 60 }));
        Assert.Equal(40, Told(sunday).DisclosedFigures(DateOnly.MinValue, DateOnly.MaxValue).Visits);
        Assert.Equal([40], CentreYears.Of(Told(sunday), sunday)
            .Select(year => year.Disclosed(new DisclosedVisits(Told(sunday))).Visits!.Value));
        Assert.Equal(
            100, Told(sunday.AddDays(1)).DisclosedFigures(DateOnly.MinValue, DateOnly.MaxValue).Visits);

        DropInCentreState Told(DateOnly seen) => centre.Told(seen);
    }

    [Fact]
    public void Age_bands_persons_and_attendance_say_no_more_than_their_grid()
    {
        var centre = new DropInCentreState { RegisteredOn = Monday } with
        {
            YearlyPersons = ImmutableSortedDictionary<int, int>.Empty.Add(2018, 37),
            Days = ImmutableSortedDictionary<DateOnly, CentreDay>.Empty.Add(Monday, new CentreDay
            {
                Visits = 60,
                AgeBands = [new(AgeBand.From40To64, 33), new(AgeBand.Over64, 9)],
                Sessions = 1,
                Participants = 14,
            }),
        };
        var told = CentreYears.Of(centre, Monday).Single().Disclosed(new DisclosedVisits(centre));
        Assert.Equal(
            (60, 35, 10, true), (told.Visits!.Value, told.Persons!.Value, told.Attendance!.Value, told.Withheld));
        Assert.Equal([new AgeBandVisits(AgeBand.From40To64, 30)], told.AgeBands);
    }

    /// <summary>Three weeks, of which the second has days of two years.</summary>
    private static SortedDictionary<DateOnly, int> RandomDays(Random random)
    {
        var days = new SortedDictionary<DateOnly, int>();
        for (var i = 0; i < 21; i++)
        {
            if (random.Next(3) > 0)
            {
                days[Monday.AddDays(i)] = random.Next(4) == 0 ? random.Next(0, 5) : random.Next(5, 12);
            }
        }
        return days;
    }

    /// <summary>A day counts one more or less, and perhaps another one makes up for it.</summary>
    private static IEnumerable<SortedDictionary<DateOnly, int>> Others(
        SortedDictionary<DateOnly, int> days, DateOnly day) =>
        from change in (int[])[1, -1]
        from other in days.Keys.Prepend(day)
        let changed = Changed(days, day, other, change)
        where changed.Values.All(visits => visits >= 0)
        select changed;

    private static SortedDictionary<DateOnly, int> Changed(
        SortedDictionary<DateOnly, int> days, DateOnly day, DateOnly other, int change)
    {
        var changed = new SortedDictionary<DateOnly, int>(days);
        changed[day] += change;
        if (other != day)
        {
            changed[other] -= change;
        }
        return changed;
    }

    private static string Told(SortedDictionary<DateOnly, int> days)
    {
        var centre = Centre(days);
        var visits = new DisclosedVisits(centre);
        var weeks = centre.DisclosedFigures(DateOnly.MinValue, DateOnly.MaxValue).Weeks;
        var years = CentreYears.Of(centre, Day("2019-12-31")).Select(year => year.Disclosed(visits).Visits);
        return string.Join(' ', days.Select(day => visits.ShowsDay(day.Key) ? $"{day.Value}" : "?"))
            + $" | {string.Join(' ', weeks.Select(week => $"{week.StartsOn:MM-dd}={week.Visits}"))}"
            + $" | {string.Join(' ', years.Select(year => year?.ToString() ?? "?"))}";
    }

    private static DropInCentreState Centre(SortedDictionary<DateOnly, int> days) => new()
    {
        RegisteredOn = Monday.AddDays(-7),
        Days = days.ToImmutableSortedDictionary(day => day.Key, day => new CentreDay { Visits = day.Value }),
    };
}
