using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Who sent the client to social work (<em>ilmoittajan taho</em>; the values of list 1243 are not known).
/// </summary>
public enum ReferralSource
{
    /// <summary>Kela's notification (<em>asiakasohjaus Kelasta kuntiin</em>, eTotu).</summary>
    Kela = 1,

    /// <summary>Employment services (<em>TE-palvelut</em>).</summary>
    EmploymentServices = 2,

    /// <summary>Another authority or service.</summary>
    OtherAuthority = 3,

    /// <summary>The client asked for it (<em>oma yhteydenotto</em>).</summary>
    ClientOwnContact = 4,

    /// <summary>Someone else.</summary>
    Other = 5,

    /// <summary>A drop-in centre (<em>asukastupa, asiakastupa</em>) led the client to social work.</summary>
    DropInCentre = 6,
}

/// <summary>
/// Why the client was referred (the content of Kela's notification). Kela's own code list is not known: these are the
/// kinds the studies and the law name.
/// </summary>
public enum ReferralReason
{
    /// <summary>Need for social work (<em>sosiaalityön tarve</em>, SHL 35 §).</summary>
    Need = 1,

    /// <summary>Basic part reduced by at most 20 % (<em>alennettu perusosa</em>, toimeentulotukilaki 10 §).</summary>
    Reduction20 = 2,

    /// <summary>Basic part reduced by at most 40 % (toimeentulotukilaki 10 §).</summary>
    Reduction40 = 3,

    /// <summary>
    /// Application for supplementary or preventive assistance passed on (toimeentulotukilaki 14 d §).
    /// </summary>
    SupplementaryApplication = 4,

    /// <summary>Over 25 and long unemployed on social assistance.</summary>
    LongUnemployedOver25 = 5,

    /// <summary>Under 25 and on social assistance for four months (Kela's automatic flag).</summary>
    Under25FourMonths = 6,

    /// <summary>Immigrant on social assistance for more than two months.</summary>
    Immigrant = 7,

    /// <summary>Another reason.</summary>
    Other = 8,
}

/// <summary>Receives a referral or notification about the client. The day it occurred is the day it arrived.</summary>
/// <param name="ReferralId">
/// The caller's identifier, unique within the client. The same referral sent twice is one.
/// </param>
/// <param name="Source">Who sent it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Urgency">
/// <em>Kiireellisyys</em> (list 1252), 1 the most urgent; 1-9 is accepted because the list's upper values are not
/// known. Only 1 or 2 when one of the three flags below is on (Sosmeta 1506.1009).
/// </param>
/// <param name="KelaDecisionReference">
/// Kela's reference of the decision sent along (toimeentulotukilaki 10.2 §).
/// </param>
/// <param name="Over75">The client is over 75 years old (SHL 36 §).</param>
/// <param name="HighestCareAllowance">The client gets <em>ylin hoitotuki</em> (SHL 36 §).</param>
/// <param name="ChildWithSpecialSupport">The matter concerns a child needing special support (SHL 36 §).</param>
/// <param name="Kind">The kind of notification, where the sender gives it.</param>
public sealed record ReceiveReferral(
    string ReferralId,
    ReferralSource Source,
    ReferralReason Reason,
    int Urgency,
    PersonalText? KelaDecisionReference = null,
    bool Over75 = false,
    bool HighestCareAllowance = false,
    bool ChildWithSpecialSupport = false,
    NotificationKind? Kind = null) : IClientCommand, IMakesItLast
{
    /// <summary><em>Tuen tarve</em>, codes of list 1282; each at most once.</summary>
    public IReadOnlyList<CodedValue> SupportNeeds { get; init => field = value ?? []; } = [];
}

/// <summary>
/// Records that a referral was not investigated. Studies found that municipalities left some of Kela's notifications
/// so; it must be visible, not lost.
/// </summary>
/// <param name="ReferralId">The referral; nothing may have been done about it yet.</param>
/// <param name="Grounds">Why, in the worker's words.</param>
public sealed record RecordReferralNotInvestigated(string ReferralId, PersonalText Grounds) : IClientCommand;

