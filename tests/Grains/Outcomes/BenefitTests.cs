using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Outcomes;

/// <summary>Months on assistance in the twelve months before and after the month of the first plan (2018-03).</summary>
public sealed class BenefitTests
{
    private readonly Register _register = new((StudyArm.OsstAndEmployment, "2018-01-01", null));

    [Fact]
    public void Twelve_months_on_each_side_count_and_the_plans_own_month_in_neither()
    {
        _register.With(
            "a", [.. Planned, .. Paid("2017-02", "2017-03", "2018-02", "2018-03", "2018-04", "2019-03", "2019-04")]);
        var arm = Assert.Single(Ask("2019-04")).Value;
        Assert.Equal((1, 2L, 2L, 0L), (arm.Clients, arm.MonthsBefore, arm.MonthsAfter, arm.SquaredChange));
        Assert.Equal((2.0, 2.0, 0.0), (arm.MeanBefore, arm.MeanAfter, arm.MeanChange));
        Assert.Null(arm.ChangeDeviation);
    }

    [Fact]
    public void A_client_counts_once_the_twelve_months_after_are_over()
    {
        _register.With("a", Planned);
        Assert.Empty(Ask("2019-03"));
        Assert.Single(Ask("2019-04"));
    }

    [Fact]
    public void A_corrected_month_moves_the_count()
    {
        _register.With("a", [.. Planned, .. Paid("2018-04", "2018-05")]);
        _register.With("a", On(Today, new RecordBenefitMonth("2018-05", 0, 0)));
        Assert.Equal(1, Ask("2019-12").Values.Single().MonthsAfter);
    }

    [Fact]
    public void Months_long_before_and_after_do_not_push_out_those_around_the_first_plan()
    {
        var register = new Register((StudyArm.OsstAndEmployment, "2000-01-01", null));
        var months = Enumerable.Range(0, 216).Select(m => Day("2002-01-01").AddMonths(m).ToString("yyyy-MM"));
        register.With(
            "a", [On("2002-01-15", Sample.Register), On("2002-03-01", Assessing), On("2003-03-10", Planning),
            .. Paid([.. months])]);
        var all = Ask(register, "2019-12").Values.Single();
        Assert.Equal((12L, 12L), (all.MonthsBefore, all.MonthsAfter));
    }

    [Fact]
    public void The_deviation_is_that_of_the_sample()
    {
        _register.With("a", [.. Planned, .. Paid("2018-01", "2018-02")]);
        _register.With("b", [.. Planned, .. Paid("2018-04")]);
        _register.With("c", Planned);
        var arm = Ask("2019-12").Values.Single();
        double[] changes = [-2, 1, 0];
        var mean = changes.Average();
        Assert.Equal(mean, arm.MeanChange!.Value, 9);
        Assert.Equal(Math.Sqrt(changes.Sum(c => (c - mean) * (c - mean)) / 2), arm.ChangeDeviation!.Value, 9);
    }

    private static Step[] Paid(params string[] months) =>
        [.. months.Select(month => On(Today, new RecordBenefitMonth(month, 50_000, 0)))];

    private Dictionary<StudyArm, BenefitOutcome> Ask(string thisMonth) => Ask(_register, thisMonth);

    private static Dictionary<StudyArm, BenefitOutcome> Ask(Register register, string thisMonth)
    {
        var arms = new Dictionary<StudyArm, BenefitOutcome>();
        register.Caseload.AddTo(arms, new OutcomePeriod(0, int.MaxValue, null), Day($"{thisMonth}-15"));
        return arms;
    }
}
