using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Components;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Gateway.Tests.Dashboard;

/// <summary>What the overview says of weeks that were counted or not, and of what is late.</summary>
public sealed class OverviewTests
{
    private static readonly Language English = Language.All[0];
    private static readonly DateOnly Today = new(2026, 11, 28);
    private static readonly DateOnly Monday = new(2018, 1, 1);
    private static readonly WeekAnswer Stray = Of(new DateOnly(2026, 11, 23), 6);

    [Fact]
    public void One_visit_after_a_long_silence_leaves_the_picture_and_the_lines_of_all_where_they_were()
    {
        var counted = Weeks(Monday, 104);
        var before = ModelOf([counted, counted], counted);
        var after = ModelOf([[.. counted, Stray], counted], [.. counted, Stray]);
        Assert.All(before.Cards.Zip(after.Cards), pair => Assert.Equal(pair.First.Line!, pair.Second.Line!));
        Assert.All(after.Cards, card => Assert.DoesNotContain(null, card.Line!));
        var (first, second) = (OverviewPictures.Visits(before, English)!, OverviewPictures.Visits(after, English)!);
        Assert.Equal(first.Rows, second.Rows);
        Assert.Equal(first.Sentence, second.Sentence);
        Assert.EndsWith("begun again: 48/2026 with 6.", second.Note);
    }

    [Fact]
    public void A_week_that_is_not_over_or_that_the_programme_cuts_is_not_set_beside_the_highest()
    {
        var running = new VisitWeeks([.. Weeks(Today.AddDays(-5 - 70), 10), Of(Today.AddDays(-5), 1)], Today, null);
        Assert.Equal(Today.AddDays(-12), running.Last!.StartsOn);
        var cut = new VisitWeeks(Weeks(Monday, 105), Today, new DateOnly(2019, 12, 31));
        Assert.Equal(new DateOnly(2019, 12, 23), cut.Last!.StartsOn);
        Assert.Single(cut.Later);
    }

    [Fact]
    public void A_count_that_has_begun_again_for_a_month_is_shown_and_the_years_between_are_a_gap_without_bars()
    {
        var again = Weeks(new DateOnly(2019, 10, 7), 4);
        var model = ModelOf([], [.. Weeks(Monday, 50), .. again]);
        var picture = OverviewPictures.Visits(model, English)!;
        Assert.Equal("41/2019", picture.Rows[^4].Label);
        Assert.Equal(43 - 4, picture.Rows.Count(row => row.Figure.State is FigureState.NotCounted) - 3);
        var svg = Drawing.Svg(picture, English, "");
        Assert.Equal(54 + 1, svg.Split("<rect ").Length - 1);
    }

    [Fact]
    public void What_is_late_is_summed_alike_for_the_own_municipality_and_for_others()
    {
        var model = ModelOf([Weeks(Monday, 5), Weeks(Monday, 5)], Weeks(Monday, 5));
        Assert.Equal(Figure.Of(22L), model.Cards.Single(card => card.Code == model.Viewer.OwnRegister).Late);
        Assert.Equal(new Figure(FigureState.AtLeast, 50), model.Cards.Single(card => card.Code == "297").Late);
        Assert.Equal(Figure.Of(161L), model.AllLate);
    }

