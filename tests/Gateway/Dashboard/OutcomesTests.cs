using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Pages.Outcomes;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Gateway.Tests.Dashboard;

/// <summary>What the page of outcomes says, and when it says that nothing can be said.</summary>
public sealed class OutcomesTests
{
    private const string Osst = "OSST_AND_EMPLOYMENT";
    private const string Employment = "EMPLOYMENT_ONLY";
    private static readonly Language English = Language.All[0];
    private static readonly DefinitionAnswer Definition =
        new("EXIT", 3, "2018-01", "2019-12", 2, new SeenAnswer(77, default), [new CoverageAnswer("837")]);

    [Fact]
    public void The_page_begins_with_a_sentence_of_a_hundred_clients_with_its_interval()
    {
        var model = ModelOf(ExitOf(low: -0.02, high: 0.05));
        Assert.Equal(
            "Of 100 clients on assistance when they were first referred, so many had left it within a year: "
            + "OSST and employment experiment: 85 (95% interval 83 to 86); "
            + "Employment experiment only: 83 (95% interval 79 to 87).",
            OutcomeCharts.Lead(model, English));
    }

    [Theory]
    [InlineData(0.01, 0.05, "Of 100 clients, 2 more left assistance with “OSST")]
    [InlineData(-0.05, -0.01, "Of 100 clients, 2 fewer left assistance with “OSST")]
    [InlineData(-0.02, 0.05, "cannot be said: of 100 clients the difference is between \u22122 and 5.")]
    public void A_difference_is_said_only_where_its_interval_leaves_nought_out(double low, double high, string said)
    {
        var chart = Differences.OfExit(ModelOf(ExitOf(low, high)), English);
        Assert.Contains(said, chart.Sentence, StringComparison.Ordinal);
        var drawn = chart.Drawing!.Draw(isNarrow: true).Markup;
        Assert.Contains("fewer leave in the first of the two", drawn, StringComparison.Ordinal);
        Assert.Contains("class=\"zero\"", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void Below_three_municipalities_an_arm_stands_a_reason_and_no_picture()
    {
        var alone = ExitOf(0, 1) with { Comparisons = [] };
        var own = Differences.OfExit(ModelOf(alone) with { Scope = new PeriodScope("own", null, null, null) }, English);
        Assert.Null(own.Drawing);
        Assert.StartsWith("One municipality has no control", own.Sentence);
        var hidden = Differences.OfExit(ModelOf(alone with { Withheld = true }), English);
        Assert.StartsWith("Nothing is compared: fewer than three municipalities", hidden.Sentence);
        var empty = ModelOf(alone with { Groups = [], Withheld = true });
        Assert.Null(Survival.Of(empty, English).Drawing);
        Assert.StartsWith("Nothing may be shown of this", OutcomeCharts.Lead(empty, English));
    }

    [Fact]
    public void Curves_have_their_numbers_at_risk_and_their_table()
    {
        var chart = Survival.Of(ModelOf(ExitOf(0, 1)), English);
        var drawn = chart.Drawing!.Draw(isNarrow: false);
        Assert.Contains(">On assistance and followed<", drawn.Markup, StringComparison.Ordinal);
        Assert.Equal(2, drawn.Markup.Split("class=\"band\"").Length - 1);
        Assert.Contains(">640<", drawn.Markup, StringComparison.Ordinal);
        Assert.Contains("arm-employment", drawn.Markup, StringComparison.Ordinal);
        Assert.Equal(6, chart.Sheet.Rows.Count);
        Assert.Contains("6.8", chart.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Released_figures_know_quarters_alone_and_give_neither_months_between_nor_a_mean()
    {
        var exit = ExitOf(0, 1) with { IsExact = false };
        var groups = exit.Groups.Select(group => group with
        {
            Curve =
            [
                .. Enumerable.Range(0, 13).Select(month => new CurvePointAnswer(month, 90, 1 - (month / 3 * 0.2), 0)),
            ],
        });
        var chart = Survival.Of(ModelOf(exit with { Groups = [.. groups] }), English);
        Assert.Equal(
            ["0", "3", "6", "9", "12"],
            chart.Sheet.Rows.Where(row => row[0].Plain == Osst).Select(row => row[1].Plain));
        Assert.Contains(
            "after 6 and after 12 months: OSST and employment experiment 60 and 20;", chart.Sentence,
            StringComparison.Ordinal);
        Assert.DoesNotContain("6.8", chart.Sentence, StringComparison.Ordinal);
        Assert.Contains(chart.Caveats, caveat => caveat.Contains("no mean is given", StringComparison.Ordinal));
        var drawn = chart.Drawing!.Draw(isNarrow: false).Markup;
        var curve = drawn.Split("class=\"curve\" d=\"")[3].Split('"')[0];
        Assert.DoesNotContain('V', curve);
        Assert.Equal(5, curve.Count(letter => letter == 'L'));
    }

    [Fact]
    public void A_table_has_words_for_measures_and_points_for_differences()
    {
        var sheet = Differences.OfExit(ModelOf(ExitOf(-0.02, 0.05)), English).Sheet;
        Assert.Equal("Left assistance within 12 months", sheet.Rows[0][1].Text);
        Assert.Equal("EXITED_12", sheet.Rows[0][1].Plain);
        Assert.Equal("85%", sheet.Rows[0][2].Text);
        Assert.Equal(["\u22122.0 pp", "\u22122.0 pp", "5.0 pp"], sheet.Rows[^1].Skip(2).Take(3).Select(it => it.Text));
        Assert.Equal("-0.02", sheet.Rows[^1][3].Plain);
    }

    [Fact]
    public void An_event_study_is_drawn_against_each_control_and_without_controls_says_so()
    {
        var months = Enumerable.Range(-12, 25).Where(month => month != -1)
            .Select(month => Of($"MONTH_{(month > 0 ? "+" : "")}{month}", month / 100.0, -0.2, 0.2)).ToArray();
        var study = new EvaluationAnswer(
            Definition with { Subject = "EVENT_STUDY" }, [new GroupAnswer(Osst, Osst, months, null)],
            [new ComparisonAnswer(Osst, Employment, [.. months, Of("PRE_TREND", 0.01, 0, 0.02)])], [], false, []);
        var chart = Months.Of(ModelOf(ExitOf(0, 1)) with { EventStudy = study }, English)!;
        Assert.Equal(24, chart.Sheet.Rows.Count);
        Assert.Contains("class=\"trend\"", chart.Drawing!.Draw(isNarrow: true).Markup, StringComparison.Ordinal);
        var alone = Months.Of(
            ModelOf(ExitOf(0, 1)) with { EventStudy = study with { Comparisons = [] } }, English)!;
        Assert.Contains("There is no control here: this shows no effect.", alone.Caveats);
        Assert.Null(Months.Of(ModelOf(ExitOf(0, 1)), English));
    }

    [Fact]
    public void Goals_are_shares_of_the_assessed_ones()
    {
        var chart = Goals.Of(ModelOf(ExitOf(0, 1)), English);
        Assert.StartsWith("The shares of goals that were attained are between 10 and 50 of 100.", chart.Sentence);
        Assert.Equal(["Finances", "5", "3", "2", "4", "50%", "30%", "70%"], chart.Sheet.Rows[0].Select(it => it.Text));
        Assert.Equal("none to give", chart.Sheet.Rows[1][6].Text);
    }

    [Fact]
    public void Methods_are_no_topics_and_none_is_called_the_best_even_where_intervals_lie_apart()
    {
        var model = ModelOf(ExitOf(0, 1));
        var avain = model.Answer.Evaluation.Avain with
        {
            Groups =
            [
                new GroupAnswer("method used: local WORK", null, [Of("ATTAINED", 0.5, 0.4, 0.6)], null),
                new GroupAnswer("method used: local GROUP", null, [Of("ATTAINED", 0.2, 0.1, 0.3)], null),
            ],
        };
        var answer = model.Answer with
        {
            Evaluation = model.Answer.Evaluation with { Avain = avain },
            AvainOutcomes = model.Answer.AvainOutcomes with
            {
                ByMethod =
                [
                    new MethodAnswer(new CodeAnswer("WORK", "Work"), new AttainmentAnswer(50, 30, 20, 0, 100)),
                    new MethodAnswer(new CodeAnswer("GROUP", "Group"), new AttainmentAnswer(20, 30, 50, 0, 100)),
                ],
            },
        };
        Assert.Equal(
            "By method used, the shares of goals that were attained are between 20 and 50 of 100. Of many rows some "
            + "always lie far apart by chance: the highest is not thereby the best method.",
            Goals.OfMethods(model with { Answer = answer }, English)!.Sentence);
    }

    [Fact]
    public void Years_that_are_withheld_are_named_and_so_is_the_outcome_that_stands_for_the_primary_one()
    {
        var model = ModelOf(ExitOf(0, 1)) with { Years = [(2018, true), (2019, false)] };
        Assert.StartsWith(
            "Exits are those of first referrals in 2018. Nothing of 2019 may be shown",
            OutcomeCharts.YearsShown(model, English));
        Assert.Null(OutcomeCharts.YearsShown(model with { Years = [(2018, true)] }, English));
        var change = model.Change with
        {
            Groups = [new GroupAnswer(Osst, Osst, [Of("FEWER_MONTHS_SHARE", 0.3, 0, 1)], null)],
        };
        var replaced = model with
        {
            Answer = model.Answer with { Evaluation = model.Answer.Evaluation with { Change = change } },
        };
        Assert.StartsWith("The evaluation’s primary outcome", Differences.OfChange(replaced, English).Caveats[0]);
    }

    [Fact]
    public void Decisions_on_methods_stand_on_a_time_line_and_the_own_municipality_sees_its_own_and_the_programmes()
    {
        var groups = new CodeAnswer("GROUP_ACTIVITY", "Group activity");
        var network = new CodeAnswer("NETWORK_WORK", "Network work");
        MethodDecisionAnswer adopted = new(groups, "ADOPT", new DateOnly(2018, 3, 1), "dnr 7");
        MethodDecisionAnswer dropped = new(network, "DROP", new DateOnly(2019, 1, 1), null);
        var model = ModelOf(ExitOf(0, 1)) with
        {
            Decisions = new MethodDecisionsAnswer(
                [new ProgrammeMethodsAnswer("OSST", [dropped])],
                [
                    new("837", "Tampere", "Tammerfors", [adopted]), new("297", "Kuopio", null, [adopted]),
                    new("320", "Kemijärvi", null, [dropped]), new("680", "Raisio", "Reso", [dropped]),
                    new("211", "Kangasala", null, [dropped]),
                ]),
        };
        var all = Decisions.Of(model, English)!;
        Assert.Equal("Decisions: 6, methods: 2, from 1 Mar 2018 to 1 Jan 2019.", all.Sentence);
        var drawn = all.Drawing!.Draw(isNarrow: false).Markup;
        Assert.Contains("1 Mar 2018: taken into use (Tampere, Kuopio)", drawn, StringComparison.Ordinal);
        Assert.Contains("OSST, Kemijärvi, Raisio and 1 more)", drawn, StringComparison.Ordinal);
        Assert.Equal(["2018-03-01", "GROUP_ACTIVITY", "ADOPT", "Tampere", "dnr 7"],
            all.Sheet.Rows[0].Select(cell => cell.Plain));
        var own = Decisions.Of(
            model with
            {
                Scope = new PeriodScope("own", null, null, null),
                Viewer = new Viewer("coordinator", "c", ["837"], true, [], default, "c"),
            },
            English)!;
        Assert.Equal(["Tampere", "OSST"], own.Sheet.Rows.Select(row => row[3].Text));
        Assert.Null(Decisions.Of(ModelOf(ExitOf(0, 1)), English));
    }

    private static OutcomesModel ModelOf(EvaluationAnswer exit) => new(
        new PeriodScope("all", null, null, null), new Viewer("researcher", "r", null, false, [], default, "r"),
        new OutcomesAnswer(
            new OutcomeEvaluationsAnswer(
                exit, new EvaluationAnswer(Definition, [], [], [], true, []),
                new EvaluationAnswer(
                    Definition,
                    [new GroupAnswer("goals: local FINANCES", null, [Of("ATTAINED", 0.5, 0.3, 0.7)], null)],
                    [], [], false, [])),
            new GoalsAnswer(
                false, 10, 0.8,
                [
                    new GoalClassAnswer(new CodeAnswer("FINANCES", "Finances"), new AttainmentAnswer(5, 3, 2, 4, 14)),
                    new GoalClassAnswer(new CodeAnswer("HEALTH", null), new AttainmentAnswer(1, 1, 8, 0, 10)),
                ],
                []),
            null, []),
        null);

    private static EvaluationAnswer ExitOf(double low, double high) => new(
        Definition,
        [
            new GroupAnswer(
                Osst, Osst, [Of("EXITED_12", 0.85, 0.83, 0.86), Of("RESTRICTED_MEAN_12", 6.8, 6, 7), Still(0.8)],
                Curve(640)),
            new GroupAnswer(Employment, Employment, [Of("EXITED_12", 0.83, 0.79, 0.87), Still(0.7)], Curve(87)),
        ],
        [new ComparisonAnswer(Osst, Employment, [Of("EXITED_12", low > 0 ? 0.02 : -0.02, low, high)])], [], false, []);

    private static EstimateAnswer Still(double share) => Of("STILL_ON_3", share, share - 0.1, share + 0.1);

    private static CurvePointAnswer[] Curve(long followed) =>
        [
            new(0, followed, 1, 0), new(3, followed - 100, 0.8, 0.2, Around(0.8)),
            new(6, followed - 200, 0.6, 0.4, Around(0.6)),
        ];

    private static IntervalAnswer Around(double share) => new(share - 0.1, share + 0.1, 0.95, "log-log, Greenwood");

    private static EstimateAnswer Of(string measure, double estimate, double low, double high) => new(
        measure, estimate, new IntervalAnswer(low, high, 0.95, "CR2"), 100, 6, 0.5, 3, 0.1, null);
}
