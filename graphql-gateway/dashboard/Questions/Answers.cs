namespace OsstOrleans.Dashboard.Questions;

/// <summary>The answer to <c>Overview.graphql</c>.</summary>
public sealed record OverviewAnswer(
    MetricsAnswer Scope, IReadOnlyList<MunicipalityAnswer> Municipalities, ProgrammeAnswer? Programme)
{
    /// <summary>The viewer's own register; null without one, and for a county that has not entered its name.</summary>
    public RegisterNameAnswer? Municipality { get; init; }
}

/// <summary>Live figures; a count that is null is withheld.</summary>
public sealed record MetricsAnswer(
    SeenAnswer? AsOf, int Municipalities, bool Withheld, int? Clients, IReadOnlyList<StatusAnswer> ByStatus,
    IReadOnlyList<ReasonAnswer>? ByReason, IReadOnlyList<OverdueAnswer> Overdue);

/// <summary>How much of the log an answer has seen.</summary>
public sealed record SeenAnswer(long Position, DateTimeOffset RecordedAt);

public sealed record StatusAnswer(string Status, int? Count);

public sealed record ReasonAnswer(string? Reason, int? Count);

public sealed record OverdueAnswer(string Kind, int? Count);

/// <summary>A municipality with its figures.</summary>
public sealed record MunicipalityAnswer(
    string Code, string Name, string? SwedishName, IReadOnlyList<ArmAnswer> Arms,
    IReadOnlyList<CentreAnswer> DropInCentres, MetricsAnswer Metrics);

public sealed record ArmAnswer(string Arm, DateOnly StartsOn, DateOnly? EndsOn);

public sealed record CentreAnswer(string DropInCentreId);

public sealed record ProgrammeAnswer(string Name, DateOnly StartsOn, DateOnly EndsOn);

/// <summary>The answer to <c>Visits.graphql</c>.</summary>
public sealed record VisitsAnswer(DropInAnswer DropInMetrics);

public sealed record DropInAnswer(
    int Centres, int Visits, bool Withheld, int CountedDays, IReadOnlyList<WeekAnswer> Weeks, WeekAnswer? PeakWeek,
    int Groups, int Sessions, int HelperDays);

/// <summary>A week of ISO 8601.</summary>
public sealed record WeekAnswer(int Year, int Week, DateOnly StartsOn, int Visits);

/// <summary>The answer to <c>OwnWork.graphql</c>; without lists where the register's staff does not know the viewer.
/// </summary>
public sealed record OwnWorkAnswer(WorklistsAnswer? Worklists);

/// <summary>The answer to <c>Staff.graphql</c>.</summary>
public sealed record StaffAnswer(IReadOnlyList<UnregisteredWorkerAnswer> UnregisteredWorkers);

/// <summary>A worker who is named on clients and does not belong to the register's staff.</summary>
public sealed record UnregisteredWorkerAnswer(string WorkerId, int OpenClients);

public sealed record WorklistsAnswer(IReadOnlyList<WorklistAnswer> Lists);

public sealed record WorklistAnswer(string Kind, int Count);

/// <summary>The answer to <c>Account.graphql</c>.</summary>
public sealed record AccountAnswer(MeAnswer Me, IReadOnlyList<NameAnswer> Municipalities);

public sealed record MeAnswer(
    string Role, string Subject, IReadOnlyList<string>? Municipalities, IReadOnlyList<string> Purposes,
    string? Purpose);

public sealed record NameAnswer(string Code, string Name, string? SwedishName);

/// <summary>The answer to <c>Receivers.graphql</c>.</summary>
public sealed record ReceiversAnswer(IReadOnlyList<ReceiverAnswer> Receivers);

public sealed record ReceiverAnswer(
    string ReceiverId, string Name, string? Municipality, bool Paused, bool Closed, DeliveryAnswer? Delivery);

public sealed record DeliveryAnswer(long Position, int Attempts, string? Problem, DateTimeOffset? NextAttemptAt);