    [Fact]
    public void A_late_tile_leads_to_those_who_are_late_and_who_is_not_in_the_staff_has_none()
    {
        var model = ModelOf([Weeks(Monday, 5)], Weeks(Monday, 5));
        Assert.Equal(
            ["/own/lists/CONTACT_OVERDUE", "/own/lists/MEETING_OUTCOMES", "/own/lists/REVIEWS_DUE"],
            OverviewLead.Tiles(model, English).Take(3).Select(tile => tile.Href));
        Assert.All(OverviewPictures.Waiting(model, English)!.Rows, row => Assert.StartsWith("/own/lists/", row.Href));
        var outside = ModelOf([Weeks(Monday, 5)], Weeks(Monday, 5), new OwnWorkAnswer(null));
        Assert.DoesNotContain(OverviewLead.Tiles(outside, English), tile => tile.IsLate);
        Assert.StartsWith("You are not among the staff", OverviewLead.Notes(outside, English)[0]);
        Assert.Contains("ended on 31 Dec 2019", OverviewLead.Notes(outside, English)[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Counts below", "Show all 300")]
    [InlineData("fi", "Alle kymmenen", "Näytä kaikki 300")]
    [InlineData("sv", "Tal under", "Visa alla 300")]
    public async Task Many_municipalities_whose_figures_are_withheld_leave_a_first_page_small_and_can_all_be_shown(
        string language, string why, string all)
    {
        var cards = Enumerable.Range(1, 300).Select(i => new MunicipalityCard(
            $"{i:000}", $"Kunta {i:000}", null, Arm.All[i % 3], Figure.Withheld, Figure.Withheld, null, 0)).ToArray();
        var first = await Table(("Cards", cards));
        Assert.InRange(first.Length, 10_000, 40_000);
        Assert.Equal((100, 1, 1), (Count(first, "<th scope=\"row\">"), Count(first, why), Count(first, all)));
        var whole = await Table(("Cards", cards), ("IsWhole", true));
        Assert.Equal((300, 1, 0), (Count(whole, "<th scope=\"row\">"), Count(whole, why), Count(whole, all)));
        var found = await Table(("Cards", cards), ("Search", "Kunta 2"));
        Assert.Equal((100, 0), (Count(found, "<th scope=\"row\">Kunta 2"), Count(found, all)));

        async Task<string> Table(params IEnumerable<(string Name, object? Value)> parameters) =>
            WebUtility.HtmlDecode(await new PageRenderer(
                new ServiceCollection().AddLogging().BuildServiceProvider(), NullLoggerFactory.Instance).Body(
                    PageBody.Of<MunicipalityTable>("", parameters),
                    Language.All.Single(one => one.Code == language), new Visit("/", "auto", "f", "x", null, true)));

        static int Count(string text, string part) => text.Split(part).Length - 1;
    }

    private static OverviewModel ModelOf(
        IReadOnlyList<WeekAnswer>[] each, IReadOnlyList<WeekAnswer> all, OwnWorkAnswer? work = null)
    {
        string[] codes = ["211", "297"];
        var own = Metrics(false, 2, 20, 139);
        var municipalities = codes.Select(code => new MunicipalityAnswer(
            code, code, null, [], [new CentreAnswer(code)], code == "211" ? own : Metrics(true, 15, 35, null)));
        var viewer = new Viewer("coordinator", "c", ["211"], true, ["management"], default, "c")
        {
            Purpose = "management",
        };
        return new OverviewModel(
            viewer,
            new OverviewAnswer(
                own, [.. municipalities],
                new ProgrammeAnswer("P", new DateOnly(2017, 1, 1), new DateOnly(2019, 12, 31))),
            Visits(all), codes.Zip(each).ToDictionary(pair => pair.First, pair => Visits(pair.Second)),
            work ?? new OwnWorkAnswer(new WorklistsAnswer([new WorklistAnswer("CONTACT_OVERDUE", 2)])), null, Today);
    }

    private static MetricsAnswer Metrics(bool withheld, params int?[] late) => new(
        null, 1, withheld, 10, [], null,
        [
            .. new[] { "CONTACT", "MEETING_OUTCOME", "REVIEW" }.Zip(late, (kind, n) => new OverdueAnswer(kind, n)),
        ]);

    private static DropInAnswer Visits(IReadOnlyList<WeekAnswer> weeks) => new(
        1, weeks.Sum(week => week.Visits), false, weeks.Count, weeks, weeks.MaxBy(week => week.Visits), 0, 0, 0);

    private static WeekAnswer[] Weeks(DateOnly first, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Of(first.AddDays(7 * i), 40 + (i % 7)))];

    private static WeekAnswer Of(DateOnly monday, int visits)
    {
        var noon = monday.ToDateTime(TimeOnly.MinValue);
        return new WeekAnswer(ISOWeek.GetYear(noon), ISOWeek.GetWeekOfYear(noon), monday, visits);
    }
}
