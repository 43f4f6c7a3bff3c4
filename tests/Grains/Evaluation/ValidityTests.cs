using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Statistics;
using static OsstOrleans.Grains.Tests.Evaluation.MadeUpClients;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>Faults of validity that mislead quietly: each has its test.</summary>
public sealed class ValidityTests
{
    private static readonly EvaluationQuestion Exits = new(
        EvaluationSubject.Exit, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2019-12"));

    private static readonly EvaluationQuestion Changes = Exits with { Subject = EvaluationSubject.Change };

    [Fact]
    public void What_rounding_leaves_of_equal_values_is_no_variance()
    {
        ClusterSum[] alike = [new(3, 0.3), new(7, 0.7), new(11, 1.1)];
        ClusterSum[] others = [new(3, 0.9), new(7, 2.1), new(11, 3.3)];
        var difference = ClusterMeans.Difference(others, alike);
        Assert.Equal((0.2, 0.0), (Math.Round(difference.Estimate, 12), difference.Error));
        Assert.Null(difference.P);
        double[] tenths = [0.1 + 0.2, 0.3, 0.6 - 0.3];
        Assert.Equal(1.0, Permutation.Test(tenths, [0.3, 0.3, 0.1 * 3])!.Value.P);
    }

    [Fact]
    public void No_interval_of_a_share_goes_beyond_what_a_share_can_be()
    {
        ClusterSum[] nearlyAll = [new(10, 10), new(10, 10), new(10, 8)];
        var wide = Estimate.Of("SHARE", ClusterMeans.Mean(nearlyAll), nearlyAll);
        Assert.True(wide.Interval!.High > 1);
        Assert.Equal(1.0, wide.AsShare().Interval!.High);
        Assert.Contains("cut", wide.AsShare().Interval!.Method, StringComparison.Ordinal);
        var inside = wide.Interval with { Low = 0.5, High = 0.9 };
        Assert.Same(inside, inside.Within(0, 1));
    }

    [Fact]
    public void Two_years_are_shown_only_where_ten_clients_were_followed_so_long()
    {
        Assert.Equal(9, Followed(9));
        Assert.Equal(10, Followed(10));

        static int Followed(int clients)
        {
            var unit = Unit("837", Experiment.Osst, "2017-01", "2020-04").Exit(3, 20).Exit(30, clients);
            var other = Unit("837", Experiment.Osst, "2017-01", "2019-06").Exit(30, 5) with { Code = "838" };
            var group = Assert.Single(ExitEvaluation.Of(Exits, [unit, other]).Groups);
            var mean = group.Estimates.Single(it => it.Measure == "RESTRICTED_MEAN_24");
            Assert.Equal(clients >= 10, mean.Value is not null);
            return (int)group.Curve[23].AtRisk;
        }
    }

    [Fact]
    public void Movers_are_left_out_of_the_change_and_bounded_like_the_dead()
    {
        var unit = Unit("837", Experiment.Osst, "2017-01", "2019-12").Exit(5, 9);
        var moved = new OutcomeBook();
        moved.Apply("m", new ClientRegistered(
            "837", new PersonalText("X"), new PersonalText("Y"), 1980, null, null, true), new DateOnly(2018, 3, 1), 1);
        moved.Apply("m", new ReferralReceived(
            "r1", ReferralSource.Kela, ReferralReason.Need, 3, null, false, false, false), new DateOnly(2018, 3, 5), 2);
        moved.Apply("m", new BenefitMonthRecorded("2018-01", 50_000, 0), new DateOnly(2018, 3, 5), 3);
        moved.Apply("m", new ClientMoved("091", "837"), new DateOnly(2018, 6, 5), 4);
        moved.Settle();
        moved.Of("837")!.AddTo(unit.Cells, unit.Spells);
        var change = Assert.Single(ChangeEvaluation.Of(Changes, [unit]).Groups);
        Assert.Equal(9, change.Estimates[0].N);
        Assert.Equal(((9 * 4) - 1) / 10.0, Of(change, "MEAN_CHANGE_IF_MOVED_HAD_NO_MONTH"), 12);
        Assert.Equal(((9 * 4) + 11) / 10.0, Of(change, "MEAN_CHANGE_IF_MOVED_HAD_ALL_MONTHS"), 12);
        Assert.Equal(((9 * 4) - 1) / 10.0, Of(change, "MEAN_CHANGE_IF_GONE_HAD_NO_MONTH"), 12);
        Assert.Equal(4.0, Of(change, "MEAN_CHANGE_IF_DEAD_HAD_NO_MONTH"), 12);
    }

    /// <summary>One municipality has nearly all clients, and all who died: the mean of municipalities is another.
    /// </summary>
    [Fact]
    public void Bounds_hold_the_mean_that_they_are_named_after()
    {
        EvaluationUnit[] units =
        [
            Osst(100).With("2018-03", change: -2, 300).With("2018-03", change: -6, 30, died: true),
            Osst(101).With("2018-03", change: -6, 10), Osst(102).With("2018-03", change: -6, 10),
            .. Enumerable.Range(200, 3).Select(code => MadeUpTown
                .Town(code, MadeUpTown.Arm(StudyArm.EmploymentOnly, "2017-08", null)).With("2018-03", change: -2, 10)),
        ];
        var result = ChangeEvaluation.Of(Changes, units);
        var arm = result.Groups[0];
        var (low, high) = ((-600 - (30 * 6)) / 330.0, (-600 - (30 * 6) + (30 * 12)) / 330.0);
        Assert.Equal(-14 / 3.0, Of(arm, ChangeEvaluation.Primary), 12);
        Assert.Equal((low - 12) / 3, Of(arm, "MEAN_CHANGE_OF_MUNICIPALITIES_IF_GONE_HAD_NO_MONTH"), 12);
        Assert.Equal((high - 12) / 3, Of(arm, "MEAN_CHANGE_OF_MUNICIPALITIES_IF_DEAD_HAD_ALL_MONTHS"), 12);
        Assert.Equal((-900 + 360) / 350.0, Of(arm, "MEAN_CHANGE_IF_GONE_HAD_ALL_MONTHS"), 12);
        var differences = new EvaluationGroup("", null, result.Comparisons[0].Estimates);
        Assert.Equal(
            ((low - 12) / 3) + 2, Of(differences, "MEAN_CHANGE_OF_MUNICIPALITIES_LOWEST_IF_GONE"), 12);
        Assert.Equal(
            ((high - 12) / 3) + 2, Of(differences, "MEAN_CHANGE_OF_MUNICIPALITIES_HIGHEST_IF_GONE"), 12);

        static EvaluationUnit Osst(int code) =>
            MadeUpTown.Town(code, MadeUpTown.Arm(StudyArm.OsstAndEmployment, "2018-01", "2019-12"));
    }

    [Fact]
    public void The_family_is_fixed_beforehand_and_a_subgroup_has_no_adjusted_p()
    {
        var family = Exits with { Subject = EvaluationSubject.Family };
        Assert.Null(family.Problem());
        Assert.Equal("age", (family with { Age = AgeGroup.Under25 }).Problem()?.Field);
        Assert.Equal("reason", (family with { Reason = ReferralReason.Need }).Problem()?.Field);
        Assert.Equal("gap", (family with { Gap = 1 }).Problem()?.Field);
        var tested = new Estimate("M", 1, new Interval(0, 2, 0.95, ""), 9, 6)
        {
            P = 0.01,
            AdjustedP = 0.03,
            SmallestDetectable = 1,
        };
        var described = new EvaluationResult([], [new EvaluationComparison("a", "b", [tested])]).WithoutTests();
        var left = Assert.Single(described.Comparisons[0].Estimates);
        Assert.Equal((null, null, null), (left.P, left.AdjustedP, left.SmallestDetectable));
    }

    [Fact]
    public void What_others_see_of_months_is_counts_of_the_tables_that_estimates_come_from()
    {
        var (released, withheld) = ChangeEvaluation.ReleasedByArm(Changes, Study(treated: 3, control: 2));
        Assert.Equal([StudyArm.OsstAndEmployment], released.Keys);
        Assert.True(withheld); // Two municipalities are no arm.
        var estimates = ChangeEvaluation.Of(
            Changes, [.. Study(treated: 3, control: 2).Select(unit => unit with { IsExact = false })]).Groups[0];
        Assert.Equal(
            (double)released.Values.Single().Fewer / released.Values.Single().Change.Clients,
            Of(estimates, "FEWER_MONTHS_SHARE"), 12);
    }

    [Fact]
    public void A_year_with_clients_of_whom_months_are_not_known_yet_is_in_no_estimate_that_others_see()
    {
        EvaluationUnit[] units = [.. Study(treated: 3, control: 3).Select(unit => unit with { IsExact = false })];
        var (group, cell) = units[0].Cells.First();
        units[0].Cells[group with { KnownAfter = 1 }] = cell;
        Assert.Equal(StudyArm.EmploymentOnly, Assert.Single(ChangeEvaluation.Of(Changes, units).Groups).Arm);
        Assert.Equal(StudyArm.EmploymentOnly, Assert.Single(ExitEvaluation.Of(Exits, units).Groups).Arm);
    }

    private static double Of(EvaluationGroup group, string measure) =>
        group.Estimates.Single(it => it.Measure == measure).Value!.Value;
}
