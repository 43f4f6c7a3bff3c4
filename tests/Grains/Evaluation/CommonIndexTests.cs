using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Tests.Evaluation.MadeUpTown;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>Arms are compared over the same index months: what happened in a month is no effect.</summary>
public sealed class CommonIndexTests
{
    private static readonly EvaluationQuestion Changes = new(
        EvaluationSubject.Change, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2020-12"));

    private static readonly EvaluationQuestion Exits = Changes with { Subject = EvaluationSubject.Exit };

    /// <summary>The change of each year is the same in all municipalities: there is no effect.</summary>
    private static EvaluationUnit[] WithoutEffect() =>
    [
        .. Enumerable.Range(100, 3).Select(code => Town(code, Arm(StudyArm.OsstAndEmployment, "2018-01", "2019-12"))
            .With("2018-05", change: -3, 10).With("2018-06", change: 1, 10)
            .With("2019-05", change: -3, 10).With("2019-06", change: 1, 10)),
        .. Enumerable.Range(200, 3).Select(code => Town(code, Arm(StudyArm.EmploymentOnly, "2017-08", null))
            .With("2018-05", change: -3, 10).With("2018-06", change: 1, 10)
            .With("2019-05", change: -3, 10).With("2019-06", change: 1, 10)
            .With("2020-05", change: -4, 20).With("2020-06", change: 4, 10)),
    ];

    [Fact]
    public void Clients_of_a_year_that_only_one_arm_has_are_in_no_difference_and_are_counted()
    {
        var result = ChangeEvaluation.Of(Changes, WithoutEffect());
        var comparison = Assert.Single(result.Comparisons);
        Assert.Equal(0, Of(comparison, ChangeEvaluation.Primary).Value!.Value, 12);
        Assert.Equal(0, Of(comparison, "MEAN_CHANGE").Value!.Value, 12);
        Assert.All(comparison.Estimates, it => Assert.Equal(240, it.N));
        Assert.Contains(
            new Exclusion(ExclusionReason.NoCounterpart, StudyArm.EmploymentOnly, 90), result.Excluded);
        Assert.Contains(
            "OSST_AND_EMPLOYMENT against EMPLOYMENT_ONLY: referrals of 2018-05 to 2018-06, 2019-05 to 2019-06, weighed "
            + "alike in both.", result.Notes);
        var months = EventStudyEvaluation.Of(Changes with { Subject = EvaluationSubject.EventStudy }, WithoutEffect());
        Assert.Equal(0, Of(Assert.Single(months.Comparisons), "MEAN_EFFECT").Value!.Value, 12);
    }

    [Fact]
    public void Others_compare_only_years_that_both_arms_show()
    {
        EvaluationUnit[] others = [.. WithoutEffect().Select(unit => unit with { IsExact = false })];
        var result = ChangeEvaluation.Of(Changes, others);
        Assert.Equal(0, Of(Assert.Single(result.Comparisons), "FEWER_MONTHS_SHARE").Value!.Value, 12);
        Assert.Empty(result.Excluded);
        Assert.Contains("EMPLOYMENT_ONLY by itself: referrals of 2018 to 2020.", result.Notes);
        Assert.Contains(
            "OSST_AND_EMPLOYMENT against EMPLOYMENT_ONLY: referrals of 2018 to 2019, weighed alike in both.",
            result.Notes);
    }

    /// <summary>A year weighs alike in both arms, however many clients an arm had in it, and although one municipality
    /// left.</summary>
    [Fact]
    public void Arms_with_another_mixture_of_years_differ_by_the_effect_alone()
    {
        const int Effect = -1;
        EvaluationUnit[] units =
        [
            .. Enumerable.Range(100, 3).Select(code => Town(code, Arm(StudyArm.OsstAndEmployment, "2018-01", "2019-12"))
                .With("2018-05", change: -4 + Effect, 5 + code).With("2019-05", change: 2 + Effect, 30)),
            Town(103, Arm(StudyArm.OsstAndEmployment, "2018-01", "2018-12")).With("2018-05", change: -4 + Effect, 20),
            .. Enumerable.Range(200, 3).Select(code => Town(code, Arm(StudyArm.EmploymentOnly, "2017-08", null))
                .With("2018-05", change: -4, 10).With("2019-05", change: 2, code)),
        ];
        var change = Assert.Single(ChangeEvaluation.Of(Changes, units).Comparisons);
        Assert.Equal(Effect, Of(change, ChangeEvaluation.Primary).Value!.Value, 12);
        Assert.Equal(Effect, Of(change, "MEAN_CHANGE").Value!.Value, 12);
        var exits = Assert.Single(ExitEvaluation.Of(Exits, units).Comparisons);
        Assert.Equal(Effect, Of(exits, "RESTRICTED_MEAN_12").Value!.Value, 12);
        var baseline = Assert.Single(BaselineEvaluation.Of(
            Changes with { Subject = EvaluationSubject.Baseline }, units).Comparisons);
        Assert.Equal(0, Of(baseline, "MEAN_MONTHS_BEFORE").Value!.Value, 12);
    }

    [Fact]
    public void A_municipality_that_was_in_both_arms_is_not_taken_for_two()
    {
        var moved = Enumerable.Range(100, 3).Select(code => Town(
                code, Arm(StudyArm.Neither, "2017-01", "2018-05"), Arm(StudyArm.EmploymentOnly, "2018-06", null))
            .With("2018-05", change: -2, 10).With("2018-06", change: -2, 10)).ToArray();
        var stayed = Town(103, Arm(StudyArm.Neither, "2017-01", null)).With("2018-06", change: -2, 10);
        var early = Town(104, Arm(StudyArm.EmploymentOnly, "2017-08", null)).With("2018-05", change: -2, 10);
        var result = ChangeEvaluation.Of(Changes, [.. moved, stayed, early]);
        Assert.Empty(result.Comparisons);
        Assert.Equal(
            new EvaluationRefusal("EMPLOYMENT_ONLY", "NEITHER", EvaluationRefusalReason.InBothArms),
            Assert.Single(result.Refused));
    }

    private static Estimate Of(EvaluationComparison comparison, string measure) =>
        comparison.Estimates.Single(it => it.Measure == measure);
}
