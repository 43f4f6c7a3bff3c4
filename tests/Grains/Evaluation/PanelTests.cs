using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Tests.Evaluation.MadeUpPanel;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>The panel of municipalities: which months and municipalities are compared, and what is refused.</summary>
public sealed class PanelTests
{
    [Fact]
    public void An_effect_of_OSST_is_found_and_a_common_trend_is_none()
    {
        Assert.InRange(Of(Study(), "MEAN_EFFECT").Value!.Value, -0.0005, 0.0005);
        var found = Of(Study(effect: -0.01, noise: 0.001), "MEAN_EFFECT");
        Assert.InRange(found.Value!.Value, -0.0105, -0.0095);
        Assert.True(found.Interval!.High < 0);
        Assert.Equal(9, found.Clusters);
    }

    [Fact]
    public void Six_count_in_2018_and_five_in_2019_and_who_left_is_kept_beside()
    {
        var units = Study(effect: -0.01);
        var estimates = Compared(units, "EMPLOYMENT_ONLY").Estimates;
        Assert.Equal(
            (9, 8, 9), (Clusters("MEAN_EFFECT_2018"), Clusters("MEAN_EFFECT_2019"), Clusters("MEAN_EFFECT")));
        Assert.Equal((9, 8), (Clusters("MONTH_2018-12"), Clusters("MONTH_2019-01")));
        // One of six has no effect any more in twelve of the 21 months.
        var diluted = -0.01 * (1 - (12.0 / 21 / 6));
        Assert.Equal(diluted, estimates.Single(it => it.Measure == "MEAN_EFFECT_EVER_TREATED").Value!.Value, 3);
        Assert.Equal(-0.01, estimates.Single(it => it.Measure == "MEAN_EFFECT").Value!.Value, 3);

        int Clusters(string measure) => estimates.Single(it => it.Measure == measure).Clusters;
    }

