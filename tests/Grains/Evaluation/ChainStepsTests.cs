using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>Waiting for steps of the chain with ends that compete, cut off when the question is asked.</summary>
public sealed class ChainStepsTests
{
    private static readonly EvaluationQuestion Asked = new(
        EvaluationSubject.Chain, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2018-12"));

    [Fact]
    public void Ends_that_compete_are_no_steps_and_all_shares_add_up_to_one()
    {
        var group = Assert.Single(Groups(new DateOnly(2019, 12, 31),
            (2, WaitEnd.Taken, 40), (3, WaitEnd.NotInvestigated, 30), (5, WaitEnd.Died, 5), (6, WaitEnd.Moved, 5),
            (9, WaitEnd.Closed, 10), (0, WaitEnd.Open, 10)));
        Assert.Equal("RECEIVED to CONTACTED", group.Label);
        Assert.Equal(
            [0.4, 0.4, 0.4, 0.3, 0.05, 0.05, 0.1],
            group.Estimates.Take(7).Select(it => Math.Round(it.Value!.Value, 12)));
        Assert.Null(Of(group, "MEDIAN_WEEKS").Value);
        Assert.Equal(0.1, Of(group, "CUT_OFF").Value);
    }

    /// <summary>Referred in March, seen until the 30th day after it: four whole weeks are known of all.</summary>
    [Fact]
    public void What_happened_after_the_cut_is_not_seen_and_what_is_beyond_it_is_not_told()
    {
        var group = Assert.Single(Groups(new DateOnly(2018, 4, 30),
            (2, WaitEnd.Taken, 50), (5, WaitEnd.Taken, 50)));
        Assert.Equal(0.5, Of(group, "TAKEN_4").Value);
        Assert.Null(Of(group, "TAKEN_13").Value);
        Assert.Null(Of(group, "DIED_26").Value);
        Assert.Equal(2, Of(group, "MEDIAN_WEEKS").Value);
        Assert.Equal(0.5, Of(group, "CUT_OFF").Value);
    }

    [Fact]
    public void Waiting_of_which_no_week_is_over_is_left_out_and_counted()
    {
        var excluded = new Exclusions();
        Assert.Empty(ChainSteps.Groups(
            Asked, [Unit("100", (1, WaitEnd.Taken, 7))], new DateOnly(2018, 4, 3), excluded));
        Assert.Equal([(ExclusionReason.WindowOpen, 7L)], excluded.All.Select(it => (it.Reason, it.Count)));
    }

    [Fact]
    public void Three_municipalities_give_an_interval()
    {
        var units = Enumerable.Range(0, 3).Select(i => Unit(
            $"{100 + i}", (2, WaitEnd.Taken, 40 + (10 * i)), (0, WaitEnd.Open, 40))).ToArray();
        var groups = ChainSteps.Groups(Asked, units, new DateOnly(2019, 12, 31), new Exclusions());
        var taken = Of(groups.Single(), "TAKEN_4");
        Assert.Equal(150.0 / 270, taken.Value!.Value, 1e-12);
        Assert.Equal("CR2, Satterthwaite t", taken.Interval!.Method);
    }

    private static Estimate Of(EvaluationGroup group, string measure) =>
        group.Estimates.Single(it => it.Measure == measure);

    private static IEnumerable<EvaluationGroup> Groups(
        DateOnly seenUntil, params (int Weeks, WaitEnd End, int Clients)[] waits) =>
        ChainSteps.Groups(Asked, [Unit("100", waits)], seenUntil, new Exclusions());

    private static EvaluationUnit Unit(string code, params (int Weeks, WaitEnd End, int Clients)[] waits)
    {
        var unit = MadeUpClients.Unit(code, Experiment.Osst, "2017-01", "2019-12");
        foreach (var (weeks, end, clients) in waits)
        {
            unit.Waits.Add(new WaitKey(
                (short)MonthSet.NumberOf("2018-03"), AgeGroup.From25To54, ReferralStep.Contacted, 0, (short)weeks, end),
                clients);
        }
        return unit;
    }
}
