using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// The statuses that the clients of an overlapping count can have. Beside the count stand the other clients of these
/// statuses, and neither may be a small cell.
/// </summary>
internal static class StatusesBehind
{
    /// <summary>Who can be late in this way; see <see cref="CaseloadRow.WaitsForContactSince"/> and its neighbours.
    /// </summary>
    public static ReadOnlySpan<CaseStatus> Overdue(OverdueKind kind) => kind switch
    {
        OverdueKind.Contact =>
        [
            CaseStatus.Referred, CaseStatus.MeetingBooked, CaseStatus.Met, CaseStatus.Assessed,
            CaseStatus.NoClientship, CaseStatus.InPlan,
        ],
        OverdueKind.Review => [CaseStatus.InPlan],
        _ =>
        [
            CaseStatus.MeetingBooked, CaseStatus.Met, CaseStatus.Assessed, CaseStatus.NoClientship, CaseStatus.InPlan,
        ],
    };

    /// <summary>Who can have methods in a plan.</summary>
    public static ReadOnlySpan<CaseStatus> Plan => [CaseStatus.InPlan, CaseStatus.Closed];
}
