using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>One line of a caseload list: codes and dates, no name.</summary>
/// <param name="OwnWorker">The worker is named as the own worker.</param>
/// <param name="Since">The client's place in the order of the caseload; a cursor.</param>
public sealed record CaseloadEntry(
    string Client, string Municipality, long Since, CaseStatus Status, ReferralReason? Reason, DateOnly? ReceivedOn,
    int BirthYear, string? WorkerId, bool OwnWorker, DateOnly? ReviewDueOn, DateOnly? NextMeetingOn,
    IReadOnlyList<OverdueKind> Overdue);
