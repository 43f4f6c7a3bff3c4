using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Pages.Outcomes;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Gateway.Tests.Dashboard;

/// <summary>What the pages of single evaluations say, and when they say that nothing can be said.</summary>
public sealed class EvaluationPageTests
{
    private const string Osst = "OSST_AND_EMPLOYMENT";
    private const string Employment = "EMPLOYMENT_ONLY";
    private const string Neither = "NEITHER";
    private static readonly Language English = Language.All[0];
    private static readonly Viewer Researcher = new("researcher", "r", null, false, [], default, "r");
    private static readonly Viewer Coordinator = new("coordinator", "c", ["837"], true, [], default, "c");

    [Fact]
    public void Statistics_of_residents_are_for_everybody_and_the_others_for_who_coordinates()
    {
        Assert.Equal(["panel"], EvaluationPage.For(Researcher).Select(page => page.Key));
        Assert.Equal(["panel", "baseline", "family"], EvaluationPage.For(Coordinator).Select(page => page.Key));
        Assert.Equal(["all", "own", "own"], EvaluationPage.All.Select(page => page.PlaceFor(Coordinator)));
        Assert.Equal("all", Page("family").PlaceFor(Coordinator with { Municipalities = null }));
    }

    [Theory]
    [InlineData(-0.005, -0.001, "Of 1 000 residents, 3.0 fewer were on assistance with “OSST")]
    [InlineData(0.001, 0.005, "Of 1 000 residents, 3.0 more were on assistance with “OSST")]
    [InlineData(-0.001, 0.005, "cannot be said: of 1 000 residents the difference is between \u22121.0 and 5.0.")]
    public void Of_a_thousand_residents_a_difference_is_said_where_its_interval_leaves_nought_out(
        double low, double high, string said)
    {
        var model = Panel(Pair(Of("MEAN_EFFECT", low < 0 && high < 0 ? -0.003 : 0.003, low, high)));
        Assert.Contains(said, PanelCharts.Lead(model, English).Replace('\u00a0', ' '), StringComparison.Ordinal);
        var drawn = PanelCharts.All(model, English)[0].Drawing!.Draw(isNarrow: true).Markup;
        Assert.Contains("more residents on assistance in the first", drawn, StringComparison.Ordinal);
        Assert.Contains("class=\"zero\"", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void Months_of_the_panel_are_counted_from_the_end_of_the_base_and_levels_stand_by_year()
    {
        var months = (EstimateAnswer[])
        [
            Of("MEAN_EFFECT", -0.003, -0.005, -0.001), Of("PRE_TREND", 0.0001, 0, 0.0002),
            Of("MONTH_2016-08", 0.001, -0.001, 0.002), Of("MONTH_2017-07", 0, -0.001, 0.001),
            Of("MONTH_2018-03", -0.004, -0.006, -0.002),
        ];
        var model = Panel(Pair(months), new GroupAnswer(Osst, Osst, [.. months.Skip(2)], null));
        var charts = PanelCharts.All(model, English);
        Assert.Equal(["panel-effect", "panel-months", "panel-levels"], charts.Select(chart => chart.Key));
        var drawn = ((MonthPlot)charts[1].Drawing!).Panels.Single();
        Assert.Equal([-11, 0, 8], drawn.Points.Select(point => point.Month));
        Assert.Equal(0.0001, drawn.Slope);
        Assert.Equal(["2016-08", "2017-07", "2018-03"], charts[1].Sheet.Rows.Select(row => row[1].Plain));
        Assert.Equal("-0.004", charts[1].Sheet.Rows[2][2].Plain);
        Assert.Contains(">2018<", charts[2].Drawing!.Draw(isNarrow: false).Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(charts[0].Sheet.Rows, row => row[1].Plain.StartsWith("MONTH_", StringComparison.Ordinal));
    }

    [Fact]
    public void Arms_that_are_not_compared_have_a_reason_and_no_picture()
    {
        var asked = AnswerOf([], [new GroupAnswer(Osst, Osst, [Of("MONTH_2018-01", 0.07, 0, 1)], null)]) with
        {
            Refused = [new NotComparedAnswer(Osst, Employment, "UNEQUAL_ADOPTION")],
        };
        var model = ModelOf("panel", asked);
        Assert.StartsWith("Nothing is compared: the municipalities began", PanelCharts.Lead(model, English));
        var charts = PanelCharts.All(model, English);
        Assert.Null(charts[0].Drawing);
        Assert.Contains(charts[0].Caveats, one => one.StartsWith(
            "OSST and employment experiment against", StringComparison.Ordinal));
        Assert.NotNull(charts[2].Drawing);
        var empty = ModelOf("panel", AnswerOf([], []));
        Assert.StartsWith("No published statistics", PanelCharts.Lead(empty, English));
        Assert.All(PanelCharts.All(empty, English), chart => Assert.Null(chart.Drawing));
    }

    [Fact]
    public void A_flow_chart_says_of_all_who_were_referred_how_many_come_to_each_estimate_and_why_others_do_not()
    {
        var model = ModelOf("baseline", AnswerOf([], [Baseline(Osst, 0.3)]), Coordinator);
        Assert.Equal(
            "Of 200 clients whom Kela referred first in this period, 90 are in the estimates of exit and 150 in those "
            + "of change in months.",
            BaselineCharts.Lead(model, English));
        var charts = BaselineCharts.All(model, English);
        Assert.Equal(["flow-arm-osst", "characteristics", "balance"], charts.Select(chart => chart.Key));
        var bars = ((Funnel)charts[0].Drawing!).Bars;
        Assert.Equal([1, 0.9, 0.45, 0.75], bars.Select(bar => bar.Share));
        Assert.Equal("left out: history too long 5, months before not covered 15", bars[1].Way);
        Assert.EndsWith("months after not covered 20, died 4, moved 6", bars[3].Way);
        Assert.Equal("FLOW_REFERRED", charts[0].Sheet.Rows[0][0].Plain);
        Assert.Equal("200", charts[0].Sheet.Rows[0][1].Plain);
        Assert.Contains("30 under 25", charts[1].Sentence, StringComparison.Ordinal);
        Assert.StartsWith("One municipality has no control", charts[2].Sentence);
        Assert.Null(charts[2].Drawing);
    }

    [Fact]
    public void Arms_that_differ_by_more_than_a_tenth_of_a_deviation_are_called_unlike()
    {
        var pair = Pair(
            Of("AGE_UNDER25", 0.1, 0, 0.2), Alone("AGE_UNDER25_STANDARDISED", 0.21),
            Alone("REASON_NEED_STANDARDISED", -0.05), Alone("INCIDENT_STANDARDISED", -0.3));
        var model = ModelOf("baseline", AnswerOf([pair], [Baseline(Osst, 0.3), Baseline(Employment, 0.2)]));
        var charts = BaselineCharts.All(model, English);
        Assert.Equal(2, charts.Count(chart => chart.Key.StartsWith("flow-", StringComparison.Ordinal)));
        var balance = charts[^1];
        Assert.Contains("were unlike in 2 of 3 respects", balance.Sentence, StringComparison.Ordinal);
        Assert.Equal(3, ((Forest)balance.Drawing!).Rows.Count);
        Assert.StartsWith("Need for social work", ((Forest)balance.Drawing!).Rows[1].Label);
        Assert.Equal("Under 25 years: standardised difference", balance.Sheet.Rows[0][1].Text);
    }

    [Fact]
    public void Outcomes_stand_beside_each_other_with_p_adjusted_for_their_number()
    {
        var model = ModelOf("family", AnswerOf(
            [
                Pair(
                    Of("CHANGE.MEAN_CHANGE_OF_MUNICIPALITIES", -0.4, -0.7, -0.1) with { P = 0.02 },
                    Of("EXIT.EXITED_12", 0.03, 0, 0.06) with { P = 0.03, AdjustedP = 0.06 },
                    Of("PANEL.MEAN_EFFECT", -0.003, -0.004, -0.002) with { P = 0.004, AdjustedP = 0.012 }),
            ],
            []));
        Assert.Equal(
            "The primary outcome differs between the arms; chance alone would hardly do that. Of the secondary "
            + "outcomes with a p, 1 of 2 differ when it counts that they are several.",
            FamilyCharts.Lead(model, English));
        var charts = FamilyCharts.All(model, English);
        Assert.Equal(
            ["family", "family-shares", "family-months", "family-residents"], charts.Select(chart => chart.Key));
        Assert.Equal([0.02, 0.06, 0.012], ((Forest)charts[0].Drawing!).Rows.Select(row => row.Estimate!.Value));
        Assert.Equal("adjusted p 0.060 (p 0.030)", ((Forest)charts[0].Drawing!).Rows[1].Text);
        Assert.Equal("p_adjusted", charts[0].Sheet.Names[^1]);
        Assert.Equal(["", "0.06", "0.012"], charts[0].Sheet.Rows.Select(row => row[^1].Plain));
        Assert.Equal("Left assistance within 12 months", charts[0].Sheet.Rows[1][1].Text);
        var alone = ModelOf("family", AnswerOf([], []), Coordinator);
        Assert.StartsWith("One municipality has no control", FamilyCharts.Lead(alone, English));
        Assert.Null(Assert.Single(FamilyCharts.All(alone, English)).Drawing);
    }

    [Fact]
    public void Every_page_can_be_asked_and_says_how_its_digits_are_computed_again()
    {
        Assert.All(EvaluationPage.All, page =>
        {
            Assert.Contains("asked: ", page.Document.Text, StringComparison.Ordinal);
            var asked = AnswerOf([], []) with
            {
                Definition = Definition with { Subject = page.Key.ToUpperInvariant() },
                Municipalities = ["837"],
            };
            Assert.StartsWith(
                $"./osst evaluate {page.Key} --as-of 77 --from 2018-01 --to 2019-12",
                EstimateWords.Definition(asked, English)[^1].Value);
        });
    }

    private static DefinitionAnswer Definition { get; } =
        new("PANEL", 3, "2018-01", "2019-12", 2, new SeenAnswer(77, default), [new CoverageAnswer("837")]);

    private static EvaluationPage Page(string key) => EvaluationPage.All.Single(page => page.Key == key);

    private static EvaluationModel Panel(ComparisonAnswer pair, params GroupAnswer[] groups) =>
        ModelOf("panel", AnswerOf([pair], [new GroupAnswer(Neither, Neither, [], null), .. groups]));

    private static EvaluationModel ModelOf(string page, EvaluationAnswer asked, Viewer? viewer = null) => new(
        Page(page), new PeriodScope(Page(page).PlaceFor(viewer ?? Researcher), null, null, null), viewer ?? Researcher,
        new OneEvaluationAnswer(new AskedAnswer(asked), []));

    private static EvaluationAnswer AnswerOf(ComparisonAnswer[] pairs, GroupAnswer[] groups) =>
        new(Definition, groups, pairs, [], false, []);

    private static ComparisonAnswer Pair(params EstimateAnswer[] estimates) => new(Osst, Employment, estimates);

    private static GroupAnswer Baseline(string arm, double young) => new(arm, arm,
    [
        Alone("FLOW_REFERRED", 200), Alone("FLOW_HISTORY_TOO_LONG", 5), Alone("FLOW_NOT_COVERED", 15),
        Alone("FLOW_COVERED", 180), Alone("FLOW_NOT_ON_ASSISTANCE", 80), Alone("FLOW_FOLLOWED_TOO_SHORT", 10),
        Alone("FLOW_IN_EXIT", 90), Alone("FLOW_NOT_COVERED_AFTER", 20), Alone("FLOW_DIED", 4),
        Alone("FLOW_MOVED", 6), Alone("FLOW_IN_CHANGE", 150), Of("AGE_UNDER25", young, 0.2, 0.4),
        Of("ON_ASSISTANCE", 0.5, 0.4, 0.6), Of("INCIDENT", 0.25, 0.2, 0.3), Of("MEAN_MONTHS_BEFORE", 5.5, 5, 6),
    ],
    null);

    private static EstimateAnswer Of(string measure, double estimate, double low, double high) => new(
        measure, estimate, new IntervalAnswer(low, high, 0.95, "CR2"), 100, 6, null, 3, 0.1, null);

    private static EstimateAnswer Alone(string measure, double estimate) =>
        new(measure, estimate, null, 100, 6, null, null, null, null);
}
