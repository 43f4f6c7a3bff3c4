using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>Attainment by minutes and methods, and what stands beside it. Plans are of 10.3.2018.</summary>
public sealed class AvainDoseTests
{
    private const string Method = "local:osst-methods INTENSIVE_INDIVIDUAL_WORK";

    private static readonly CodedValue Groups = new(CodeSystems.LocalMethods, "GROUP_ACTIVITY");

    private readonly Register _municipality = new((StudyArm.OsstAndEmployment, "2018-01-01", null));

    [Fact]
    public void Goals_are_compared_by_minutes_of_the_first_ninety_days()
    {
        _municipality.With("a", [.. Planned, .. Met(60), On("2018-06-10", Reviewing)]);
        _municipality.With("b", [.. Planned, .. Met(60), On("2018-06-10", Worse with { FilledWithClient = false })]);
        _municipality.With("c", [.. Planned, .. Met(240), On("2018-06-10", Reviewing)]);
        _municipality.With("d", [.. Planned, .. Met(240)]);
        var result = Ask();
        Assert.Equal(
            ["dose: 1-119 min", "dose: 120-299 min"],
            result.Groups.Select(group => group.Label).Where(it => it.StartsWith("dose", StringComparison.Ordinal)));
        Assert.Equal(0.25, Value(result, "dose: 1-119 min", "ATTAINED"));
        Assert.Equal(0.5, Value(result, "dose: 120-299 min", "ATTAINED"));
        Assert.Equal(0.5, Value(result, "dose: 1-119 min", "FILLED_WITH_CLIENT"));
        Assert.Equal(1, Value(result, "dose: 120-299 min", "FILLED_WITH_CLIENT"));
        Assert.Equal(0.5, Value(result, "clients by dose: 120-299 min", "REVIEWED_AFTER_90"));
        var better = Assert.Single(
            result.Comparisons, it => it.Label.StartsWith("dose", StringComparison.Ordinal));
        Assert.Equal(("dose: 120-299 min", "dose: 1-119 min"), (better.Label, better.Against));
        // Attained, partly against attained, partly and twice not attained: 0.5 * (3 + 0.5) / 4 + 0.5 * (2 + 0.5) / 4.
        Assert.Equal(0.75, better.Estimates[0].Value!.Value, 12);
    }

    [Fact]
    public void Who_had_a_method_neither_planned_nor_used_is_all_less_those_who_had_it()
    {
        _municipality.With("used", [.. Planned, On("2018-06-10", Reviewing)]);
        _municipality.With("not used", [.. Planned, On("2018-06-10", Worse with
        {
            Methods = [new(IntensiveWork, Usage.NotUsed)],
        })]);
        _municipality.With("no answer", [.. Planned, On("2018-06-10", Worse with { Methods = [] })]);
        var other = Planning with { Services = [new(AnySocialService, SocialWork) { Methods = [Groups] }] };
        _municipality.With("neither", [.. Assessed, On("2018-03-10", other), On("2018-06-10", Reviewing with
        {
            Methods = [new(Groups, Usage.Used)], FilledWithClient = false,
        })]);
        var result = Ask();
        Assert.Equal(0.5, Value(result, $"method neither planned nor used: {Method}", "ATTAINED"));
        Assert.Equal(0, Value(result, $"method neither planned nor used: {Method}", "FILLED_WITH_CLIENT"));
        Assert.Equal(0, Value(result, $"method planned, not used: {Method}", "ATTAINED"));
        Assert.Equal(2, result.Groups.Single(it => it.Label == $"method neither planned nor used: {Method}")
            .Estimates[0].N);
        Assert.Equal(
            [$"method planned, not used: {Method}", $"method neither planned nor used: {Method}"],
            result.Comparisons.Where(it => it.Label == $"method used: {Method}").Select(it => it.Against));
        Assert.Equal(0.75, Value(result, "goals: local:avain-goals FINANCES", "FILLED_WITH_CLIENT"));
    }

    [Fact]
    public void Services_and_agreed_reviews_stand_beside()
    {
        Step[] agreed = [.. Assessed, On("2018-03-10", Planning with { NextReviewOn = Day("2018-06-10") })];
        _municipality.With("a", [.. agreed, On("2018-06-10", Reviewing)]);
        _municipality.With("b", [.. agreed, On("2018-06-20", Reviewing with { Services = [] })]);
        var services = $"service: {EmploymentServices.System} {EmploymentServices.Code}";
        var result = Ask();
        Assert.Equal(0, Value(result, services, "SERVICE_USED"));
        Assert.Equal(0.5, Value(result, services, "SERVICE_UNANSWERED"));
        Assert.Equal(0.5, Value(result, "agreed reviews", "REVIEWED_IN_TIME"));
        // In June the month is not over: nobody is late yet.
        Assert.Null(Value(Ask(new DateOnly(2018, 6, 30)), "agreed reviews", "REVIEWED_IN_TIME"));
    }

    private static ReviewPlan Worse => Reviewing with
    {
        Attainments = [new(Subsistence, Attainment.NotAttained), new(Everyday, Attainment.NotAttained)],
    };

    private static Step[] Met(int minutes) =>
    [
        On("2018-03-20", Booking with { MeetingId = "m9", MeetingOn = Day("2018-04-02") }),
        On("2018-04-02", new AttendMeeting("m9", Minutes: minutes)),
    ];

    private static double? Value(EvaluationResult result, string label, string measure) => result.Groups
        .Single(group => group.Label == label).Estimates.Single(it => it.Measure == measure).Value;

    private EvaluationResult Ask(DateOnly? today = null)
    {
        var unit = MadeUpClients.Unit("320", Experiment.Osst, "2017-01", "2019-12");
        _municipality.Outcomes().AddTo(
            unit.Avain, new OutcomePeriod(MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2018-12"), null),
            _municipality.Caseload.Municipality);
        return AvainEvaluation.Of([unit], today ?? new DateOnly(2020, 12, 31));
    }
}
