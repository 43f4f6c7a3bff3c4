using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Tests.Evaluation.MadeUpTown;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Outcomes;

/// <summary>What a register does to a client's record must not look like something that happened to the client.
/// </summary>
public sealed class FollowUpFaultTests
{
    private const string Covered = "2015-01";

    private static readonly PlanMade Plan = GivenClient(Sample.Planned).Past
        .Select(it => it.Happened).OfType<PlanMade>().Single();

    private static readonly PlanReviewed Review = GivenClient(
            [.. Sample.Planned, On("2018-08-01", Sample.Reviewing)]).Past
        .Select(it => it.Happened).OfType<PlanReviewed>().Single();

    private readonly OutcomeBook _book = new();
    private long _position = 100;

    [Fact]
    public void Of_an_erased_client_nothing_is_known_after_the_erasure()
    {
        Follow("erased", Erased(ErasureReason.Ordered));
        Follow("other");
        Cover(Covered, "2019-12");
        Assert.Equal((1, 1), Changes("837"));
    }

    [Fact]
    public void An_erasure_after_the_months_were_covered_changes_nothing()
    {
        Follow("client");
        Cover(Covered, "2019-12");
        Apply("client", "2030-05-20", new ClientErased(ErasureReason.RetentionEnded));
        Assert.Equal((1, 0), Changes("837"));
        Own(new RegisterCoverageWithdrawn("kela", "2018-05", "2018-05"));
        Assert.Equal((0, 1), Changes("837"));
    }

    [Fact]
    public void Who_was_registered_in_error_counts_nowhere_and_who_comes_again_is_one()
    {
        Follow("first", Erased(ErasureReason.RegisteredInError));
        Follow("again");
        Cover(Covered, "2019-12");
        Assert.Equal((1, 0), Changes("837"));
        Assert.DoesNotContain(_book.Lines(), line => line.EndsWith("Referred) 2", StringComparison.Ordinal));
    }

    /// <summary>Others see a year when all of it is known: of an erased client no more will be.</summary>
    [Fact]
    public void An_erased_client_keeps_no_year_from_being_complete()
    {
        Follow("erased", Erased(ErasureReason.Ordered));
        Follow("other");
        Cover(Covered, "2019-12");
        Assert.True(Unit("837").IsComplete(2018));
    }

    [Fact]
    public void A_merge_lends_the_duplicates_months_no_coverage_from_before_it()
    {
        Apply("survivor", "2018-01-05", Registered("837"));
        Cover("2017-01", "2018-12");
        var notice = Notice("r1", ReferralReason.Need);
        Apply("survivor", "2019-03-01", new DuplicateAbsorbed("m1", "duplicate", new ContactTally())
        {
            Referrals = [new Referral(notice, Day("2019-02-05"))],
        });
        Pay("survivor", "2019-02", "2020-02");
        Cover("2019-01", "2020-02");
        Assert.Equal((0, 1), Changes("837", year: 2019));
        Cover("2018-01", "2018-12");
        Assert.Equal((1, 0), Changes("837", year: 2019));
    }

