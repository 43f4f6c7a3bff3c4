namespace OsstOrleans.Dashboard.Questions;

/// <summary>The answer to <c>RegisterRights.graphql</c>.</summary>
public sealed record RegisterRightsAnswer(SubjectAnswer Me, IReadOnlyList<RightAnswer> RegisterRights);

public sealed record SubjectAnswer(string Subject);

/// <summary>A role for a register's data. Who did something is named by role and staff id.</summary>
public sealed record RightAnswer(
    string Subject, string Role, DateOnly From, DateOnly? To, string GrantedBy, string? ConfirmedBy, bool Waits,
    string? EndAskedBy);

/// <summary>The answer to <c>RegisterStaff.graphql</c>.</summary>
public sealed record RegisterStaffAnswer(
    MunicipalityStaffAnswer? Municipality, IReadOnlyList<UnregisteredWorkerAnswer> UnregisteredWorkers);

public sealed record MunicipalityStaffAnswer(IReadOnlyList<StaffMemberAnswer>? Staff);

/// <summary>A worker of the register's staff.</summary>
public sealed record StaffMemberAnswer(
    string WorkerId, string? SignsInAs, bool HandlesIntake, bool KeepsDoor, IReadOnlyList<string> TeamIds);