    [Fact]
    public void The_average_is_that_of_the_months_after_the_ramp_up()
    {
        var estimates = Compared(Study(effect: -0.01, noise: 0.004), "EMPLOYMENT_ONLY").Estimates;
        var months = estimates.Where(it => it.Measure.StartsWith("MONTH_", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            ["MONTH_2018-01", "MONTH_2018-02", "MONTH_2018-03"],
            months.Where(it => it.Note?.StartsWith("ramp-up", StringComparison.Ordinal) is true)
                .Select(it => it.Measure));
        var after = months.SkipWhile(it => it.Measure != "MONTH_2018-04").ToArray();
        Assert.Equal(21, after.Length);
        Assert.Equal(
            after.Average(it => it.Value!.Value),
            estimates.Single(it => it.Measure == "MEAN_EFFECT").Value!.Value, 12);
        Assert.Equal(0, months.Take(12).Sum(it => it.Value!.Value), 12);
    }

    [Fact]
    public void A_suppressed_month_is_missing_and_not_zero()
    {
        PanelUnit[] units = [.. Study(controls: 4)];
        units[6] = units[6].With("2017-02", null);
        var result = PanelEvaluation.Of(Question, units);
        Assert.Equal(
            new Exclusion(ExclusionReason.MonthMissing, StudyArm.EmploymentOnly, 1), Assert.Single(result.Excluded));
        Assert.Contains(result.Notes, note => note == "Left out for missing months: 106.");
        Assert.Equal(9, Of(units, "MEAN_EFFECT").Clusters);
        units[6] = units[6].With("2017-02", 0);
        Assert.Empty(PanelEvaluation.Of(Question, units).Excluded);
        Assert.Equal(10, Of(units, "MEAN_EFFECT").Clusters);
        Assert.Equal(9, Of(units, "MEAN_EFFECT_LOG").Clusters); // None has no logarithm.
    }

    [Fact]
    public void Residents_of_a_year_hold_for_twelve_months_and_no_longer()
    {
        var unit = Study()[0];
        var late = unit with
        {
            State = unit.State with
            {
                Panel = [.. unit.State.Panel.Where(it => it.Month is not ("2017-12" or "2018-12"))],
            },
        };
        Assert.Equal(
            ExclusionReason.MonthMissing, Assert.Single(PanelEvaluation.Of(Question, [late]).Excluded).Reason);
        Assert.Empty(PanelEvaluation.Of(Question with { ToMonth = MonthSet.NumberOf("2018-01") }, [
            unit with
            {
                State = unit.State with { Panel = [.. unit.State.Panel.Where(it => it.Month != "2018-12")] },
            }]).Excluded);
    }

    [Fact]
    public void Unequal_months_of_adoption_are_refused_and_say_so()
    {
        PanelUnit[] units = [.. Study()];
        units[0] = units[0].In(Osst("2019-12", "2018-03"));
        Assert.Equal(
            [
                new("OSST_AND_EMPLOYMENT", "EMPLOYMENT_ONLY", EvaluationRefusalReason.UnequalAdoption),
                new("OSST_AND_EMPLOYMENT", "NEITHER", EvaluationRefusalReason.UnequalAdoption),
            ],
            PanelEvaluation.Of(Question, units).Refused);
        Assert.Equal("EMPLOYMENT_ONLY", Assert.Single(PanelEvaluation.Of(Question, units).Comparisons).Label);
    }

    [Fact]
    public void An_experiment_in_the_base_and_arms_of_fewer_than_three_are_refused()
    {
        PanelUnit[] units = [.. Study(neither: 2)];
        units[7] = units[7].In(Arm(StudyArm.EmploymentOnly, "2017-07", null));
        Assert.Equal(
            [
                new("OSST_AND_EMPLOYMENT", "EMPLOYMENT_ONLY", EvaluationRefusalReason.AdoptedInBase),
                new("OSST_AND_EMPLOYMENT", "NEITHER", EvaluationRefusalReason.TooFewMunicipalities),
                new("EMPLOYMENT_ONLY", "NEITHER", EvaluationRefusalReason.TooFewMunicipalities),
            ],
            PanelEvaluation.Of(Question, units).Refused);
        Assert.Equal(3, PanelEvaluation.Of(Question, []).Refused.Count);
    }

    [Fact]
    public void What_OSST_left_behind_is_no_control()
    {
        var units = Study();
        var later = Question with { FromMonth = MonthSet.NumberOf("2019-01") };
        Assert.Equal(6, PanelEvaluation.Of(later, units).Groups[0].Estimates[0].Clusters);
        Assert.Equal(8, Compared(units, "EMPLOYMENT_ONLY", later).Estimates.Single(
            it => it.Measure == "MEAN_EFFECT").Clusters);
    }

    [Theory]
    [InlineData("2017-07", "2019-12", null, "from")]
    [InlineData("2018-01", "2027-08", null, "to")]
    [InlineData("2018-01", "2019-12", PanelMeasure.Residents, "measure")]
    public void What_cannot_be_asked_is_said(string from, string to, PanelMeasure? measure, string field)
    {
        var asked = Question with
        {
            FromMonth = MonthSet.NumberOf(from),
            ToMonth = MonthSet.NumberOf(to),
            Measure = measure,
        };
        Assert.Equal(field, asked.Problem()?.Field);
        Assert.Null(Question.Problem());
        Assert.Equal("incident", (Question with { Incident = true }).Problem()?.Field);
        Assert.Equal("age", (Question with { Age = AgeGroup.Under25 }).Problem()?.Field);
    }

    private static Estimate Of(IReadOnlyList<PanelUnit> units, string measure) =>
        Compared(units, "EMPLOYMENT_ONLY").Estimates.Single(it => it.Measure == measure);

    [Fact]
    public void An_employment_experiment_of_the_treated_within_the_base_is_refused_like_any_other()
    {
        PanelUnit[] units =
        [
            .. MadeUpPanel.Study().Select(unit => unit.State.Arms[0].Arm is StudyArm.OsstAndEmployment
                ? unit.Had((Experiment.Employment, "2017-02"), (Experiment.Osst, "2018-01")) : unit),
        ];
        var result = PanelEvaluation.Of(MadeUpPanel.Question, units);
        Assert.Equal(
            [EvaluationRefusalReason.AdoptedInBase, EvaluationRefusalReason.AdoptedInBase],
            result.Refused.Where(it => it.Label == "OSST_AND_EMPLOYMENT").Select(it => it.Reason));
    }

    [Fact]
    public void Against_neither_what_began_is_the_first_of_both_experiments()
    {
        PanelUnit[] units =
        [
            .. MadeUpPanel.Study().Select(unit => unit.State.Arms[0].Arm is StudyArm.OsstAndEmployment
                ? unit.Had((Experiment.Employment, "2017-08"), (Experiment.Osst, "2018-01")) : unit),
        ];
        var compared = PanelEvaluation.Of(MadeUpPanel.Question, units).Comparisons;
        Assert.Equal("before adoption", In("EMPLOYMENT_ONLY").Note);
        Assert.Equal("ramp-up: in no average", In("NEITHER").Note);
        Assert.NotNull(In("NEITHER").Value);
        units =
        [
            .. units.Select(unit => unit.State.Exposures.Count == 0 ? unit : unit.Had((Experiment.Osst, "2018-01"))),
        ];
        Assert.Contains(
            PanelEvaluation.Of(MadeUpPanel.Question, units).Notes,
            note => note.Contains("not recorded", StringComparison.Ordinal));

        Estimate In(string control) => compared
            .Single(it => it.Label == "OSST_AND_EMPLOYMENT" && it.Against == control)
            .Estimates.Single(it => it.Measure == "MONTH_2017-09");
    }

    private static EvaluationComparison Compared(
        IReadOnlyList<PanelUnit> units, string against, EvaluationQuestion? question = null) =>
        PanelEvaluation.Of(question ?? Question, units).Comparisons
            .Single(it => it.Label == "OSST_AND_EMPLOYMENT" && it.Against == against);
}