    [Fact]
    public void Who_gets_no_assistance_is_not_one_whose_assistance_began()
    {
        for (var i = 0; i < 10; i++)
        {
            Apply($"{i}", "2018-03-01", Registered("837"));
            Apply($"{i}", "2018-03-05", Notice("r1", ReferralReason.SupplementaryApplication));
            if (i < 6)
            {
                Pay($"{i}", "2018-03", "2018-11");
            }
        }
        Cover(Covered, "2019-12");
        var question = new EvaluationQuestion(
            EvaluationSubject.Change, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2018-12"), Incident: true);
        var unit = Unit("837");
        var result = ChangeEvaluation.Of(question, [unit]);
        Assert.Equal((8.0, 6L), (result.Groups[0].Estimates[0].Value, result.Groups[0].Estimates[0].N));
        Assert.Equal(
            [new Exclusion(ExclusionReason.NotOnAssistance, StudyArm.OsstAndEmployment, 4)],
            Exclusions.WithPrevalent(question, [unit], result.Excluded));
        var baseline = BaselineEvaluation.Of(question with { Incident = false }, [unit]).Groups[0];
        Assert.Equal(0.6, baseline.Estimates.Single(it => it.Measure == "INCIDENT").Value!.Value, 12);
    }

    [Fact]
    public void A_closing_that_was_taken_back_ends_no_plan_and_moves_nobody_away()
    {
        Follow("planned",
            ("2018-03-10", Plan), ("2018-05-01", new MatterClosed(ClosingReason.MovedAway, null)),
            ("2018-05-03", new MatterReopened(null)), ("2018-08-01", Review));
        Cover(Covered, "2019-12");
        Assert.Equal((1, 0), Changes("837"));
        Assert.Equal((1, 2), Plans());
    }

    [Fact]
    public void A_new_matter_leaves_the_closed_one_closed()
    {
        Follow("planned",
            ("2018-03-10", Plan), ("2018-05-01", new MatterClosed(ClosingReason.MovedAway, null)),
            ("2018-05-03", new MatterReopened(null, Begins: 2)), ("2018-08-01", Review));
        Cover(Covered, "2019-12");
        Assert.Equal((0, 0), Changes("837"));
        Assert.Equal((0, 0), Plans());
    }

    [Fact]
    public void A_notice_that_is_forwarded_on_its_day_moves_nobody()
    {
        Apply("client", "2018-03-05", Registered("837"));
        Apply("client", "2018-03-05", Notice("r1", ReferralReason.Need));
        Apply("client", "2018-03-05", new ClientMoved("211", "837"));
        Own(new RegisterCoverageRecorded("kela", Covered, "2019-12"), "211");
        Assert.Equal((1, 0), Changes("211"));
    }

    [Fact]
    public void A_municipality_that_is_merged_into_another_takes_its_clients_along_and_they_did_not_move()
    {
        Apply("client", "2019-06-01", Registered("911"));
        Apply("client", "2019-06-05", Notice("r1", ReferralReason.Need));
        Own(new RegisterCoverageRecorded("kela", Covered, "2019-12"), "911");
        Apply("client", "2020-01-02", new ClientMoved("541", "911") { WithinRegister = true });
        Assert.Equal((0, 1), Changes("911", year: 2019));
        Own(new RegisterCoverageRecorded("kela", "2019-11", "2020-12"), "541");
        Assert.Equal((1, 0), Changes("911", year: 2019));
        Apply("client", "2020-03-02", new ClientMoved("297", "541"));
        Assert.Equal(1, Cells("911").Sum(cell => cell.Moved));
    }

    [Fact]
    public void Two_notices_of_a_day_are_one_person_who_came_whatever_their_identifiers()
    {
        foreach (var (need, reduction) in ((string, string)[])[("a", "b"), ("b", "a"), ("x1", "x2"), ("x2", "x1")])
        {
            var client = $"client-{need}";
            Apply(client, "2018-03-01", Registered("837"));
            Apply(client, "2018-03-05", Notice(reduction, ReferralReason.Reduction20));
            Apply(client, "2018-03-05", Notice(need, ReferralReason.Need));
            Apply(client, "2018-03-06", new MeetingBooked(
                "m1", Day("2018-04-01"), null, default, null, reduction));
            Apply(client, "2018-04-01", new MeetingAttended("m1", Day("2018-04-01"), null, null));
        }
        var unit = Unit("837");
        var (group, cell) = Assert.Single(unit.Cells);
        Assert.Equal((ReferralReason.Need, 4, 4), (group.Reason, cell.Clients, cell.Attended));
    }

    [Fact]
    public void Who_is_on_assistance_years_later_stays_in_the_cohort()
    {
        Follow("short");
        Follow("long");
        Pay("long", "2030-09", "2030-09");
        Cover(Covered, "2019-12");
        Assert.Equal((2, 0), Changes("837"));
        Assert.Equal(2, Cells("837").Sum(cell => cell.OnAssistance));
        Pay("long", "1995-01", "1995-01");
        Assert.Equal((2, 0), Changes("837"));
    }

    private static (string, IEvent) Erased(ErasureReason reason) => ("2018-05-20", new ClientErased(reason));

    /// <summary>A client of a notice of March 2018 on assistance until then, and what happened afterwards.</summary>
    private void Follow(string client, params (string Day, IEvent Happened)[] later)
    {
        Apply(client, "2018-03-01", Registered("837"));
        Apply(client, "2018-03-05", Notice("r1", ReferralReason.Need));
        Pay(client, "2017-03", "2018-03");
        foreach (var (day, happened) in later)
        {
            Apply(client, day, happened);
        }
    }

    private void Pay(string client, string from, string through)
    {
        for (var month = MonthSet.NumberOf(from); month <= MonthSet.NumberOf(through); month++)
        {
            Apply(client, "2018-03-06", Paid(month));
        }
    }

    private void Apply(string client, string day, IEvent happened) =>
        _book.Apply(client, happened, Day(day), ++_position);

    private void Cover(string from, string through) => Own(new RegisterCoverageRecorded("kela", from, through));

    private void Own(IEvent happened, string municipality = "837") =>
        _book.ApplyOwn(municipality, happened, ++_position);

    private EvaluationUnit Unit(string municipality)
    {
        _book.Settle();
        var part = _book.Of(municipality)!;
        var unit = Town(0, Arm(StudyArm.OsstAndEmployment, "2018-01", "2019-12")) with { Coverage = part.Coverage };
        part.AddTo(unit.Cells, unit.Spells);
        return unit;
    }

    private IEnumerable<IndexCell> Cells(string municipality) => Unit(municipality).Cells.Values;

    /// <summary>Clients whose change is known, and those who are not covered.</summary>
    private (int Changed, long NotCovered) Changes(string municipality, int year = 2018)
    {
        var question = new EvaluationQuestion(EvaluationSubject.Change, year * 12, (year * 12) + 11);
        var result = ChangeEvaluation.Of(question, [Unit(municipality)]);
        return ((int)result.Groups.Sum(it => it.Estimates[0].N),
            result.Excluded.Where(it => it.Reason is ExclusionReason.NotCovered).Sum(it => it.Count));
    }

    /// <summary>First plan episodes that were reviewed, and goals that were assessed.</summary>
    private (int Reviews, int Assessed) Plans()
    {
        _book.Settle();
        var answer = new AvainOutcomes();
        _book.Of("837")!.AddTo(
            answer, new OutcomePeriod(0, int.MaxValue, null), MunicipalityDecider.Initial);
        return (answer.Reviews, answer.ByGoal.Values.Sum(it => it.Assessed));
    }
}
