using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Work;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>The sides of one decision less those of another are no single municipality's year.</summary>
public sealed class ReleasedDecisionsTests
{
    private static readonly CodedValue OtherMethod = IntensiveWork with { Code = "Z-OTHER" };

    /// <summary>The first municipalities decided on one method, fewer of them on another as well.</summary>
    [Theory]
    [InlineData(4, 3, 7, 1)]
    [InlineData(5, 3, 8, 1)]
    [InlineData(6, 3, 9, 2)]
    [InlineData(3, 3, 6, 2)]
    public void Two_decisions_whose_sides_differ_by_fewer_than_three_municipalities_are_not_both_shown(
        int one, int other, int all, int shown)
    {
        var units = Towns(all);
        Decide(units, IntensiveWork, "2018-01-01", Enumerable.Range(0, one));
        Decide(units, OtherMethod, "2018-01-01", Enumerable.Range(0, other));
        var result = Asked(units, "2018-01", "2018-12");
        Assert.Equal(2 * shown, result.Groups.Count);
        Assert.Equal(shown, result.Comparisons.Count);
        Assert.Equal(2 - shown, result.Refused.Count);
        Assert.Equal(shown < 2, result.Withheld);
        Assert.Equal(2, Asked([.. units.Select(it => it with { IsExact = true })], "2018-01", "2018-12")
            .Comparisons.Count);
    }

    [Theory]
    [InlineData("2019-01-01", 1)]
    [InlineData("2020-01-01", 2)]
    public void The_year_after_one_decision_and_before_the_next_is_the_same_years_table(string next, int shown)
    {
        var units = Towns(7);
        Decide(units, IntensiveWork, "2018-01-01", Enumerable.Range(0, 4));
        Decide(units, OtherMethod, next, Enumerable.Range(0, 3));
        Assert.Equal(shown, Asked(units, "2018-01", "2020-12").Comparisons.Count);
    }

    [Fact]
    public void Two_questions_show_no_more_than_one()
    {
        var units = Towns(7);
        Decide(units, IntensiveWork, "2018-01-01", Enumerable.Range(0, 4));
        Decide(units, OtherMethod, "2019-01-01", Enumerable.Range(0, 3));
        Assert.Single(Asked(units, "2018-01", "2018-12").Comparisons);
        var alone = Asked(units, "2019-01", "2019-12");
        Assert.Empty(alone.Groups);
        Assert.True(alone.Withheld);
    }

    /// <summary>Any two sides differ by many; both of one decision are both of the other and the last municipality.
    /// </summary>
    [Fact]
    public void Both_sides_of_one_decision_less_both_of_another_are_no_single_municipality_either()
    {
        var units = Towns(13);
        Decide(units, IntensiveWork, "2018-01-01", Enumerable.Range(0, 6));
        Decide(units, IntensiveWork, "2018-03-01", [12], MethodChoice.Drop); // On neither side of the first.
        Decide(units, OtherMethod, "2018-01-01", [0, 1, 2, 6, 7, 8]);
        Assert.Equal(
            ["EMPHASISE INTENSIVE_INDIVIDUAL_WORK from 2018-01: decided"],
            Asked(units, "2018-01", "2018-12").Comparisons.Select(it => it.Label));
    }

    [Fact]
    public void A_county_is_one_register_on_a_side_however_many_municipalities_it_has()
    {
        var units = Towns(9);
        Decide(units, IntensiveWork, "2018-01-01", Enumerable.Range(0, 6));
        Decide(units, OtherMethod, "2018-01-01", Enumerable.Range(0, 3));
        for (var town = 3; town < 6; town++)
        {
            units[town] = units[town] with { Register = "hva-08" };
        }
        Assert.Single(Asked(units, "2018-01", "2018-12").Comparisons);
    }

    private static EvaluationResult Asked(IReadOnlyList<EvaluationUnit> units, string from, string to) =>
        MethodEvaluation.Of(
            new EvaluationQuestion(EvaluationSubject.Methods, MonthSet.NumberOf(from), MonthSet.NumberOf(to)), units,
            new DateOnly(2022, 12, 31));

    private static void Decide(
        EvaluationUnit[] units, CodedValue method, string from, IEnumerable<int> towns,
        MethodChoice choice = MethodChoice.Emphasise)
    {
        foreach (var town in towns)
        {
            units[town] = units[town] with
            {
                MethodDecisions = [.. units[town].MethodDecisions, new(method, choice, Day(from), null)],
            };
        }
    }

    /// <summary>Each has forty clients with an assessed goal in each year.</summary>
    private static EvaluationUnit[] Towns(int count) =>
    [
        .. Enumerable.Range(0, count).Select(town =>
        {
            var unit = MadeUpClients.Unit($"{100 + town}", Experiment.Osst, "2017-01", "2021-12");
            for (var year = 2017; year <= 2020; year++)
            {
                unit.PlanMonths.Add(
                    MonthSet.NumberOf($"{year}-05"), new PlanMonth { Assessed = 40, Attained = 10 + town });
            }
            return unit with { Register = $"{100 + town}", IsExact = false };
        }),
    ];
}
