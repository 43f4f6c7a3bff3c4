using System.Collections.Immutable;
using System.Runtime.InteropServices;
using OsstOrleans.Grains.Client;

namespace OsstOrleans.Grains.Caseload;

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

    public bool Closed { get; set; }

    /// <summary>Day number of the last attended meeting; 0 when never met.</summary>
    public int MetOn { get; set; }

    /// <summary>Day number of the last assessment of need; 0 when none.</summary>
    public int AssessedOn { get; set; }

    /// <summary>The last assessment led to clientship.</summary>
    public bool Clientship { get; set; }

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

    /// <summary>Methods in the current plan, one bit per numbered method.</summary>
    public ulong Methods { get; set; }

    /// <summary>Booked meetings without an outcome.</summary>
    public ImmutableArray<OpenMeeting> Meetings { get; set; }

    /// <summary>Months with paid social assistance.</summary>
    public MonthSet BenefitMonths { get; set; }

    /// <summary>Month number of the first plan: before and after are counted from it; 0 when there is none.</summary>
    public int IndexMonth { get; set; }

    /// <summary>A client that no event has told of yet.</summary>
    public static CaseloadRow Unknown(string client) => new() { Client = client, Worker = -1, Meetings = [] };

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
    public readonly int WaitsForContactSince =>
        Chain is { IsOpen: true, ContactedOn: 0 } && !NotInvestigated && !Closed ? Chain.ReceivedOn : 0;

    /// <summary>The earliest day of a booked meeting without outcome; 0 when there is none.</summary>
    public readonly int NextMeetingOn => Meetings.IsDefaultOrEmpty || Closed ? 0 : Meetings.Min(m => m.Day);

    /// <summary>The day by which the plan is to be reviewed; 0 when nothing is to be reviewed.</summary>
    public readonly int ReviewDue(int intervalDays) =>
        Closed || ReviewedOn == 0 ? 0 : ReviewDueOn > 0 ? ReviewDueOn : ReviewedOn + intervalDays;
}

/// <summary>A booked meeting whose outcome is not recorded yet.</summary>
/// <param name="Reason">Why the client was referred when it was booked: attendance is counted by it.</param>
public readonly record struct OpenMeeting(string MeetingId, int Day, ReferralReason Reason)
{
    internal static void Imprint(Image image, ref ImmutableArray<OpenMeeting> meetings)
    {
        var count = meetings.IsDefault ? 0 : meetings.Length;
        image.Value(ref count);
        if (image.Reads)
        {
            var read = new OpenMeeting[count];
            for (var i = 0; i < count; i++)
            {
                read[i] = default(OpenMeeting).Imprint(image);
            }
            meetings = ImmutableCollectionsMarshal.AsImmutableArray(read);
            return;
        }
        for (var i = 0; i < count; i++)
        {
            meetings[i].Imprint(image);
        }
    }

    private OpenMeeting Imprint(Image image)
    {
        var (id, day, reason) = this;
        image.Name(ref id);
        image.Value(ref day);
        image.Value(ref reason);
        return new OpenMeeting(id, day, reason);
    }
}
