using System.Collections.Immutable;
using System.Runtime.InteropServices;
using OsstOrleans.Grains.Client;

namespace OsstOrleans.Grains.Rows;

/// <summary>One client as the caseload holds it: codes and day numbers only, never a name or a word.</summary>
public record struct CaseloadRow
{
    /// <summary>The client grain's key.</summary>
    public string Client { get; set; }

    /// <summary>The client's version that this row has seen.</summary>
    public long Version { get; set; }

    /// <summary>The log position at which the client came to this municipality: the order of the caseload.</summary>
    public long Since { get; set; }

    public int BirthYear { get; set; }

    public ReferralChain Chain { get; set; }

    public bool NotInvestigated { get; set; }

    public readonly bool Closed => ClosedOn > 0;

    /// <summary>Day number of the closing of the matter; 0 while it is open.</summary>
    public int ClosedOn { get; set; }

    /// <summary>Day number of the last day on which a referral was left without investigation; 0 when none was.
    /// </summary>
    public int LeftOn { get; set; }

    /// <summary>Referrals that were neither left without investigation nor followed by an assessment.</summary>
    public ImmutableArray<OpenReferral> OpenReferrals { get; set; }

    /// <summary>Day number of the last attended meeting; 0 when never met.</summary>
    public int MetOn { get; set; }

    /// <summary>Day number of the last assessment of need; 0 when none.</summary>
    public int AssessedOn { get; set; }

    /// <summary>The last assessment led to clientship.</summary>
    public bool Clientship { get; set; }

    /// <summary>The longest duration of the needs found then; 0 when none was found.</summary>
    public SupportDuration Duration { get; set; }

    /// <summary>Day number of the client's open request for a personal discussion; 0 when there is none.</summary>
    public int DiscussionAskedOn { get; set; }

    /// <summary>Day number of the latest known start of an assessment; 0 when none.</summary>
    public int AssessmentStartedOn { get; set; }

    /// <summary>Referrals for which the law sets the day by which an assessment must start, and none has.</summary>
    public ImmutableArray<OwedStart> OwedStarts { get; set; }

    /// <summary>Day number of the last plan or review; 0 when there is no plan.</summary>
    public int ReviewedOn { get; set; }

    /// <summary>Day number of the review date agreed in the plan; 0 when the municipality's interval decides.</summary>
    public int ReviewDueOn { get; set; }

    /// <summary>
    /// Day number of the last time the client was reached, met, or made or reviewed a plan with a worker; 0 when never.
    /// Visits to drop-in centres are not kept here: consent to them can be withdrawn.
    /// </summary>
    public int HeardOn { get; set; }

    /// <summary>Number of the assigned worker; -1 when none.</summary>
    public int Worker { get; set; }

    /// <summary>Day number of the day since which the worker is assigned; 0 without one.</summary>
    public int WorkerSince { get; set; }

    /// <summary>The assigned worker is the client's own worker (omatyöntekijä).</summary>
    public bool OwnWorker { get; set; }

    /// <summary>The client has a security ban (turvakielto).</summary>
    public bool IsProtected { get; set; }

    /// <summary>The client's documents are ordered to be archived.</summary>
    public bool IsHeld { get; set; }

    /// <summary>The processing of the client's data is restricted.</summary>
    public bool IsRestricted { get; set; }

    /// <summary>The client was erased, or is about to be.</summary>
    public bool IsErased { get; set; }

    /// <summary>The client's erasure was decided, and is not carried out.</summary>
    public bool IsEnding { get; set; }

    /// <summary>Day number of the closing of the earliest matter that ended by the beginning of a next one, and whose
    /// words are kept; 0 for none.</summary>
    public int EarlierClosedOn { get; set; }

    /// <summary>The number of the latest matter whose words were destroyed; 0 for none.</summary>
    public byte MattersEnded { get; set; }

    /// <summary>Matters can end one by one, the basic data staying.</summary>
    public bool MattersApart { get; set; }

    /// <summary>The words of the present matter were destroyed.</summary>
    public bool IsMatterEnded { get; set; }