/// <summary>A referral arrived.</summary>
[StoredAs("client.referral-received", TimelineKind.Referral, Correctable = true, Words = WordClass.Matter)]
public sealed record ReferralReceived(
    string ReferralId,
    ReferralSource Source,
    ReferralReason Reason,
    int Urgency,
    PersonalText? KelaDecisionReference,
    bool Over75,
    bool HighestCareAllowance,
    bool ChildWithSpecialSupport,
    NotificationKind? Kind = null) : IClientEvent
{
    /// <summary>True when the law sets the day by which the assessment must start.</summary>
    internal bool IsFlagged => Over75 || HighestCareAllowance || ChildWithSpecialSupport;

    /// <summary><em>Tuen tarve</em>, codes of list 1282.</summary>
    public IReadOnlyList<CodedValue> SupportNeeds { get; init => field = value ?? []; } = [];
}

/// <summary>The municipality left a referral without investigation.</summary>
[StoredAs("client.referral-not-investigated", TimelineKind.Referral, Correctable = true, Words = WordClass.Matter)]
public sealed record ReferralNotInvestigated(string ReferralId, PersonalText Grounds) : IClientEvent;

/// <summary>A referral and what became of it so far.</summary>
/// <param name="Received">The referral as it arrived.</param>
/// <param name="ReceivedOn">The day it arrived.</param>
/// <param name="ContactAttempts">Attempts to reach the client that named this referral.</param>
/// <param name="FirstContactOn">The first of them.</param>
/// <param name="FirstReachedOn">The first that reached the client.</param>
/// <param name="NotInvestigatedOn">The day it was left without investigation.</param>
/// <param name="Registration">The municipality's own assessment of it.</param>
/// <param name="UnreachedOn">The day it was recorded that the client could not be reached.</param>
/// <param name="AssessmentStartedOn">The day an assessment was started after it had arrived.</param>
/// <param name="AssessedOn">The day an assessment was finished when it had arrived; it waits no more.</param>
public sealed record Referral(
    ReferralReceived Received,
    DateOnly ReceivedOn,
    int ContactAttempts = 0,
    DateOnly? FirstContactOn = null,
    DateOnly? FirstReachedOn = null,
    DateOnly? NotInvestigatedOn = null,
    ReferralRegistration? Registration = null,
    DateOnly? UnreachedOn = null,
    DateOnly? AssessmentStartedOn = null,
    DateOnly? AssessedOn = null)
{
    /// <summary>
    /// True when the law sets the day by which the assessment must start, as the sender or the municipality saw it.
    /// </summary>
    internal bool IsFlagged => Received.IsFlagged || Registration is { Registered.IsFlagged: true };

    /// <summary>True until somebody has looked into it, or has left it without investigation.</summary>
    internal bool Waits => NotInvestigatedOn is null && AssessedOn is null;

    internal bool ConcernsChild =>
        Received.ChildWithSpecialSupport || Registration is { Registered.ChildWithSpecialSupport: true };
}

internal static class Referrals
{
    /// <summary>The upper values of list 1252 are not known.</summary>
    public const int LeastUrgency = 9;

    private const int LeastUrgencyOfVulnerable = 2;

    public static Decision Receive(ClientState client, ReceiveReferral command, Moment moment)
    {
        var vulnerable = command.Over75 || command.HighestCareAllowance || command.ChildWithSpecialSupport;
        var refused = Require.Id(command.ReferralId, "referralId")
            ?? Require.Member(command.Source, "source")
            ?? Require.Member(command.Reason, "reason")
            ?? Require.Within(command.Urgency, 1, LeastUrgency, "urgency")
            ?? (vulnerable ? TooLittleUrgency(command.Urgency) : null)
            ?? Require.OptionalMember(command.Kind, "kind")
            ?? Require.OneLine(command.KelaDecisionReference, "kelaDecisionReference")
            ?? Require.Each(
                command.SupportNeeds,
                "supportNeeds",
                (need, at) => Require.Code(need, CodedFields.SupportNeed, moment, at))
            ?? Require.Distinct(command.SupportNeeds, need => need, "supportNeeds");
        if (refused is not null)
        {
            return refused;
        }
        var received = new ReferralReceived(
            command.ReferralId,
            command.Source,
            command.Reason,
            command.Urgency,
            command.KelaDecisionReference,
            command.Over75,
            command.HighestCareAllowance,
            command.ChildWithSpecialSupport,
            command.Kind)
        {
            SupportNeeds = command.SupportNeeds,
        };
        return Find(client, command.ReferralId) switch
        {
            { } known when Same(known.Received, received)
                && (moment.DayIsAssumed || known.ReceivedOn == moment.OccurredOn) => Decision.Nothing,
            { } => Refuse.Step(ReferralIdTaken, "referralId", "Another referral of this client has this identifier."),
            null when client.Closed is not null => Matter.MustBeReopened(),
            null when client.Referrals.Count >= Limits.Referrals => Refuse.Limit("referralId", Limits.Referrals),
            null => Decision.Happened(received),
        };
    }

