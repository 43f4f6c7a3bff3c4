using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Outcomes;

/// <summary>First plan episodes by goal, method and arm; Tornio left its arm on 31.12.2018.</summary>
public sealed class AvainTests
{
    private readonly Register _tornio = new(
        (StudyArm.OsstAndEmployment, "2018-01-01", "2018-12-31"), (StudyArm.EmploymentOnly, "2019-01-01", null));

    [Fact]
    public void Attainments_are_counted_by_goal_and_by_each_method_used()
    {
        _tornio.With("a", [.. Planned, On("2018-06-10", Reviewing)]);
        _tornio.With("b", [.. Planned, On("2018-06-11", Reviewing with
        {
            FilledWithClient = false,
            Methods = [new(IntensiveWork, Usage.NotUsed)],
        })]);
        var outcomes = Ask("2018-01", "2018-12");
        Assert.Equal((2, 2, 1), (outcomes.Plans, outcomes.Reviews, outcomes.FilledWithClient));
        Assert.Equal((2, 0), Counts(outcomes.ByGoal[Subsistence]));
        Assert.Equal((0, 2), Counts(outcomes.ByGoal[Everyday]));
        Assert.Equal((1, 1), Counts(outcomes.ByMethod[IntensiveWork]));
        Assert.Equal(4, outcomes.ByArm[StudyArm.OsstAndEmployment].Total);
    }

    [Fact]
    public void A_goal_counts_once_as_the_last_review_of_the_first_plan_episode_assessed_it()
    {
        _tornio.With("a", [.. Planned, On("2018-06-10", Reviewing), On("2018-09-10", Reviewing with
        {
            FilledWithClient = false,
            Attainments = [new(Subsistence, Attainment.NotAttained), new(Everyday, Attainment.NotAssessed)],
        })]);
        var outcomes = Ask("2018-01", "2018-12");
        Assert.Equal((1, 1, 0), (outcomes.Plans, outcomes.Reviews, outcomes.FilledWithClient));
        Assert.Equal(1, outcomes.ByGoal[Subsistence].Of(Attainment.NotAttained));
        Assert.Equal((0, 1), Counts(outcomes.ByGoal[Everyday])); // Who did not assess it took nothing back.
    }

    [Fact]
    public void A_method_has_the_goals_of_those_with_whom_it_was_used_apart_from_those_planned_only()
    {
        _tornio.With("a", [.. Planned, On("2018-06-10", Reviewing)]);
        _tornio.With("b", [.. Planned, On("2018-06-11", Reviewing with
        {
            Methods = [new(IntensiveWork, Usage.NotUsed)],
        })]);
        var outcomes = Ask("2018-01", "2018-12");
        Assert.Equal((1, 1), Counts(outcomes.ByMethod[IntensiveWork]));
        Assert.Equal((1, 1), Counts(outcomes.ByMethodNotUsed[IntensiveWork]));
        Assert.Equal(2, outcomes.ByScale[GoalScale.ChangeForBetter].Of(Attainment.Attained));
    }

    [Fact]
    public void A_method_of_which_no_review_says_whether_it_was_used_counts_neither_as_used_nor_as_not_used()
    {
        _tornio.With("a", [.. Planned, On("2018-06-10", Reviewing with
        {
            Methods = [new(IntensiveWork, Usage.NotKnown)],
        })]);
        _tornio.With("b", [.. Planned, On("2018-06-11", Reviewing with { Methods = [] })]);
        var outcomes = Ask("2018-01", "2018-12");
        Assert.Empty(outcomes.ByMethod);
        Assert.Empty(outcomes.ByMethodNotUsed);
        Assert.Equal(2, outcomes.Reviews);
    }

    [Fact]
    public void A_client_with_several_goals_of_one_class_is_one_person()
    {
        _tornio.With("a", [.. Planned, On("2018-06-10", Reviewing with
        {
            Attainments = [new(Subsistence, Attainment.Partly), new(Everyday, Attainment.Partly)],
        })]);
        var outcomes = Ask("2018-01", "2018-12");
        Assert.Equal((0, 1), Counts(outcomes.Persons));
        Assert.Equal((0, 2), Counts(outcomes.ByMethod[IntensiveWork]));
        Assert.Equal((0, 1), Counts(outcomes.PersonsByMethod[IntensiveWork]));
        Assert.All(outcomes.PersonsByClass.Values, row => Assert.Equal((0, 1), Counts(row)));
    }

    [Fact]
    public void A_client_counts_for_the_arm_of_the_first_plans_month_whenever_it_is_reviewed()
    {
        _tornio.With("a", [.. Planned, On("2018-12-31", Reviewing), On("2019-01-02", Reviewing)]);
        Assert.Equal([StudyArm.OsstAndEmployment], Ask("2018-01", "2019-12").ByArm.Keys);
        Assert.Equal(1, Ask("2018-01", "2018-12", StudyArm.OsstAndEmployment).Reviews);
        Assert.Equal(0, Ask("2019-01", "2019-12").Reviews);
    }

    [Fact]
    public void Reviews_stay_counted_where_the_plan_was_made_when_the_client_moves_away()
    {
        _tornio.With("a", [.. Planned, On("2018-06-10", Reviewing), On("2018-07-01", new MoveToMunicipality("837"))]);
        Assert.Equal(1, Ask("2018-01", "2018-12").Reviews);
    }

    private static (int Attained, int Partly) Counts(AttainmentCounts row) =>
        (row.Of(Attainment.Attained), row.Of(Attainment.Partly));

    private AvainOutcomes Ask(string from, string to, StudyArm? arm = null)
    {
        var outcomes = new AvainOutcomes();
        _tornio.Outcomes().AddTo(
            outcomes, new OutcomePeriod(MonthSet.NumberOf(from), MonthSet.NumberOf(to), arm),
            _tornio.Caseload.Municipality);
        return outcomes;
    }
}
