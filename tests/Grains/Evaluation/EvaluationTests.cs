using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Statistics;
using static OsstOrleans.Grains.Tests.Evaluation.MadeUpClients;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>Estimates from sums: who is in them, where follow-up is cut, and what others than own staff see.</summary>
public sealed class EvaluationTests
{
    private static readonly int Index = MonthSet.NumberOf("2018-03");

    private static readonly EvaluationQuestion Exits = new(
        EvaluationSubject.Exit, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2019-12"));

    private static readonly EvaluationQuestion Changes = Exits with { Subject = EvaluationSubject.Change };
    private static readonly EvaluationQuestion Chain = Exits with { Subject = EvaluationSubject.Chain };

    [Fact]
    public void Where_coverage_ends_all_who_are_still_on_are_cut_off_at_the_same_month()
    {
        // Complete to 2018-12: an exit of two months can be told up to 2018-11, eight months after the index.
        var unit = Unit("837", Experiment.Osst, "2017-01", "2018-12").Exit(3, 10).Exit(8, 5).Exit(9, 7).Exit(20, 8);
        var group = Assert.Single(ExitEvaluation.Of(Exits, [unit]).Groups);
        Assert.Equal("OSST_AND_EMPLOYMENT", group.Label);
        Assert.Equal([30L, 30, 30, 20, 20, 20, 20, 20], group.Curve.Select(point => point.AtRisk));
        Assert.Equal(20.0 / 30, Of(group, "STILL_ON_6"), 12);
        Assert.Equal(0.5, Of(group, "CENSORED_SHARE"), 12);
        Assert.Null(group.Estimates.Single(it => it.Measure == "RESTRICTED_MEAN_12").Value);
        Assert.Equal(15.0 / 30, group.Curve[7].StillOn, 12);
        Assert.All(new[] { "STILL_ON_9", "STILL_ON_12" }, beyond => Assert.Equal(
            (null, null, $"not followed {beyond["STILL_ON_".Length..]} months"), Known(group, beyond)));
    }

    [Fact]
    public void Without_coverage_nobody_counts_and_it_is_said_how_many()
    {
        var unit = Unit("837", Experiment.Osst, "2017-04", "2020-12").Exit(3, 10);
        var result = ExitEvaluation.Of(Exits, [unit]);
        Assert.Empty(result.Groups);
        Assert.Equal(
            new Exclusion(ExclusionReason.NotCovered, StudyArm.OsstAndEmployment, 10), Assert.Single(result.Excluded));
        Assert.Empty(ChangeEvaluation.Of(Changes, [unit]).Groups);
    }

    [Fact]
    public void Arms_of_fewer_than_three_municipalities_are_not_compared()
    {
        Assert.Empty(ExitEvaluation.Of(Exits, Study(treated: 3, control: 2)).Comparisons);
        var comparison = Assert.Single(ExitEvaluation.Of(
            Exits, Study(treated: 3, control: 3, through: "2019-06")).Comparisons);
        Assert.Equal(("OSST_AND_EMPLOYMENT", "EMPLOYMENT_ONLY"), (comparison.Label, comparison.Against));
        Assert.NotNull(comparison.Estimates.Single(it => it.Measure == "RESTRICTED_MEAN_12").Interval);
        Assert.Null(comparison.Estimates.Single(it => it.Measure == "RESTRICTED_MEAN_24").Value);
    }

    [Fact]
    public void The_order_of_municipalities_and_groups_moves_no_digit()
    {
        var units = Study(treated: 4, control: 3);
        var other = Study(treated: 4, control: 3, reversed: true);
        Assert.Equal(Digits(ExitEvaluation.Of(Exits, units)), Digits(ExitEvaluation.Of(Exits, other)));
        Assert.Equal(Digits(ChangeEvaluation.Of(Changes, units)), Digits(ChangeEvaluation.Of(Changes, other)));
    }

    [Fact]
    public void A_year_with_a_small_cell_is_in_no_estimate_that_others_see()
    {
        EvaluationUnit[] units = [.. Study(treated: 4, control: 3).Select(unit => unit with { IsExact = false })];
        Assert.False(ExitEvaluation.Of(Exits, units).Withheld);
        units[0].Exit(5, 3); // Three exits in the second quarter, where there were none.
        var result = ExitEvaluation.Of(Exits, units);
        Assert.True(result.Withheld);
        Assert.Equal(3, result.Groups.Single(it => it.Arm is StudyArm.OsstAndEmployment).Estimates[0].Clusters);
        Assert.Empty(result.Excluded);
    }

    [Fact]
    public void Others_see_exits_by_quarter_and_no_mean_change()
    {
        EvaluationUnit[] units = [.. Study(treated: 3, control: 3).Select(unit => unit with { IsExact = false })];
        var exits = ExitEvaluation.Of(Exits, units).Groups[0];
        Assert.All(exits.Curve.Zip(exits.Curve.Skip(1)), pair => Assert.True(
            pair.First.StillOn == pair.Second.StillOn || pair.Second.Month % 3 == 0));
        Assert.DoesNotContain(exits.Estimates, it => it.Measure is "DIED_12" or "MOVED_12" or "CENSORED_SHARE");
        var change = ChangeEvaluation.Of(Changes, units);
        var measures = change.Groups.SelectMany(it => it.Estimates).Select(it => it.Measure);
        Assert.DoesNotContain(measures, it => it.StartsWith("MEAN", StringComparison.Ordinal));
        Assert.NotEmpty(change.Comparisons);
    }

    [Fact]
    public void A_year_that_still_grows_is_in_no_estimate_that_others_see()
    {
        EvaluationUnit[] growing = [.. Study(3, 3, through: "2019-11").Select(unit => unit with { IsExact = false })];
        var result = ChangeEvaluation.Of(Changes, growing);
        Assert.True(result.Withheld);
        Assert.Empty(result.Groups);
        var attended = ChainEvaluation.Of(Chain, growing, new DateOnly(2019, 3, 30));
        Assert.True(attended.Withheld);
        Assert.Empty(attended.Groups);
        Assert.NotEmpty(ChainEvaluation.Of(Chain, growing, new DateOnly(2019, 3, 31)).Groups);
    }

    [Fact]
    public void A_merge_is_no_move_however_old_the_duplicates_referral_is()
    {
        var (book, unit) = (new OutcomeBook(), Unit("837", Experiment.Osst, "2017-01", "2019-12"));
        book.Apply("survivor", new ClientRegistered(
            "837", new PersonalText("X"), new PersonalText("Y"), 1980, null, null, true), new DateOnly(2018, 3, 10), 1);
        var referral = new ReferralReceived(
            "r1", ReferralSource.Kela, ReferralReason.Need, 3, null, false, false, false);
        book.Apply(
            "survivor", new DuplicateAbsorbed("m1", "duplicate", new ContactTally())
            {
                Referrals = [new Referral(referral, new DateOnly(2018, 1, 5))],
            }, new DateOnly(2018, 4, 1), 2);
        book.Apply("survivor", new BenefitMonthRecorded("2018-01", 50_000, 0), new DateOnly(2018, 4, 1), 3);
        book.Settle();
        book.Of("837")!.AddTo(unit.Cells, unit.Spells);
        Assert.Equal((1, 0), (Assert.Single(unit.Cells.Values).Clients, unit.Cells.Values.Single().Moved));
        Assert.All(unit.Spells.Keys, spell => Assert.Equal((1, SpellEnd.Exit), (spell.Months, spell.End)));
    }

    [Fact]
    public void Where_nothing_varies_no_chance_is_told()
    {
        ClusterSum[] alike = [new(10, 0), new(20, 0), new(30, 0)];
        ClusterSum[] others = [new(10, 1), new(20, 2), new(30, 3)];
        Assert.Null(new WildBootstrap(alike, alike).P());
        Assert.Null(new WildBootstrap(others, alike).P());
        ClusterSum[] far = [new(10, 100), new(20, 210), new(30, 290)];
        Assert.InRange(new WildBootstrap(far, [new(10, 0), new(20, 1), new(30, -1)]).P()!.Value, 1e-5, 0.2);
    }

    [Fact]
    public void Half_is_reached_whatever_the_last_digits_of_the_curve()
    {
        var oneAMonth = Enumerable.Range(1, 24).Select(month => new FollowedUp(0, month, Survival.Event, 1));
        Assert.Equal(12, new Survival([.. oneAMonth]).Median());
    }

    [Fact]
    public void A_subgroup_has_intervals_and_no_tests()
    {
        var result = ExitEvaluation.Of(Exits with { Reason = ReferralReason.Need }, Study(treated: 3, control: 3));
        var described = Assert.Single(result.WithoutTests().Comparisons).Estimates;
        Assert.All(described, it => Assert.Null(it.P));
        Assert.Contains(described, it => it.Interval is not null);
        Assert.DoesNotContain(described, it => it.Measure == "LOG_RANK");
    }

    [Fact]
    public void Month_by_month_the_arms_are_compared_with_the_month_before_the_referral()
    {
        var question = Exits with { Subject = EvaluationSubject.EventStudy };
        var result = EventStudyEvaluation.Of(question, Study(treated: 3, control: 3));
        var treated = result.Groups[0].Estimates.ToDictionary(it => it.Measure, it => it.Value!.Value);
        Assert.Equal((0.0, 1.0, 1.0), (treated["MONTH_-1"], treated["MONTH_0"], treated["MONTH_+1"]));
        Assert.InRange(treated["MONTH_+12"], 0.1, 0.9);
        var comparison = Assert.Single(result.Comparisons).Estimates.ToDictionary(it => it.Measure);
        Assert.DoesNotContain("MONTH_-1", comparison.Keys);
        Assert.Equal(
            treated["MONTH_+12"] - result.Groups[1].Estimates.Single(it => it.Measure == "MONTH_+12").Value!.Value,
            comparison["MONTH_+12"].Value!.Value, 12);
        Assert.NotNull(comparison["LARGEST_LEAD"].P);
        Assert.Equal(0.0, comparison["PRE_TREND"].Value); // Nobody was on assistance before.
        Assert.Equal(
            comparison["MEAN_EFFECT"].Value!.Value, comparison["MEAN_EFFECT_BEYOND_TREND"].Value!.Value, 12);
    }

    [Fact]
    public void Attendance_is_compared_within_municipalities_and_only_where_the_window_is_over()
    {
        var units = Study(treated: 3, control: 0);
        var day = MonthSet.FirstDayOf(Index + 1).AddDays(89);
        Assert.Empty(ChainEvaluation.Of(Chain, units, day.AddDays(-1)).Comparisons);
        var result = ChainEvaluation.Of(Chain, units, day);
        Assert.Equal("RISK_DIFFERENCE_MANTEL_HAENSZEL", Assert.Single(result.Comparisons).Estimates[0].Measure);
        Assert.Equal(["NEED", "REDUCTION"], result.Groups.Take(2).Select(it => it.Label));
    }

    private static (double? Value, Interval? Interval, string? Note) Known(EvaluationGroup group, string measure)
    {
        var estimate = group.Estimates.Single(it => it.Measure == measure);
        return (estimate.Value, estimate.Interval, estimate.Note);
    }

    private static double Of(EvaluationGroup group, string measure) =>
        group.Estimates.Single(it => it.Measure == measure).Value!.Value;

    private static string Digits(EvaluationResult result) => System.Text.Json.JsonSerializer.Serialize(result);
}
