using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>What "overdue" means in one municipality on one day.</summary>
/// <param name="ContactTargetDays">Calendar days within which a referral needs a first contact.</param>
/// <param name="ReviewIntervalDays">Calendar days after which a plan without an agreed date needs its review.</param>
/// <param name="Calendar">The municipality's working days.</param>
internal readonly record struct DueRule(
    DateOnly Today, int ContactTargetDays, int ReviewIntervalDays, WorkingDays Calendar)
{
    public int Day => Today.DayNumber;

    /// <summary>Referrals received before this day and not contacted are overdue.</summary>
    public int ContactBefore => Day - ContactTargetDays;

    /// <summary>Plans last reviewed before this day are overdue.</summary>
    public int ReviewedBefore => Day - ReviewIntervalDays;

    public bool IsOverdue(in CaseloadRow row, OverdueKind kind)
    {
        var (since, before) = kind switch
        {
            OverdueKind.Contact => (row.WaitsForContactSince, ContactBefore),
            OverdueKind.Review => (row.ReviewDue(ReviewIntervalDays), Day),
            OverdueKind.MeetingOutcome => (row.NextMeetingOn, Day),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nothing says when this is late."),
        };
        return since != 0 && since < before;
    }

    /// <summary>What is late in a row; the eight possible answers are shared.</summary>
    public IReadOnlyList<OverdueKind> OverdueIn(in CaseloadRow row) => Combinations[
        (IsOverdue(row, OverdueKind.Contact) ? 1 : 0)
        | (IsOverdue(row, OverdueKind.Review) ? 2 : 0)
        | (IsOverdue(row, OverdueKind.MeetingOutcome) ? 4 : 0)];

    private static readonly IReadOnlyList<OverdueKind>[] Combinations =
    [
        .. Enumerable.Range(0, 8).Select(bits =>
            Enum.GetValues<OverdueKind>().Where(k => (bits >> (int)k & 1) == 1).ToArray()),
    ];
}
