using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Pages.Chain;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Gateway.Tests.Dashboard;

/// <summary>What the page of the referral chain says, and to whom.</summary>
public sealed class ChainTests
{
    private static readonly Language English = Language.All[0];
    private static readonly Viewer Researcher = ViewerOf("researcher", null, reads: false);
    private static readonly Viewer Coordinator = ViewerOf("coordinator", ["837"], reads: true);
    private static readonly Viewer Worker = ViewerOf("social-worker", ["837"], reads: true);

    [Fact]
    public void An_address_asks_for_what_its_viewer_may_ask_and_leaves_out_the_rest()
    {
        var asked = Query("where=own&from=2018-03&to=2019-06&source=KELA");
        Assert.Equal(new PeriodScope("own", "2018-03", "2019-06", "KELA"), PeriodScope.Of(asked, Coordinator));
        Assert.Equal(new PeriodScope("own", "2018-01", "2019-12", null), PeriodScope.Of(asked, Worker));
        Assert.Equal(new PeriodScope("all", "2018-01", "2019-12", null), PeriodScope.Of(asked, Researcher));
        Assert.Equal(
            new PeriodScope("NEITHER", "2018-01", null, null),
            PeriodScope.Of(Query("where=NEITHER&from=2018&to=2019-13&source=KELA"), Coordinator));
        Assert.Equal("?where=own&from=2018-03&to=2019-06&source=KELA", PeriodScope.Of(asked, Coordinator).Query);
    }

    [Fact]
    public void A_sentence_speaks_of_a_hundred_and_never_of_an_empty_figure()
    {
        var model = ModelOf(withheld: false, 200, 180, 120, 119, 60);
        Assert.StartsWith("Of 100 referrals, 90 were contacted, 60 led", ChainCharts.Sentence(model, English));
        var funnel = ChainCharts.Funnel(model, English);
        Assert.StartsWith("Most stay between “Contacted” and “Met”: 60 of 180", funnel.Sentence);
        Assert.Equal("2", funnel.Sheet.Rows[2][4].Text);
        var none = ChainCharts.Funnel(ModelOf(withheld: false, 0, 0, 0, 0, 0), English);
        Assert.Equal("No referral was received in this period.", none.Sentence);
        Assert.Null(none.Drawing);
        var hidden = ChainCharts.Funnel(ModelOf(withheld: true, 0, 0, 0, 0, 0), English);
        Assert.Equal("All rows of this period are hidden: small groups.", hidden.Sentence);
    }

