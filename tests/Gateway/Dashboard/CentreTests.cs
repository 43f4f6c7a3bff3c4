using OsstOrleans.Dashboard.Pages.Centres;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Gateway.Tests.Dashboard;

/// <summary>What the pages of drop-in centres say of what was counted, withheld, and not counted.</summary>
public sealed class CentreTests
{
    private static readonly Language English = Language.All[0];

    [Fact]
    public void A_centre_stands_with_its_years_side_by_side_and_a_line_breaks_where_a_week_is_missing()
    {
        var charts = CentreCharts.Of(Centre(false, Week(2018, 1, 9), Week(2018, 2, 8), Week(2019, 5, 12)), English);
        var drawn = charts[0].Drawing!.Draw(isNarrow: false).Markup;
        Assert.Contains("class=\"year-1\"", drawn, StringComparison.Ordinal);
        Assert.Contains("class=\"year-2\"", drawn, StringComparison.Ordinal);
        Assert.Contains("h2", drawn, StringComparison.Ordinal);
        Assert.Equal(3, charts[0].Sheet.Rows.Count);
        Assert.StartsWith("In 2019 it was open on 200 days: hidden: small group visits", charts[1].Sentence);
        Assert.Equal("not yet", charts[1].Sheet.Rows[0][4].Text);
        Assert.Equal("hidden: small group", charts[1].Sheet.Rows[1][3].Text);
    }

    [Fact]
    public void Without_a_week_to_show_stands_why()
    {
        Assert.StartsWith("No week may be shown", CentreCharts.Of(Centre(true), English)[0].Sentence);
        Assert.Equal("No visit was counted so far.", CentreCharts.Of(Centre(false), English)[0].Sentence);
        Assert.Equal("no fixed days", CentreCharts.Weekdays([], English));
    }

    private static WeekAnswer Week(int year, int week, int visits) => new(year, week, new DateOnly(year, 1, 1), visits);

    private static CentreDetailsAnswer Centre(bool withheld, params WeekAnswer[] weeks) => new(
        "c", "320", "Centre", null, new DateOnly(2018, 1, 1), ["MONDAY"], [],
        [
            new CentreYearAnswer(2018, 190, 180, 700, null, 1, 4, 20, 3, 2, false),
            new CentreYearAnswer(2019, 200, 1, null, null, 1, 4, 20, 3, 2, true),
            new CentreYearAnswer(2020, 200, 0, null, null, 1, 0, null, 0, 0, false),
        ],
        new DropInAnswer(
            1, weeks.Sum(week => week.Visits), withheld, weeks.Length, weeks, weeks.MaxBy(week => week.Visits), 1, 4,
            5));
}
