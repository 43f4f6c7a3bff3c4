using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Work;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>Attainment before and after a decision on a method, where it was decided and where it was not.</summary>
public sealed class MethodEvaluationTests
{
    private static readonly EvaluationQuestion Asked = new(
        EvaluationSubject.Methods, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2019-12"));

    private static readonly DateOnly Late = new(2021, 12, 31);

    [Fact]
    public void The_change_where_it_was_decided_is_compared_with_the_change_where_it_was_not()
    {
        var result = MethodEvaluation.Of(Asked, Study(3, 3), Late);
        var comparison = Assert.Single(result.Comparisons);
        Assert.Equal("EMPHASISE INTENSIVE_INDIVIDUAL_WORK from 2019-01: decided", comparison.Label);
        var change = Assert.Single(comparison.Estimates);
        // From 10 of 40 to 20, 21 and 22 of 40; without the decision from 10 to 12, 13 and 14.
        Assert.Equal(((11.0 - 3.0) / 40, 6), (Math.Round(change.Value!.Value, 12), change.Clusters));
        Assert.Contains("association", change.Note);
        Assert.NotNull(change.Interval);
        Assert.Empty(result.Refused);
        var decided = result.Groups[0];
        Assert.Equal(
            [0.25, 0.525, 0.2, 0.8], decided.Estimates.Select(it => Math.Round(it.Value!.Value, 12)));
        Assert.All(result.Notes.Take(2), note => Assert.NotEmpty(note));
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    public void Fewer_than_three_municipalities_on_a_side_are_not_compared_and_the_reason_is_told(int with, int without)
    {
        var result = MethodEvaluation.Of(Asked, Study(with, without), Late);
        Assert.Empty(result.Comparisons);
        Assert.Equal(EvaluationRefusalReason.TooFewMunicipalities, Assert.Single(result.Refused).Reason);
        Assert.Equal(2, result.Groups.Count);
    }

    [Fact]
    public void A_municipality_that_decided_otherwise_around_then_is_on_neither_side()
    {
        var units = Study(3, 4);
        units[^1] = units[^1] with { MethodDecisions = [Decision(MethodChoice.Drop, "2019-06-01")] };
        var result = MethodEvaluation.Of(Asked, units, Late);
        Assert.Equal(6, result.Comparisons.Single().Estimates[0].Clusters);
        Assert.Equal("DROP INTENSIVE_INDIVIDUAL_WORK from 2019-06: decided", result.Refused.Single().Label);
    }

    [Fact]
    public void Others_are_told_of_decisions_from_a_new_year_on_whose_years_are_over()
    {
        EvaluationUnit[] others = [.. Study(3, 3).Select(unit => unit with { IsExact = false })];
        var result = MethodEvaluation.Of(Asked, others, Late);
        Assert.Equal(0.2, result.Comparisons.Single().Estimates[0].Value!.Value, 1e-9);
        Assert.Empty(MethodEvaluation.Of(Asked, others, new DateOnly(2020, 12, 31)).Groups);
        EvaluationUnit[] inMarch =
        [
            .. others.Select(unit => unit with
            {
                MethodDecisions = [.. unit.MethodDecisions.Select(it => it with { From = Day("2019-03-01") })],
            }),
        ];
        var later = MethodEvaluation.Of(Asked, inMarch, Late);
        Assert.Empty(later.Groups);
        Assert.True(later.Withheld);
    }

    [Fact]
    public void Decisions_of_other_months_than_those_asked_for_are_left() => Assert.Empty(MethodEvaluation.Of(
        Asked with { ToMonth = MonthSet.NumberOf("2018-12") }, Study(3, 3), Late).Groups);

    /// <summary>For the codebook's test.</summary>
    internal static EvaluationResult Compared() => MethodEvaluation.Of(Asked, Study(3, 3), Late);

    private static EvaluationUnit[] Study(int with, int without) =>
    [
        .. Enumerable.Range(0, with).Select(i => Unit($"{100 + i}", 20 + i) with
        {
            MethodDecisions = [Decision(MethodChoice.Emphasise, "2019-01-01")],
        }),
        .. Enumerable.Range(0, without).Select(i => Unit($"{200 + i}", 12 + i)),
    ];

    private static MethodDecision Decision(MethodChoice choice, string from) =>
        new(IntensiveWork, choice, Day(from), null);

    /// <summary>Forty clients with an assessed goal in each year.</summary>
    private static EvaluationUnit Unit(string code, int attainedAfter)
    {
        var unit = MadeUpClients.Unit(code, Experiment.Osst, "2017-01", "2019-12");
        unit.PlanMonths.Add(MonthSet.NumberOf("2018-05"), Plans(10, 8));
        unit.PlanMonths.Add(MonthSet.NumberOf("2019-05"), Plans(attainedAfter, 32));
        return unit;
    }

    private static PlanMonth Plans(int attained, int used)
    {
        var plans = new PlanMonth { Assessed = 40, Attained = attained };
        plans.Methods.Add(IntensiveWork, (40, used));
        return plans;
    }
}
