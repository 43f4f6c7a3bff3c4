using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>Change of ESIS with a paired interval, and what others see of it.</summary>
public sealed class InclusionEvaluationTests
{
    private static readonly EvaluationQuestion Asked = new(
        EvaluationSubject.Inclusion, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2018-12"));

    private static readonly DateOnly Late = new(2020, 12, 31);

    [Fact]
    public void The_mean_change_is_that_of_pairs_and_who_has_none_is_counted_by_reason()
    {
        var result = InclusionEvaluation.Of(
            Asked, [Unit("100", [(200, 300), (400, 450), (500, null), (null, null)])], Late);
        var all = result.Groups.Single(group => group.Label == "ESIS 1");
        var change = Of(all, "MEAN_CHANGE");
        Assert.Equal((7.5, 2L, 1), (change.Value!.Value, change.N, change.Clusters));
        Assert.Equal((30.0, 37.5), (Of(all, "FIRST_MEAN").Value!.Value, Of(all, "LAST_MEAN").Value!.Value));
        Assert.Equal("paired t", change.Interval!.Method);
        Assert.DoesNotContain(all.Estimates, it => it.Measure == "MEAN_CHANGE_CLUSTERED");
        Assert.Equal(
            [(ExclusionReason.NotScored, 1L), (ExclusionReason.AnsweredOnce, 1L)],
            result.Excluded.Select(it => (it.Reason, it.Count)));
        Assert.Contains(result.Groups, group => group.Arm is StudyArm.OsstAndEmployment);
    }

    [Fact]
    public void Three_municipalities_give_an_interval_that_allows_for_likeness_within_them()
    {
        var result = InclusionEvaluation.Of(Asked, Three(isExact: true), Late);
        var clustered = Of(result.Groups[0], "MEAN_CHANGE_CLUSTERED");
        Assert.Equal(3, clustered.Clusters);
        Assert.Equal(Of(result.Groups[0], "MEAN_CHANGE").Value!.Value, clustered.Value!.Value, 1e-9);
        Assert.NotNull(clustered.Interval);
    }

    [Fact]
    public void Others_get_shares_of_three_municipalities_years_that_are_over_and_nothing_exact()
    {
        var result = InclusionEvaluation.Of(Asked, Three(isExact: false), Late);
        Assert.False(result.Withheld);
        Assert.Empty(result.Excluded);
        var group = Assert.Single(result.Groups);
        Assert.Equal(["BETTER_WITHIN_YEAR", "WORSE_WITHIN_YEAR"], group.Estimates.Select(it => it.Measure));
        Assert.Equal(0.5, group.Estimates[0].Value!.Value, 1e-9);
        Assert.Empty(InclusionEvaluation.Of(Asked, Three(isExact: false), new DateOnly(2019, 12, 30)).Groups);
    }

    [Fact]
    public void A_small_cell_or_two_municipalities_withhold_all_for_others()
    {
        var three = Three(isExact: false);
        Assert.Empty(InclusionEvaluation.Of(Asked, [.. three.Take(2)], Late).Groups);
        var small = InclusionEvaluation.Of(
            Asked, [.. three.Take(2), Unit("102", [(200, 900), (200, 200)]) with { IsExact = false }], Late);
        Assert.Empty(small.Groups);
        Assert.True(small.Withheld);
    }

    [Fact]
    public void A_change_that_all_share_has_no_interval() => Assert.Null(Of(InclusionEvaluation.Of(
        Asked, [Unit("100", [(200, 300), (400, 500)])], Late).Groups[0], "MEAN_CHANGE").Interval);

    [Fact]
    public void A_question_of_referrals_is_refused_with_its_field()
    {
        Assert.Equal("reason", (Asked with { Reason = ReferralReason.Need }).Problem()?.Field);
        Assert.Equal("incident", (Asked with { Incident = true }).Problem()?.Field);
        Assert.Null((Asked with { Age = AgeGroup.From55 }).Problem());
    }

    /// <summary>For the codebook's test.</summary>
    internal static EvaluationResult Exact() => InclusionEvaluation.Of(Asked, Three(isExact: true), Late);

    /// <summary>For the codebook's test.</summary>
    internal static EvaluationResult ForOthers() => InclusionEvaluation.Of(Asked, Three(isExact: false), Late);

    private static Estimate Of(EvaluationGroup group, string measure) =>
        group.Estimates.Single(it => it.Measure == measure);

    private static EvaluationUnit[] Three(bool isExact) =>
    [
        .. Enumerable.Range(0, 3).Select(i => Unit($"{100 + i}",
        [
            .. Enumerable.Repeat(((int?)300, (int?)(400 + (10 * i))), 10),
            .. Enumerable.Repeat(((int?)300, (int?)310), 5),
            .. Enumerable.Repeat(((int?)300, (int?)200), 5),
        ]) with
        {
            IsExact = isExact,
        }),
    ];

    /// <summary>Clients who answered in March 2018, and again in June where there is a last score.</summary>
    private static EvaluationUnit Unit(string code, (int? First, int? Last)[] clients)
    {
        var unit = MadeUpClients.Unit(code, Experiment.Osst, "2017-01", "2019-12");
        var book = new OutcomeBook();
        for (var i = 0; i < clients.Length; i++)
        {
            var (client, (first, last)) = ($"{code}-{i}", clients[i]);
            var registered = new ClientRegistered(
                code, new PersonalText("X"), new PersonalText("Y"), 1980, null, null, true);
            book.Apply(client, registered, new DateOnly(2018, 3, 1), 1);
            Answer(first, new DateOnly(2018, 3, 5), 2);
            if (last is not null)
            {
                Answer(last, new DateOnly(2018, 6, 5), 3);
            }

            void Answer(int? tenths, DateOnly day, long position) => book.Apply(
                client, new MeasureAnswered("ESIS", 1, 1, tenths, default), day, position);
        }
        book.Settle();
        book.Of(code)!.AddTo(unit.Inclusion);
        return unit;
    }
}
