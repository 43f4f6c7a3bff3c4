using OsstOrleans.Dashboard.Pages.Centres;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Gateway.Tests.Dashboard;

/// <summary>What the pages of drop-in centres say of what was counted, withheld, and not counted.</summary>
public sealed class CentreTests
{
    private static readonly Language English = Language.All[0];
    private static readonly DateOnly Today = new(2026, 11, 28);

    [Fact]
    public void A_centre_stands_with_its_years_side_by_side_and_a_line_breaks_where_a_week_is_missing()
    {
        var charts = CentreCharts.Of(
            Centre(false, Week(2018, 1, 9), Week(2018, 2, 8), Week(2019, 5, 12)), null, Today, English);
        var drawn = charts[0].Drawing!.Draw(isNarrow: false).Markup;
        Assert.Contains("class=\"year-1\"", drawn, StringComparison.Ordinal);
        Assert.Contains("class=\"year-2\"", drawn, StringComparison.Ordinal);
        Assert.Contains("h2", drawn, StringComparison.Ordinal);
        Assert.Equal(3, charts[0].Sheet.Rows.Count);
        Assert.StartsWith(
            "In 2019 visits were counted on 1 of 200 days open: hidden: small group visits", charts[1].Sentence);
        Assert.Equal("not counted", charts[1].Sheet.Rows[0][4].Text);
        Assert.Equal("hidden: small group", charts[1].Sheet.Rows[1][3].Text);
    }

    [Fact]
    public void A_centre_that_counted_in_some_of_the_years_alone_is_named_beside_the_years_together()
    {
        CentreYearAnswer[] years =
        [
            new(2018, 190, 180, 700, null, 1, 4, 20, 3, 2, false),
            new(2019, 200, 190, 650, null, 1, 4, 20, 3, 2, false),
        ];
        var weeks = new[] { 2018, 2019 }.SelectMany(
            year => Enumerable.Range(1, 5).Select(week => Week(year, week, 9))).ToArray();
        var all = new CentresAnswer(
            [
                new CentresOfAnswer("320", "Kemijärvi", null, [new ListedCentreAnswer("a", "Whole", [], [], years)]),
                new CentresOfAnswer("851", "Tornio", null, [new ListedCentreAnswer("b", "Half", [], [], years[..1])]),
            ],
            Centre(false, weeks).Metrics);
        Assert.EndsWith("for that alone: Half only in 2018.", CentreCharts.Of(all, Today, English)[0].Caveats[0]);
    }

    [Fact]
    public void Without_a_week_to_show_stands_why()
    {
        Assert.StartsWith("No week may be shown", CentreCharts.Of(Centre(true), null, Today, English)[0].Sentence);
        Assert.Equal("No visit was counted so far.", CentreCharts.Of(Centre(false), null, Today, English)[0].Sentence);
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
