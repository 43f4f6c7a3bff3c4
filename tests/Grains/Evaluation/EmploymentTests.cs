using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>Time to the first work, study and service: who is followed how long, and what others than own staff see.
/// </summary>
public sealed class EmploymentTests
{
    private static readonly EvaluationQuestion Asked = new(
        EvaluationSubject.Employment, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2018-12"));

    private static readonly DateOnly LongAfter = new(2020, 12, 31);

    [Fact]
    public void Open_cases_are_cut_off_at_the_last_whole_month_of_the_log()
    {
        // Index 2018-03, the log to 15.7.: March to June are four whole months.
        EvaluationUnit[] units =
        [
            Unit().Add(PathEnd.Began, 2, 10).Add(PathEnd.Began, 5, 7).Add(PathEnd.Open, 0, 23),
        ];
        var work = Work(EmploymentEvaluation.Of(Asked, units, new DateOnly(2018, 7, 15)));
        Assert.Equal([40L, 40, 30, 30], work.Curve.Select(point => point.AtRisk));
        Assert.Equal([0, 0.25, 0.25, 0.25], work.Curve.Select(point => point.Exited));
        Assert.Equal(0.25, Value(work, "BEGAN_3"));
        Assert.Null(Value(work, "BEGAN_12"));
        Assert.Equal(0.75, Value(work, "CENSORED_SHARE"));
    }

    [Fact]
    public void Clients_of_a_month_that_is_not_over_are_counted_as_left_out()
    {
        EvaluationUnit[] units = [Unit().Add(PathEnd.Open, 0, 9)];
        var result = EmploymentEvaluation.Of(Asked, units, new DateOnly(2018, 3, 31));
        Assert.Empty(result.Groups);
        Assert.Equal(
            new Exclusion(ExclusionReason.WindowOpen, StudyArm.OsstAndEmployment, 9), Assert.Single(result.Excluded));
    }

    [Fact]
    public void A_municipality_that_records_no_more_work_is_followed_no_further()
    {
        var unit = Unit() with { RecordedThrough = MonthSet.NumberOf("2018-06") };
        unit.Add(PathEnd.Began, 2, 10).Add(PathEnd.Began, 5, 7).Add(PathEnd.Open, 0, 23);
        var work = Work(EmploymentEvaluation.Of(Asked, [unit], LongAfter));
        Assert.Equal([40L, 40, 30, 30], work.Curve.Select(point => point.AtRisk));
        Assert.Equal(0.75, Value(work, "CENSORED_SHARE"));
    }

    [Fact]
    public void Death_moves_and_closings_compete_and_are_no_censoring()
    {
        EvaluationUnit[] units =
        [
            Unit().Add(PathEnd.Died, 1, 10).Add(PathEnd.Moved, 2, 10).Add(PathEnd.Closed, 3, 20)
                .Add(PathEnd.Began, 4, 30).Add(PathEnd.Open, 0, 30).AddBefore(6),
        ];
        var work = Work(EmploymentEvaluation.Of(Asked, units, LongAfter));
        // Kaplan-Meier would say 0.5: half of the sixty who were left. Of the hundred it was 30.
        Assert.Equal(0.3, Value(work, "BEGAN_6")!.Value, 12);
        Assert.Equal((0.1, 0.1, 0.2), (
            Value(work, "DIED_12")!.Value, Math.Round(Value(work, "MOVED_12")!.Value, 12),
            Math.Round(Value(work, "CLOSED_12")!.Value, 12)));
        Assert.Equal(0.3, work.Curve[^1].StillOn, 12);
        Assert.Equal(0.06, Value(work, "BEGAN_BEFORE"));
        Assert.Equal(24, work.Curve.Count); // Nobody is followed longer.
        Assert.Equal(0, Value(work, "CENSORED_SHARE"));
    }

    [Fact]
    public void Arms_of_fewer_than_three_municipalities_are_not_compared()
    {
        Assert.Empty(EmploymentEvaluation.Of(Asked, Study(3, 2), LongAfter).Comparisons);
        var result = EmploymentEvaluation.Of(Asked, Study(3, 3), LongAfter);
        var work = Assert.Single(result.Comparisons, it => it.Label.StartsWith("WORK", StringComparison.Ordinal));
        Assert.Equal(("WORK: OSST_AND_EMPLOYMENT", "WORK: EMPLOYMENT_ONLY"), (work.Label, work.Against));
        Assert.All(work.Estimates, it => Assert.NotNull(it.Interval));
        Assert.Equal(["BEGAN_12", "BEGAN_24"], work.Estimates.Select(it => it.Measure));
    }

    [Fact]
    public void The_order_of_counting_moves_no_digit()
    {
        var other = Study(4, 3);
        foreach (var unit in other)
        {
            var ends = unit.Employment.Ends.Reverse().ToArray();
            unit.Employment.Ends.Clear();
            foreach (var (key, count) in ends)
            {
                unit.Employment.Ends.Add(key, count);
            }
        }
        Assert.Equal(Digits(Study(4, 3)), Digits(other));

        static IEnumerable<string> Digits(IReadOnlyList<EvaluationUnit> units)
        {
            var result = EmploymentEvaluation.Of(Asked, units, LongAfter);
            return result.Groups.SelectMany(group => group.Estimates)
                .Concat(result.Comparisons.SelectMany(it => it.Estimates))
                .Select(it => $"{it.Measure} {it.Value:R} {it.Interval?.Low:R} {it.Interval?.High:R} {it.P:R}");
        }
    }

    [Fact]
    public void Others_see_the_share_of_whole_years_that_could_all_be_followed_a_year_and_nothing_else()
    {
        var exact = EmploymentEvaluation.Of(Asked, Study(3, 3), LongAfter);
        var shown = EmploymentEvaluation.Of(Asked, Hidden(Study(3, 3)), LongAfter);
        var (own, others) = (Work(exact), Work(shown));
        Assert.Equal(["BEGAN_12"], others.Estimates.Select(it => it.Measure));
        Assert.Equal(Value(own, "BEGAN_12")!.Value, Value(others, "BEGAN_12")!.Value, 12);
        Assert.Empty(others.Curve);
        Assert.Empty(shown.Excluded);
        Assert.Equal(
            ["BEGAN_12"], shown.Comparisons.SelectMany(it => it.Estimates).Select(it => it.Measure).Distinct());
        // The last index month that a year has is December: followed to November of the next year.
        Assert.NotEmpty(EmploymentEvaluation.Of(Asked, Hidden(Study(3, 3)), new DateOnly(2019, 12, 1)).Groups);
        var early = EmploymentEvaluation.Of(Asked, Hidden(Study(3, 3)), new DateOnly(2019, 11, 30));
        Assert.Empty(early.Groups);
        Assert.True(early.Withheld);
    }

    [Fact]
    public void A_municipalitys_year_with_a_small_cell_is_withheld_and_two_municipalities_are_no_arm()
    {
        var units = Hidden(Study(4, 3));
        units[0].Employment.Ends.Clear();
        units[0].Add(PathEnd.Began, 3, 4).Add(PathEnd.Open, 0, 60);
        var result = EmploymentEvaluation.Of(Asked, units, LongAfter);
        Assert.True(result.Withheld);
        Assert.Equal(3, Work(result).Estimates.Single().Clusters);
        units[1].Employment.Ends.Clear();
        units[1].Add(PathEnd.Open, 0, 60); // All of them share one value.
        Assert.DoesNotContain(
            EmploymentEvaluation.Of(Asked, units, LongAfter).Groups, it => it.Arm is StudyArm.OsstAndEmployment);
    }

    /// <summary>Its clients are the same on every path: one shown would count those of one that is not.</summary>
    [Fact]
    public void A_municipalitys_year_with_a_small_cell_on_one_path_is_withheld_on_all()
    {
        var units = Hidden(Study(4, 3));
        var ends = units[0].Employment.Ends;
        foreach (var (key, count) in ends.Where(it => it.Key.Path is EmploymentPath.Study
            && it.Key is { End: PathEnd.Began, Months: <= 12 }).ToArray())
        {
            ends.Count(key, -count);
            ends.Count(key with { End = PathEnd.Open, Months = 0 }, count);
        }
        ends.Count(ends.Keys.First(it => it is { Path: EmploymentPath.Study, End: PathEnd.Open }) with
        {
            End = PathEnd.Began,
            Months = 3,
        }, 4);
        var result = EmploymentEvaluation.Of(Asked, units, LongAfter);
        Assert.True(result.Withheld);
        var treated = result.Groups.Where(it => it.Arm is StudyArm.OsstAndEmployment).ToArray();
        Assert.Equal(Enum.GetValues<EmploymentPath>().Length, treated.Length);
        Assert.All(treated, group => Assert.Equal(3, group.Estimates.Single().Clusters));
        Assert.Single(treated.Select(group => group.Estimates.Single().N).Distinct());
    }

    [Fact]
    public void Months_on_assistance_are_no_part_of_it() =>
        Assert.Equal("incident", (Asked with { Incident = true }).Problem()!.Value.Field);

    private static EvaluationUnit Unit(string code = "837", bool treated = true) =>
        MadeUpClients.Unit(code, treated ? Experiment.Osst : Experiment.Employment, "2017-01", "2020-12");

    private static IReadOnlyList<EvaluationUnit> Study(int treated, int control) => MadeUpEmployment.Study(
        treated, control);

    private static EvaluationUnit[] Hidden(IReadOnlyList<EvaluationUnit> units) =>
        [.. units.Select(unit => unit with { IsExact = false })];

    private static EvaluationGroup Work(EvaluationResult result) => result.Groups
        .First(group => group.Label == "WORK: OSST_AND_EMPLOYMENT");

    private static double? Value(EvaluationGroup group, string measure) =>
        group.Estimates.Single(it => it.Measure == measure).Value;
}
