using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Tests.Evaluation.MadeUpClients;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>Who is in the estimates, whose assistance began with the index, and all outcomes together.</summary>
public sealed class BaselineTests
{
    private static readonly EvaluationQuestion Asked = new(
        EvaluationSubject.Baseline, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2019-12"));

    [Fact]
    public void The_flow_chart_ends_at_the_numbers_of_the_estimates()
    {
        EvaluationUnit[] units =
        [
            .. Study(treated: 3, control: 3), Unit("200", Experiment.Osst, "2018-02", "2020-12").Exit(3, 7),
            Unit("201", Experiment.Osst, "2017-01", "2018-04").Exit(3, 5), Ongoing(Unit200("202"), 4),
        ];
        var group = BaselineEvaluation.Of(Asked, units).Groups[0];
        Assert.Equal(7, Number("FLOW_NOT_COVERED"));
        Assert.Equal(5, Number("FLOW_NOT_COVERED_AFTER"));
        Assert.Equal(
            Number("FLOW_REFERRED"),
            Number("FLOW_HISTORY_TOO_LONG") + Number("FLOW_NOT_COVERED") + Number("FLOW_COVERED"));
        Assert.Equal(
            Number("FLOW_COVERED"),
            Number("FLOW_NOT_ON_ASSISTANCE") + Number("FLOW_FOLLOWED_TOO_SHORT") + Number("FLOW_IN_EXIT"));
        Assert.Equal(
            Number("FLOW_COVERED"),
            Number("FLOW_NOT_COVERED_AFTER") + Number("FLOW_DIED") + Number("FLOW_MOVED") + Number("FLOW_IN_CHANGE"));
        Assert.Equal(ExitEvaluation.Of(Asked, units).Groups[0].Estimates[0].N, Number("FLOW_IN_EXIT"));
        Assert.Equal(ChangeEvaluation.Of(Asked, units).Groups[0].Estimates[0].N, Number("FLOW_IN_CHANGE"));

        double Number(string measure) => group.Estimates.Single(it => it.Measure == measure).Value!.Value;
    }

    [Fact]
    public void Arms_are_compared_by_age_reason_and_months_before_and_without_tests()
    {
        EvaluationUnit[] units = [.. Study(treated: 3, control: 3)];
        Ongoing(units[0], 30);
        var result = BaselineEvaluation.Of(Asked, units);
        var comparison = Assert.Single(result.Comparisons);
        Assert.All(comparison.Estimates, it => Assert.Null(it.P));
        Assert.Equal(0, Of("AGE_FROM25_TO54").Value);
        Assert.Null(Of("AGE_FROM25_TO54_STANDARDISED").Value); // All are of one age.
        Assert.True(Of("INCIDENT").Value < 0);
        Assert.True(Of("INCIDENT_STANDARDISED").Value < -0.1);
        Assert.True(Of("MEAN_MONTHS_BEFORE").Value > 0);
        var shares = result.Groups[0].Estimates.Where(it => it.Measure.StartsWith("REASON_", StringComparison.Ordinal));
        Assert.Equal(1, shares.Sum(it => it.Value!.Value), 12);

        Estimate Of(string measure) => comparison.Estimates.Single(it => it.Measure == measure);
    }

    [Fact]
    public void An_incident_index_leaves_out_who_was_on_assistance_before_and_counts_them()
    {
        EvaluationUnit[] units = [Ongoing(Unit200("200").Exit(3, 10), 6)];
        var incident = Asked with { Incident = true };
        Assert.Equal(16, ExitEvaluation.Of(Asked, units).Groups[0].Estimates[0].N);
        Assert.Equal(10, ExitEvaluation.Of(incident, units).Groups[0].Estimates[0].N);
        Assert.Equal(10, ChangeEvaluation.Of(incident, units).Groups[0].Estimates[0].N);
        Assert.Equal(
            [new Exclusion(ExclusionReason.OnAssistanceBefore, StudyArm.OsstAndEmployment, 6)],
            Exclusions.WithPrevalent(incident, units, []));
    }

    [Fact]
    public void Without_coverage_of_the_months_before_assistance_cannot_be_seen_to_begin()
    {
        EvaluationUnit[] units = [Ongoing(Unit("200", Experiment.Osst, "2017-06", "2020-12").Exit(3, 10), 6)];
        var incident = Asked with { Incident = true };
        var result = ExitEvaluation.Of(incident, units);
        Assert.Empty(result.Groups);
        Assert.Equal(
            [new Exclusion(ExclusionReason.NotCovered, StudyArm.OsstAndEmployment, 16)],
            Exclusions.WithPrevalent(incident, units, result.Excluded));
    }

    [Fact]
    public void The_primary_outcome_stands_as_it_is_and_secondary_ones_are_adjusted_among_each_other()
    {
        var units = Study(treated: 4, control: 3);
        var results = new Dictionary<EvaluationSubject, EvaluationResult>
        {
            [EvaluationSubject.Exit] = ExitEvaluation.Of(Asked, units),
            [EvaluationSubject.Change] = ChangeEvaluation.Of(Asked, units),
            [EvaluationSubject.Panel] = PanelEvaluation.Of(MadeUpPanel.Question, MadeUpPanel.Study(-0.01, 0.001)),
        };
        var all = Assert.Single(FamilyEvaluation.Of(results).Comparisons).Estimates;
        Assert.Equal(
            ["CHANGE.MEAN_CHANGE_OF_MUNICIPALITIES", "EXIT.EXITED_12", "EXIT.RESTRICTED_MEAN_12", "PANEL.MEAN_EFFECT"],
            all.Select(it => it.Measure));
        Assert.NotNull(all[0].P);
        Assert.Null(all[0].AdjustedP);
        var smallest = all.Skip(1).MinBy(it => it.P)!;
        Assert.Equal(Math.Min(1, 3 * smallest.P!.Value), smallest.AdjustedP!.Value, 12);
        Assert.All(all.Skip(1), it => Assert.True(it.AdjustedP >= it.P));
        results.Remove(EvaluationSubject.Panel);
        Assert.Equal(3, FamilyEvaluation.Of(results).Comparisons[0].Estimates.Count);
        Assert.Empty(FamilyEvaluation.Of(new Dictionary<EvaluationSubject, EvaluationResult>()).Comparisons);
    }

    private static EvaluationUnit Unit200(string code) => Unit(code, Experiment.Osst, "2017-01", "2020-12");

    /// <summary>Clients who were on assistance already in the months before the referral.</summary>
    private static EvaluationUnit Ongoing(EvaluationUnit unit, int clients)
    {
        var book = new OutcomeBook();
        for (var i = 0; i < clients; i++)
        {
            var (client, day) = ($"{unit.Code}-ongoing-{i}", new DateOnly(2018, 3, 5));
            book.Apply(client, new ClientRegistered(
                unit.Code, new PersonalText("X"), new PersonalText("Y"), 1980, null, null, true), day, 1);
            book.Apply(client, new ReferralReceived(
                "r1", ReferralSource.Kela, ReferralReason.Need, 3, null, false, false, false), day, 2);
            foreach (var month in new[] { "2017-11", "2018-02", "2018-03", "2018-04" })
            {
                book.Apply(client, new BenefitMonthRecorded(month, 50_000, 0), day, 3);
            }
        }
        book.Settle();
        book.Of(unit.Code)!.AddTo(unit.Cells, unit.Spells);
        return unit;
    }
}
