using System.Collections.Frozen;
using OsstOrleans.Grains.Client;

namespace OsstOrleans.Grains.Timeline;

/// <summary>What an entry of a client's timeline is about.</summary>
public enum TimelineKind
{
    /// <summary>Registration, basic data and moves between municipalities.</summary>
    Registration = 1,

    /// <summary>Referrals and notifications (<em>ilmoitukset ja yhteydenotot</em>).</summary>
    Referral = 2,

    /// <summary>Attempts to reach the client.</summary>
    Contact = 3,

    /// <summary>Meetings and what became of them.</summary>
    Meeting = 4,

    /// <summary>The assessment of need (<em>palvelutarpeen arviointi</em>).</summary>
    Assessment = 5,

    /// <summary>Who works with the client.</summary>
    Worker = 6,

    /// <summary>Plans and their reviews, with AVAIN.</summary>
    Plan = 7,

    /// <summary>Months on social assistance.</summary>
    Benefit = 8,

    /// <summary>Work and study, and periods of the employment services.</summary>
    Employment = 9,

    /// <summary>Drop-in centres: consents, and visits kept by consent.</summary>
    DropIn = 10,

    /// <summary>Closing and reopening of the matter.</summary>
    Matter = 11,

    /// <summary>Entries marked as recorded in error.</summary>
    Correction = 12,

    /// <summary>Something that a newer version of the platform recorded and this one does not know.</summary>
    Unknown = 13,
}

/// <summary>The kind of every event of a client.</summary>
public static class TimelineKinds
{
    private static readonly FrozenDictionary<Type, TimelineKind> Kinds = new Dictionary<Type, TimelineKind>
    {
        [typeof(ClientRegistered)] = TimelineKind.Registration,
        [typeof(ClientMoved)] = TimelineKind.Registration,
        [typeof(ClientDetailsChanged)] = TimelineKind.Registration,
        [typeof(ReferralReceived)] = TimelineKind.Referral,
        [typeof(ReferralRegistered)] = TimelineKind.Referral,
        [typeof(ReferralUnreached)] = TimelineKind.Referral,
        [typeof(ReferralNotInvestigated)] = TimelineKind.Referral,
        [typeof(DiscussionRequested)] = TimelineKind.Contact,
        [typeof(AssessmentStarted)] = TimelineKind.Assessment,
        [typeof(ContactAttempted)] = TimelineKind.Contact,
        [typeof(MeetingBooked)] = TimelineKind.Meeting,
        [typeof(MeetingAttended)] = TimelineKind.Meeting,
        [typeof(MeetingMissed)] = TimelineKind.Meeting,
        [typeof(MeetingCancelled)] = TimelineKind.Meeting,
        [typeof(NeedAssessed)] = TimelineKind.Assessment,
        [typeof(WorkerAssigned)] = TimelineKind.Worker,
        [typeof(ClientHandedOver)] = TimelineKind.Worker,
        [typeof(MergedIntoSurvivor)] = TimelineKind.Registration,
        [typeof(DuplicateAbsorbed)] = TimelineKind.Registration,
        [typeof(PlanMade)] = TimelineKind.Plan,
        [typeof(PlanReviewed)] = TimelineKind.Plan,
        [typeof(BenefitMonthRecorded)] = TimelineKind.Benefit,
        [typeof(BenefitMonthCorrected)] = TimelineKind.Benefit,
        [typeof(EmploymentOutcomeRecorded)] = TimelineKind.Employment,
        [typeof(EmploymentServicePeriodRecorded)] = TimelineKind.Employment,
        [typeof(EmploymentPlanMade)] = TimelineKind.Employment,
        [typeof(EmploymentDecisionMade)] = TimelineKind.Employment,
        [typeof(DropInConsentGiven)] = TimelineKind.DropIn,
        [typeof(DropInConsentWithdrawn)] = TimelineKind.DropIn,
        [typeof(DropInAttended)] = TimelineKind.DropIn,
        [typeof(DropInVisitKept)] = TimelineKind.DropIn,
        [typeof(ClientErased)] = TimelineKind.Matter,
        [typeof(MatterClosed)] = TimelineKind.Matter,
        [typeof(MatterReopened)] = TimelineKind.Matter,
        [typeof(EntryRecordedInError)] = TimelineKind.Correction,
    }.ToFrozenDictionary();

    /// <summary>The kind behind a stored name.</summary>
    public static TimelineKind Of(string name) =>
        EventCatalogue.TypeOf(name) is { } type && Kinds.TryGetValue(type, out var kind) ? kind : TimelineKind.Unknown;

    /// <summary>The stored names of some kinds.</summary>
    public static IReadOnlyList<string> NamesOf(IReadOnlyCollection<TimelineKind> kinds) =>
        [.. EventCatalogue.Names.Where(name => kinds.Contains(Of(name)) && IsClients(name))];

    private static bool IsClients(string name) => name.StartsWith("client.", StringComparison.Ordinal);
}