    /// <summary>The matter was closed because the client died.</summary>
    public bool HasDied { get; set; }

    /// <summary>The client agrees to be reminded of meetings.</summary>
    public bool AgreesToReminders { get; set; }

    /// <summary>Methods in the current plan, one bit per numbered method.</summary>
    public ulong Methods { get; set; }

    /// <summary>Booked meetings without an outcome.</summary>
    public ImmutableArray<OpenMeeting> Meetings { get; set; }

    /// <summary>A client without any event yet.</summary>
    public static CaseloadRow Unknown(string client) => new()
    {
        Client = client,
        Worker = -1,
        Meetings = [],
        OwedStarts = [],
        OpenReferrals = [],
    };

    /// <summary>The furthest step reached.</summary>
    public readonly CaseStatus Status => this switch
    {
        { Closed: true } => CaseStatus.Closed,
        { ReviewedOn: > 0 } => CaseStatus.InPlan,
        { AssessedOn: > 0, Clientship: true } => CaseStatus.Assessed,
        { AssessedOn: > 0 } => CaseStatus.NoClientship,
        { MetOn: > 0 } => CaseStatus.Met,
        { Meetings.Length: > 0 } => CaseStatus.MeetingBooked,
        { Chain.ContactedOn: > 0 } => CaseStatus.Contacted,
        { NotInvestigated: true } => CaseStatus.NotInvestigated,
        { Chain.IsOpen: true } => CaseStatus.Referred,
        _ => CaseStatus.Registered,
    };

    /// <summary>The day of the referral that still waits for a first contact; 0 when none does.</summary>
    public readonly int WaitsForContactSince => WaitsSince(Chain, NotInvestigated, Closed);

    /// <summary>
    /// No worker has the client, and it is still open who gets the client; as the client itself has it.
    /// </summary>
    public readonly bool IsInIntake => Worker < 0 && !Closed && !IsProtected && IsOpen;

    /// <summary>
    /// The day on which the matter ended: it was closed, or nothing that arrived led to a client relationship; 0 while
    /// it goes on, and before anything has arrived. As the client itself has it.
    /// </summary>
    public readonly int EndedOn => Closed ? ClosedOn : IsOpen ? 0 : Math.Max(AssessedOn, LeftOn);

    /// <summary>The day of the earliest referral that waits; 0 when none does.</summary>
    public readonly int WaitsSinceReferral => OpenReferrals.IsDefaultOrEmpty ? 0 : OpenReferrals.Min(open => open.Day);

    private readonly bool IsOpen => Clientship || DiscussionAskedOn > 0 || !OpenReferrals.IsDefaultOrEmpty;

    /// <summary>The day of the earliest referral for which an assessment is owed; 0 when none is.</summary>
    public readonly int StartOwedSince => OwedStarts.IsDefaultOrEmpty ? 0 : OwedStarts.Min(owed => owed.Day);

    /// <summary>The earliest day of a booked meeting without outcome; 0 when there is none.</summary>
    public readonly int NextMeetingOn => EarliestDay(Meetings, Closed);

    /// <summary>The day by which the plan is to be reviewed; 0 when nothing is to be reviewed.</summary>
    public readonly int ReviewDue(int intervalDays) =>
        Closed || ReviewedOn == 0 ? 0 : ReviewDueOn > 0 ? ReviewDueOn : ReviewedOn + intervalDays;

    /// <summary><see cref="WaitsForContactSince"/> from its columns.</summary>
    internal static int WaitsSince(in ReferralChain chain, bool notInvestigated, bool closed) =>
        chain is { IsOpen: true, ContactedOn: 0 } && !notInvestigated && !closed ? chain.ReceivedOn : 0;

    /// <summary><see cref="NextMeetingOn"/> from its columns.</summary>
    internal static int EarliestDay(ImmutableArray<OpenMeeting> meetings, bool closed) =>
        meetings.IsDefaultOrEmpty || closed ? 0 : meetings.Min(m => m.Day);
}
