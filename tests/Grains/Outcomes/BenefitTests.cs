using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Outcomes;

/// <summary>Months on assistance in the twelve months before and after the month of the first Kela referral, 2018-02.
/// </summary>
public sealed class BenefitTests
{
    private readonly Register _register = new((StudyArm.OsstAndEmployment, "2018-01-01", null));
    private RegisterCoverageRecorded? _covered;

    [Fact]
    public void Twelve_months_on_each_side_count_and_the_referrals_own_month_in_neither()
    {
        Cover("2017-01", "2019-12");
        _register.With(
            "a", [.. Referred, .. Paid("2017-01", "2017-02", "2018-01", "2018-02", "2018-03", "2019-02", "2019-03")]);
        var arm = Assert.Single(Ask()).Value;
        Assert.Equal((1, 2L, 2L, 0L), (arm.Clients, arm.MonthsBefore, arm.MonthsAfter, arm.SquaredChange));
        Assert.Null(arm.ChangeDeviation);
    }

    [Theory]
    [InlineData("2017-02", "2019-02", 1)]
    [InlineData("2017-03", "2019-02", 0)]
    [InlineData("2017-02", "2019-01", 0)]
    [InlineData(null, null, 0)]
    public void A_client_counts_only_where_all_25_months_are_covered(string? from, string? through, int clients)
    {
        Cover(from, through);
        _register.With("a", Referred);
        Assert.Equal(clients, Ask().Values.Sum(arm => arm.Clients));
    }

    [Fact]
    public void Everybody_counts_from_the_referral_on_whether_a_plan_was_made_or_not()
    {
        Cover("2017-01", "2019-12");
        _register.With("came", [.. Referred, On("2018-03-01", Assessing), On("2018-03-10", Planning)]);
        _register.With("never", [.. Referred, On("2018-02-03", new RecordReferralNotInvestigated("r1", Words("No")))]);
        _register.With("without", Planned);
        Assert.Equal(2, Ask().Values.Single().Clients);
    }

    [Fact]
    public void A_corrected_month_moves_the_count()
    {
        Cover("2017-01", "2019-12");
        _register.With("a", [.. Referred, .. Paid("2018-04", "2018-05")]);
        _register.With("a", On(Today, new RecordBenefitMonth("2018-05", 0, 0)));
        Assert.Equal(1, Ask().Values.Single().MonthsAfter);
    }

    [Fact]
    public void Months_far_from_the_referral_are_kept()
    {
        _register.With("a", [.. Referred, .. Paid("2017-01", "2018-02", "2019-11")]);
        var (_, spells) = FollowUps();
        Assert.Equal(
            [(1, SpellEnd.Exit), (1, SpellEnd.Exit), (1, SpellEnd.Exit)],
            spells.Select(it => (it.Key.Months, it.Key.End)));
        var between = Enumerable.Range(1, 20).Select(m => Day("2018-02-01").AddMonths(m).ToString("yyyy-MM"));
        _register.With("a", Paid([.. between]));
        Assert.Equal([22, 22, 22], FollowUps().Spells.Select(it => it.Key.Months).Order());
    }

    [Fact]
    public void Who_died_or_moved_within_the_window_is_in_no_change()
    {
        Cover("2017-01", "2019-12");
        _register.With("a", [.. Referred, On("2018-06-01", new CloseMatter(ClosingReason.Died)), .. Paid("2018-01")]);
        _register.With("b", [.. Referred, On("2018-06-01", new MoveToMunicipality("837"))]);
        _register.With("c", Referred);
        var cells = FollowUps().Cells.Values;
        Assert.Equal((1, 1), (cells.Sum(c => c.Died), cells.Sum(c => c.Moved)));
        Assert.Equal(1, cells.Sum(c => c.MonthsBeforeDeath));
        Assert.Equal(1, Ask().Values.Single().Clients);
    }

    [Fact]
    public void A_line_recorded_where_the_client_moved_to_counts_where_the_referral_was()
    {
        _register.With(
            "a", [.. Referred, On("2019-06-01", new MoveToMunicipality("837")), .. Paid("2018-02", "2018-03")]);
        Assert.Equal(2, FollowUps().Spells.First(it => it.Key.Gap == 2).Key.Months);
    }

    [Fact]
    public void Months_covered_before_a_client_was_known_are_not_known_of_the_client_until_they_are_covered_again()
    {
        _register.With("early", Referred);
        _register.Own(new RegisterCoverageRecorded("kela", "2017-01", "2019-12"));
        _register.With("late", Referred);
        Assert.Equal(1, Ask().Values.Single().Clients);
        _register.Own(new RegisterCoverageRecorded("kela", "2017-01", "2018-06"));
        Assert.Equal(1, Ask().Values.Single().Clients);
        _register.Own(new RegisterCoverageRecorded("other", "2018-07", "2019-12"));
        Assert.Equal(2, Ask().Values.Single().Clients);
        _register.Own(new RegisterCoverageWithdrawn("kela", "2018-01", "2018-01"));
        Assert.Empty(Ask());
    }