    public static Decision LeaveUninvestigated(
        ClientState client, RecordReferralNotInvestigated command, Moment moment)
    {
        var refused = Require.Id(command.ReferralId, "referralId")
            ?? Require.Words(command.Grounds, "grounds")
            ?? Followable(client, command.ReferralId, moment)
            ?? (ActedOn(client, command.ReferralId)
                ? Refuse.Step(ReferralActedOn, "referralId", "Something has been done about this referral already.")
                : null);
        return refused is null
            ? Decision.Happened(new ReferralNotInvestigated(command.ReferralId, command.Grounds))
            : refused;
    }

    /// <summary>With any of the three flags on, only the two most urgent values are allowed.</summary>
    public static Rejection? TooLittleUrgency(int urgency) => urgency > LeastUrgencyOfVulnerable
        ? Refuse.Field(UrgencyNotAllowed, "urgency", "With any of the three flags on, urgency is 1 or 2.")
        : null;

    /// <summary>A step that names a referral names one that has arrived and was not put aside.</summary>
    public static Rejection? Followable(ClientState client, string? referralId, Moment moment) =>
        referralId is null ? null
        : Find(client, referralId) is not { } referral
            ? Refuse.Step(ReferralUnknown, "referralId", "This client has no such referral.")
        : moment.OccurredOn < referral.ReceivedOn
            ? Refuse.Field(BeforeReferral, "occurredOn", "The referral arrived after this day.")
        : referral.NotInvestigatedOn is not null
            ? Refuse.Step(
                RejectionCodes.ReferralNotInvestigated, "referralId", "This referral was left without investigation.")
        : null;

    public static ClientState Evolve(ClientState client, ReferralReceived happened, DateOnly on) => client with
    {
        Referrals =
        [
            .. client.Referrals,
            AssessmentStarts.Late(client, new Referral(happened, on)),
        ],
    };

    public static ClientState Evolve(ClientState client, ReferralNotInvestigated happened, DateOnly on) =>
        Change(client, happened.ReferralId, referral => referral with { NotInvestigatedOn = on });

    /// <summary>The state with one referral changed; the same state when there is no such referral.</summary>
    public static ClientState Change(ClientState client, string? referralId, Func<Referral, Referral> change) =>
        referralId is null ? client : client with
        {
            Referrals = [.. client.Referrals.Select(known => IsOf(known, referralId) ? change(known) : known)],
        };

    public static Referral? Find(ClientState client, string referralId) =>
        client.Referrals.FirstOrDefault(known => IsOf(known, referralId));

    private static bool IsOf(Referral referral, string referralId) => referral.Received.ReferralId == referralId;

    private static bool ActedOn(ClientState client, string referralId) =>
        Find(client, referralId) is { ContactAttempts: > 0 }
        || client.Meetings.Any(meeting => meeting.Booked.ReferralId == referralId)
        || client.AssessmentUnderWay?.ReferralId == referralId
        || client.Assessment?.Assessed.ReferralId == referralId;

    /// <summary>Words that were destroyed with their matter are taken for those that are given.</summary>
    public static bool Same(ReferralReceived one, ReferralReceived other) =>
        one with
        {
            SupportNeeds = other.SupportNeeds,
            KelaDecisionReference = one.KelaDecisionReference is { IsEmpty: true }
                ? other.KelaDecisionReference
                : one.KelaDecisionReference,
        } == other && one.SupportNeeds.SequenceEqual(other.SupportNeeds);
}
