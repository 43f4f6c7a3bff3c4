using System.Globalization;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>The calendar by which the law's time limits run.</summary>
public sealed class WorkingDayTests
{
    [Theory]
    [InlineData(2018, "01-01 01-06 03-30 04-01 04-02 05-01 05-10 05-20 06-23 11-03 12-06 12-25 12-26")]
    [InlineData(2019, "01-01 01-06 04-19 04-21 04-22 05-01 05-30 06-09 06-22 11-02 12-06 12-25 12-26")]
    [InlineData(2008, "01-01 01-06 03-21 03-23 03-24 05-01 05-01 05-11 06-21 11-01 12-06 12-25 12-26")]
    [InlineData(2026, "01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-20 10-31 12-06 12-25 12-26")]
    public void The_holidays_of_a_year_are_those_of_the_almanac(int year, string expected) => Assert.Equal(
        expected.Split(' ').Distinct(),
        DaysOf(year).Where(FinnishHolidays.Contains)
            .Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2000-04-23")]
    [InlineData("2011-04-24")]
    [InlineData("2016-03-27")]
    [InlineData("2024-03-31")]
    [InlineData("2038-04-25")]
    public void Easter_Sunday_moves_with_the_moon(string day) =>
        Assert.Equal(Day(day), FinnishHolidays.EasterSunday(Day(day).Year));

    [Fact]
    public void The_eves_of_Christmas_and_Midsummer_are_no_working_days() => Assert.Equal(
        [Day("2018-06-22"), Day("2018-12-24")], DaysOf(2018).Where(FinnishHolidays.IsEve));

    [Fact]
    public void Every_year_has_thirteen_holidays_unless_two_fall_on_one_day()
    {
        for (var year = 1992; year <= 2100; year++)
        {
            var ascension = FinnishHolidays.EasterSunday(year).AddDays(39);
            var expected = ascension is { Month: 5, Day: 1 } ? 12 : 13;
            Assert.Equal(expected, DaysOf(year).Count(FinnishHolidays.Contains));
        }
    }

    [Theory]
    [InlineData("2018-02-01", "2018-02-12", "2018-02-09", "an ordinary Thursday")]
    [InlineData("2018-03-26", "2018-04-06", "2018-04-05", "over Easter")]
    [InlineData("2018-06-18", "2018-06-28", "2018-06-28", "over Midsummer, whose eve does not count")]
    [InlineData("2018-12-20", "2019-01-04", "2019-01-02", "over Christmas and New Year")]
    [InlineData("2018-02-03", "2018-02-13", "2018-02-12", "from a Saturday")]
    public void The_7th_working_day_after_a_request(string asked, string by, string byWithSaturdays, string why)
    {
        Assert.True(new WorkingDays().After(Day(asked), 7) == Day(by), why);
        Assert.True(new WorkingDays(SaturdayCounts: true).After(Day(asked), 7) == Day(byWithSaturdays), why);
    }

    [Fact]
    public void A_Saturday_counts_where_the_municipality_says_so_unless_it_is_a_holiday()
    {
        Assert.False(new WorkingDays().Contains(Day("2018-02-03")));
        Assert.True(new WorkingDays(SaturdayCounts: true).Contains(Day("2018-02-03")));
        Assert.False(new WorkingDays(SaturdayCounts: true).Contains(Day("2018-06-23")));
        Assert.False(new WorkingDays(SaturdayCounts: true).Contains(Day("2018-11-03")));
    }

    [Fact]
    public void The_next_working_day_is_the_day_itself_when_it_is_one()
    {
        Assert.Equal(Day("2018-04-03"), default(WorkingDays).OnOrAfter(Day("2018-04-03")));
        Assert.Equal(Day("2018-04-03"), default(WorkingDays).OnOrAfter(Day("2018-03-30")));
    }

    private static IEnumerable<DateOnly> DaysOf(int year) =>
        Enumerable.Range(0, 366).Select(new DateOnly(year, 1, 1).AddDays).Where(day => day.Year == year);
}