    [Fact]
    public void Who_moves_in_is_known_from_the_move_on()
    {
        var there = new Register();
        there.With("a", Registered);
        there.Book.ApplyOwn("837", new RegisterCoverageRecorded("kela", "2017-01", "2019-12"), 50);
        there.Book.Apply("a", new ClientMoved("837", "320"), Day("2018-01-15"), 51);
        there.Book.Apply("a", FirstNotice, Day("2018-02-01"), 52);
        there.Book.Settle();
        var cells = new Dictionary<IndexGroup, IndexCell>();
        there.Book.Of("837")!.AddTo(cells, []);
        Assert.Equal(1, Assert.Single(cells).Key.KnownAfter);
    }

    [Fact]
    public void After_a_closing_an_exit_is_one_as_far_as_is_known()
    {
        _register.With("open", [.. Referred, .. Paid("2018-02")]);
        _register.With("closed", [.. Referred, .. Paid("2018-02"), Closed("2018-04-30", ClosingReason.GoalsReached)]);
        _register.With("later", [.. Referred, .. Paid("2018-02"), Closed("2018-05-01", ClosingReason.GoalsReached)]);
        _register.With(
            "back", [.. Referred, .. Paid("2018-02"), Closed("2018-03-01", ClosingReason.GoalsReached),
            On("2019-03-01", new ReopenMatter())]);
        Assert.Equal(
            [(SpellEnd.Exit, 3), (SpellEnd.ExitAfterClosing, 1)],
            FollowUps().Spells.Where(it => it.Key.Gap == 2).OrderBy(it => it.Key.End)
                .Select(it => (it.Key.End, it.Value)));
        Cover("2017-01", "2019-12");
        Assert.Equal(2, Unit().CoveredByArm(new OutcomePeriod(0, int.MaxValue, null)).Values.Single().Closed);
    }

    [Theory]
    [InlineData(ClosingReason.Died, "2018-06-10", true, 0, 0)]
    [InlineData(ClosingReason.Died, "2018-09-10", true, 0, 0)]
    [InlineData(ClosingReason.Died, "2018-09-10", false, 0, 0)]
    [InlineData(ClosingReason.MovedAway, "2018-06-10", true, 0, 0)]
    [InlineData(ClosingReason.MovedAway, "2018-09-10", true, 0, 1)]
    [InlineData(ClosingReason.MovedAway, "2018-09-10", false, 0, 0)]
    public void A_new_matter_takes_a_death_back_and_a_move_on_the_same_day_alone_and_the_same_matter_both(
        ClosingReason reason, string reopened, bool newMatter, int died, int moved)
    {
        _register.With(
            "a", [.. Referred, Closed("2018-06-10", reason), On(reopened, new ReopenMatter(NewMatter: newMatter))]);
        var cell = FollowUps().Cells.Values.Single();
        Assert.Equal((died, moved), (cell.Died, cell.Moved));
    }

    [Fact]
    public void A_death_after_a_reopening_on_the_same_day_stands()
    {
        _register.With(
            "a", [.. Referred, Closed("2018-03-10", ClosingReason.ClientsWish), On("2018-06-10", new ReopenMatter()),
            Closed("2018-06-10", ClosingReason.Died)]);
        Assert.Equal(1, FollowUps().Cells.Values.Single().Died);
    }

    [Fact]
    public void The_deviation_is_that_of_the_sample()
    {
        Cover("2017-01", "2019-12");
        _register.With("a", [.. Referred, .. Paid("2017-12", "2018-01")]);
        _register.With("b", [.. Referred, .. Paid("2018-04")]);
        _register.With("c", Referred);
        var arm = Ask().Values.Single();
        double[] changes = [-2, 1, 0];
        var mean = changes.Average();
        Assert.Equal(mean, arm.MeanChange!.Value, 9);
        Assert.Equal(Math.Sqrt(changes.Sum(c => (c - mean) * (c - mean)) / 2), arm.ChangeDeviation!.Value, 9);
    }

    private static readonly ReferralReceived FirstNotice = new(
        "r1", ReferralSource.Kela, ReferralReason.Need, 3, null, false, false, false);

    private static Step Closed(string day, ClosingReason reason) => On(day, new CloseMatter(reason));

    private static Step[] Paid(params string[] months) =>
        [.. months.Select(month => On(Today, new RecordBenefitMonth(month, 50_000, 0)))];

    /// <summary>Says at the end, when all clients are known, that the register's months are complete.</summary>
    private void Cover(string? from, string? through) =>
        _covered = from is null ? null : new RegisterCoverageRecorded("kela", from, through!);

    private Dictionary<StudyArm, BenefitOutcome> Ask() =>
        Unit().CoveredByArm(new OutcomePeriod(0, int.MaxValue, null)).ToDictionary(it => it.Key, it => it.Value.Change);

    private EvaluationUnit Unit()
    {
        if (_covered is not null)
        {
            _register.Own(_covered);
        }
        var outcomes = _register.Outcomes();
        var unit = new EvaluationUnit("320", _register.Caseload.Municipality, outcomes.Coverage);
        outcomes.AddTo(unit.Cells, unit.Spells);
        return unit;
    }

    private (Dictionary<IndexGroup, IndexCell> Cells, Dictionary<SpellKey, int> Spells) FollowUps()
    {
        var (cells, spells) = (new Dictionary<IndexGroup, IndexCell>(), new Dictionary<SpellKey, int>());
        _register.Outcomes().AddTo(cells, spells);
        return (cells, spells);
    }
}