    [Fact]
    public void Where_rows_are_withheld_every_count_is_a_lower_bound()
    {
        var funnel = ChainCharts.Funnel(ModelOf(withheld: true, 200, 180, 120, 119, 60), English);
        Assert.Equal("\u2265\u00a0200", funnel.Sheet.Rows[0][1].Text);
        Assert.Contains(funnel.Caveats, caveat => caveat.Contains("small groups", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.1, 0.3, "come more often")]
    [InlineData(-0.3, -0.1, "come less often")]
    [InlineData(-0.1, 0.3, "cannot be said")]
    public void A_difference_is_said_only_where_its_interval_leaves_nought_out(double low, double high, string said)
    {
        var model = ModelOf(withheld: false, 200, 180, 120, 119, 60) with { Attendance = Attendance(low, high) };
        var chart = ChainAttendance.Of(model, English)!;
        Assert.StartsWith(
            "Of 100 clients referred for a need, 78 came within 90 days (95% interval 61 to 89)", chart.Sentence);
        Assert.Contains(said, chart.Sentence, StringComparison.Ordinal);
        Assert.Contains(
            ("The same digits again", "./osst evaluate chain --as-of 1234 --from 2018-01 --to 2019-12 --gap 2"),
            chart.Definition);
        var others = ChainAttendance.Of(
            model with { Attendance = model.Attendance with { IsExact = false } }, English)!;
        Assert.Contains(
            others.Definition, it => it.Value.StartsWith("Not from the log alone", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_few_clients_or_referrals_a_sentence_says_how_many_and_never_of_a_hundred()
    {
        var answer = Attendance(0, 1);
        var few = answer with
        {
            Groups =
            [
                new GroupAnswer("NEED", null, [Of("ATTENDED_90", 0, 0, 0.79) with { N = 1 }], null),
                answer.Groups[1],
            ],
        };
        var chart = ChainAttendance.Of(ModelOf(false, 9, 8, 7, 6, 5) with { Attendance = few }, English)!;
        Assert.StartsWith("Clients referred for a need: 1, of whom 0 came", chart.Sentence);
        Assert.Contains(
            "54% (43% to 65%), n 100", chart.Drawing!.Draw(isNarrow: true).Markup, StringComparison.Ordinal);
        Assert.StartsWith(
            "Of 9 referrals 8 were contacted, 7 led to", ChainCharts.Sentence(ModelOf(false, 9, 8, 7, 6, 5), English));
    }

    [Fact]
    public void A_year_of_which_rows_are_withheld_is_a_lower_bound_with_what_that_means_beside_it()
    {
        var (whole, part) = (ModelOf(false, 90, 80, 60, 50, 40).Funnel, ModelOf(true, 70, 60, 40, 30, 20).Funnel);
        var model = ModelOf(true, 160, 140, 100, 80, 60) with { ByYear = [(2018, whole), (2019, part)] };
        var chart = ChainCharts.All(model, English).Single(one => one.Key == "years");
        var drawn = chart.Drawing!.Draw(isNarrow: true).Markup;
        Assert.Contains("67% of 90 referrals", drawn, StringComparison.Ordinal);
        Assert.Contains("57% of \u2265\u00a070 referrals", drawn, StringComparison.Ordinal);
        Assert.StartsWith("Rows of small groups are left out, and not the same ones each year", chart.Caveats[0]);
    }

    [Fact]
    public void A_period_that_ends_before_it_begins_is_known_as_none() =>
        Assert.Equal(
            [true, false, false],
            new[] { "from=2019-02&to=2018-11", "from=2018-11&to=2018-11", "from=2019" }
                .Select(text => PeriodScope.Of(Query("where=own&" + text), Coordinator).IsReversed));

    [Fact]
    public void Groups_that_are_withheld_have_a_reason_in_place_of_a_picture()
    {
        var answer = Attendance(0, 1) with { Groups = [], Withheld = true };
        var chart = ChainAttendance.Of(ModelOf(false, 9, 9, 9, 9, 9) with { Attendance = answer }, English)!;
        Assert.Null(chart.Drawing);
        Assert.StartsWith("Too few clients may be shown", chart.Sentence);
    }

    private static EvaluationAnswer Attendance(double low, double high) => new(
        new DefinitionAnswer("CHAIN", 2, "2018-01", "2019-12", 2, new SeenAnswer(1234, default), []),
        [
            new GroupAnswer("NEED", null, [Of("ATTENDED_90", 0.78, 0.61, 0.89)], null),
            new GroupAnswer("REDUCTION", null, [Of("ATTENDED_90", 0.54, 0.43, 0.65)], null),
        ],
        [new ComparisonAnswer("NEED", "REDUCTION", [Of("RISK_DIFFERENCE_MANTEL_HAENSZEL", 0.2, low, high)])],
        [], false, []);

    private static EstimateAnswer Of(string measure, double estimate, double low, double high) => new(
        measure, estimate, new IntervalAnswer(low, high, 0.95, "Wilson score"), 100, 6, null, null, null, null);

    private static ChainModel ModelOf(bool withheld, params int[] counts)
    {
        string[] steps = ["RECEIVED", "CONTACTED", "MET", "ASSESSED", "PLANNED"];
        var row = new FunnelRowAnswer(
            null,
            [
                .. steps.Zip(counts, (step, count) => new FunnelStepAnswer(
                    step, count, counts[0] == 0 ? null : (double)count / counts[0], step == "RECEIVED" ? null : 2.5,
                    step == "RECEIVED" ? null : 2)),
            ],
            10, 5, 1, 0.67, null, null, null, null, null);
        var funnel = new FunnelAnswer(new SeenAnswer(1234, default), withheld, row, []);
        return new ChainModel(
            new PeriodScope("all", null, null, null), Researcher, new ChainAnswer(funnel, null, []), null, [], []);
    }

    private static Viewer ViewerOf(string role, string[]? municipalities, bool reads) =>
        new(role, "someone", municipalities, reads, [], default, role);

    private static QueryCollection Query(string text) => new(text.Split('&').Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => new StringValues(pair[1])));
}
