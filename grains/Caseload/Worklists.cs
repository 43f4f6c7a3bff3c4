using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>What a worker's day consists of; a client can be on several lists.</summary>
public enum WorklistKind
{
    /// <summary>A referral waits for its first contact and is within the municipality's target.</summary>
    NewReferrals = 0,

    /// <summary>A referral waits for its first contact and the target has passed.</summary>
    ContactOverdue = 1,

    /// <summary>An open referral or a clientship that has neither a worker nor a plan.</summary>
    CasesToAssign = 2,

    /// <summary>A meeting is booked for today.</summary>
    MeetingsToday = 3,

    /// <summary>A booked meeting's day has passed without a recorded outcome.</summary>
    MeetingOutcomes = 4,

    /// <summary>The plan's review is due within <see cref="WorklistRule.ReviewNoticeDays"/> days, or late.</summary>
    ReviewsDue = 5,

    /// <summary>A plan is in force and the client has no own worker (omatyöntekijä, sosiaalihuoltolaki 42 §).</summary>
    PlansWithoutWorker = 6,

    /// <summary>An open matter whose client was not reached or met for longer than the days asked for.</summary>
    NotHeardOf = 7,

    /// <summary>The client asked for a personal discussion, and the time limit runs (1412/1997 14 e §).</summary>
    DiscussionsDue = 8,

    /// <summary>The client asked for a personal discussion, and the time limit has passed.</summary>
    DiscussionsOverdue = 9,

    /// <summary>An assessment must start by the 7th working day, or is late (SHL 36 §; three groups only).</summary>
    AssessmentStartsDue = 10,

    /// <summary>A repeated or long-term need, and no own worker is named.</summary>
    OwnWorkersMissing = 11,

    /// <summary>A long-term need, and no plan was made.</summary>
    PlansMissing = 12,
}

/// <summary>Whose work is asked for, and on which day.</summary>
/// <param name="Today">The day.</param>
/// <param name="WorkerId">Only this worker's clients; on the lists of clients without a worker, all.</param>
/// <param name="NotHeardOfDays">Calendar days of silence after which a client is on that list.</param>
public sealed record WorklistQuestion(DateOnly Today, string? WorkerId, int NotHeardOfDays)
{
    /// <summary>Only these lists.</summary>
    public IReadOnlyList<WorklistKind> Kinds { get; init; } = Enum.GetValues<WorklistKind>();

    /// <summary>Only clients who are this caller's matter; all of the register when null.</summary>
    public Standing? SeenBy { get; init; }

    /// <summary>Items of each list, the most pressing first; 0 counts only.</summary>
    public int Max { get; init; }

    /// <summary>Only items after this one.</summary>
    public (DateOnly DueOn, long Since)? After { get; init; }
}

/// <summary>One client on a list.</summary>
/// <param name="DueOn">The day that the list goes by: of the deadline, meeting, review or last contact.</param>
/// <param name="Entry">The client's line.</param>
public sealed record WorklistItem(DateOnly DueOn, CaseloadEntry Entry);

/// <summary>A list: how many are on it, and the items asked for, by day and then in the order of coming.</summary>
public sealed record Worklist(WorklistKind Kind, int Count, IReadOnlyList<WorklistItem> Items);

/// <summary>Decides who is on which list.</summary>
internal readonly record struct WorklistRule(DueRule Due, int NotHeardOfDays)
{
    /// <summary>The ends of time limits by their first days: many clients share one.</summary>
    private readonly Dictionary<int, int> _ends = [];

    /// <summary>Reviews are on the list this many days before they are due. The project's own choice.</summary>
    public const int ReviewNoticeDays = 14;

    /// <summary>True when the list is of clients that no worker has.</summary>
    public static bool HasNoWorker(WorklistKind kind) =>
        kind is WorklistKind.CasesToAssign or WorklistKind.PlansWithoutWorker or WorklistKind.OwnWorkersMissing;

    /// <summary>The day number by which a client stands on a list; 0 when the client is not on it.</summary>
    public int DayOf(WorklistKind kind, in CaseloadRow row) => row.Closed ? 0 : kind switch
    {
        WorklistKind.NewReferrals => IsLate(row) ? 0 : ContactBy(row),
        WorklistKind.ContactOverdue => IsLate(row) ? ContactBy(row) : 0,
        WorklistKind.CasesToAssign => row.Worker >= 0 || row.ReviewedOn > 0 ? 0 : OpenSince(row),
        WorklistKind.MeetingsToday => MeetsToday(row) ? Due.Day : 0,
        WorklistKind.MeetingOutcomes => Due.IsOverdue(row, OverdueKind.MeetingOutcome) ? row.NextMeetingOn : 0,
        WorklistKind.ReviewsDue => ReviewBy(row),
        WorklistKind.PlansWithoutWorker => row.OwnWorker ? 0 : row.ReviewedOn,
        WorklistKind.DiscussionsDue => DiscussionBy(row) is var by && by >= Due.Day ? by : 0,
        WorklistKind.DiscussionsOverdue => DiscussionBy(row) is var by && by < Due.Day ? by : 0,
        WorklistKind.AssessmentStartsDue => ByWorkingDay(row.StartOwedSince),
        WorklistKind.OwnWorkersMissing =>
            row.OwnWorker || row.Duration < SupportDuration.Repeated ? 0 : ClientSince(row),
        WorklistKind.PlansMissing =>
            row.ReviewedOn > 0 || row.Duration != SupportDuration.LongTerm ? 0 : ClientSince(row),
        WorklistKind.NotHeardOf => SilentSince(row),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nothing says who is on this list."),
    };

    private bool IsLate(in CaseloadRow row) => Due.IsOverdue(row, OverdueKind.Contact);

    private int ContactBy(in CaseloadRow row) =>
        row.WaitsForContactSince is var since and > 0 ? since + Due.ContactTargetDays : 0;

    private int DiscussionBy(in CaseloadRow row) => ByWorkingDay(row.DiscussionAskedOn);

    /// <summary>The last day of one of the law's time limits; 0 when none runs.</summary>
    private int ByWorkingDay(int since)
    {
        if (since == 0)
        {
            return 0;
        }
        if (!_ends.TryGetValue(since, out var end))
        {
            end = Due.Calendar.After(DateOnly.FromDayNumber(since), Deadlines.WorkingDaysOfLaw).DayNumber;
            _ends.Add(since, end);
        }
        return end;
    }

    private static int ClientSince(in CaseloadRow row) => row.Clientship ? row.AssessedOn : 0;

    private static int OpenSince(in CaseloadRow row) =>
        row.Clientship ? row.AssessedOn : row.WaitsSinceReferral;

    private bool MeetsToday(in CaseloadRow row)
    {
        foreach (var meeting in row.Meetings)
        {
            if (meeting.Day == Due.Day)
            {
                return true;
            }
        }
        return false;
    }

    private int ReviewBy(in CaseloadRow row) =>
        row.ReviewDue(Due.ReviewIntervalDays) is var by and > 0 && by <= Due.Day + ReviewNoticeDays ? by : 0;

    private int SilentSince(in CaseloadRow row)
    {
        var isOpen = row.ReviewedOn > 0 || OpenSince(row) > 0;
        var since = Math.Max(row.HeardOn, row.Chain.ReceivedOn);
        return isOpen && since > 0 && since + NotHeardOfDays < Due.Day ? since : 0;
    }
}
