namespace OsstOrleans.Dashboard.Questions;

/// <summary>The answer to <c>Chain.graphql</c>.</summary>
public sealed record ChainAnswer(
    FunnelAnswer ReferralFunnel, ProgrammeAnswer? Programme, IReadOnlyList<NameAnswer> Municipalities);

/// <summary>Referrals by how far they came.</summary>
public sealed record FunnelAnswer(
    SeenAnswer AsOf, bool Withheld, FunnelRowAnswer Total, IReadOnlyList<FunnelRowAnswer> ByReason);

/// <summary>Referrals of one reason; of all when it is null. The last five are for own staff alone.</summary>
public sealed record FunnelRowAnswer(
    string? Reason, IReadOnlyList<FunnelStepAnswer> Steps, int Attended, int Missed, int Cancelled,
    double? AttendanceRate, int? Registered, int? Reached, int? Unreached, int? Booked, int? NotInvestigated)
{
    public FunnelStepAnswer At(string step) => Steps.First(one => one.Step == step);
}

/// <summary>Referrals that reached a step, and the days from the step before.</summary>
public sealed record FunnelStepAnswer(
    string Step, int Count, double? Share, double? MeanDays, int? MedianDaysAtMost);

/// <summary>The answer to <c>Attendance.graphql</c>.</summary>
public sealed record AttendanceAnswer(ChainEvaluationAnswer Evaluation);

public sealed record ChainEvaluationAnswer(EvaluationAnswer Chain);
