using System.Collections.Frozen;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.ExternalId;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Grains.Receiver;

namespace OsstOrleans.Grains;

/// <summary>
/// The stored names of all events. A name once written to a log is read for ever: lines are added, never changed and
/// never removed (golden file <c>tests/Grains/Golden/event-names.txt</c>).
/// </summary>
public static class EventCatalogue
{
    private static readonly Dictionary<string, Type> OfClients = new()
    {
        ["client.registered"] = typeof(ClientRegistered),
        ["client.details-changed"] = typeof(ClientDetailsChanged),
        ["client.moved"] = typeof(ClientMoved),
        ["client.referral-received"] = typeof(ReferralReceived),
        ["client.referral-not-investigated"] = typeof(ReferralNotInvestigated),
        ["client.referral-registered"] = typeof(ReferralRegistered),
        ["client.referral-unreached"] = typeof(ReferralUnreached),
        ["client.discussion-requested"] = typeof(DiscussionRequested),
        ["client.assessment-started"] = typeof(AssessmentStarted),
        ["client.contact-attempted"] = typeof(ContactAttempted),
        ["client.meeting-booked"] = typeof(MeetingBooked),
        ["client.meeting-attended"] = typeof(MeetingAttended),
        ["client.meeting-missed"] = typeof(MeetingMissed),
        ["client.meeting-cancelled"] = typeof(MeetingCancelled),
        ["client.need-assessed"] = typeof(NeedAssessed),
        ["client.worker-assigned"] = typeof(WorkerAssigned),
        ["client.handed-over"] = typeof(ClientHandedOver),
        ["client.merged-into-survivor"] = typeof(MergedIntoSurvivor),
        ["client.duplicate-absorbed"] = typeof(DuplicateAbsorbed),
        ["client.plan-made"] = typeof(PlanMade),
        ["client.plan-reviewed"] = typeof(PlanReviewed),
        ["client.benefit-month-recorded"] = typeof(BenefitMonthRecorded),
        ["client.benefit-month-corrected"] = typeof(BenefitMonthCorrected),
        ["client.employment-outcome-recorded"] = typeof(EmploymentOutcomeRecorded),
        ["client.employment-service-period-recorded"] = typeof(EmploymentServicePeriodRecorded),
        ["client.employment-plan-made"] = typeof(EmploymentPlanMade),
        ["client.employment-decision-made"] = typeof(EmploymentDecisionMade),
        ["client.drop-in-consent-given"] = typeof(DropInConsentGiven),
        ["client.drop-in-consent-withdrawn"] = typeof(DropInConsentWithdrawn),
        ["client.drop-in-attended"] = typeof(DropInAttended),
        ["client.drop-in-visit-kept"] = typeof(DropInVisitKept),
        ["client.erased"] = typeof(ClientErased),
        ["client.matter-closed"] = typeof(MatterClosed),
        ["client.matter-reopened"] = typeof(MatterReopened),
        ["client.entry-recorded-in-error"] = typeof(EntryRecordedInError),
    };

    private static readonly Dictionary<string, Type> OfOthers = new()
    {
        ["municipality.registered"] = typeof(MunicipalityRegistered),
        ["municipality.arm-placed"] = typeof(ArmPlaced),
        ["municipality.arm-end-changed"] = typeof(ArmEndChanged),
        ["municipality.responsible-worker-named"] = typeof(ResponsibleWorkerNamed),
        ["municipality.social-worker-added"] = typeof(SocialWorkerAdded),
        ["municipality.social-worker-removed"] = typeof(SocialWorkerRemoved),
        ["municipality.training-days-recorded"] = typeof(TrainingDaysRecorded),
        ["municipality.funding-granted"] = typeof(FundingGranted),
        ["municipality.funding-spent"] = typeof(FundingSpent),
        ["municipality.review-interval-set"] = typeof(ReviewIntervalSet),
        ["municipality.first-contact-target-set"] = typeof(FirstContactTargetSet),
        ["municipality.working-day-rule-set"] = typeof(WorkingDayRuleSet),
        ["municipality.hand-over-decided"] = typeof(CaseloadHandOverDecided),
        ["municipality.caseload-handed-over"] = typeof(CaseloadHandedOver),
        ["municipality.caseload-limit-set"] = typeof(CaseloadLimitSet),
        ["municipality.duplicate-merge-decided"] = typeof(DuplicateMergeDecided),
        ["municipality.duplicate-merged"] = typeof(DuplicateMerged),
        ["municipality.duplicate-merge-refused"] = typeof(DuplicateMergeRefused),
        ["municipality.activity-recorded"] = typeof(ActivityRecorded),
        ["municipality.interview-recorded"] = typeof(InterviewRecorded),
        ["drop-in-centre.activity-recorded"] = typeof(CentreActivityRecorded),
        ["drop-in-centre.registered"] = typeof(DropInCentreRegistered),
        ["drop-in-centre.opening-days-changed"] = typeof(OpeningDaysChanged),
        ["drop-in-centre.closed-day-marked"] = typeof(ClosedDayMarked),
        ["drop-in-centre.closed-day-unmarked"] = typeof(ClosedDayUnmarked),
        ["drop-in-centre.open-day-marked"] = typeof(OpenDayMarked),
        ["drop-in-centre.open-day-unmarked"] = typeof(OpenDayUnmarked),
        ["drop-in-centre.visits-counted"] = typeof(VisitsCounted),
        ["drop-in-centre.yearly-persons-recorded"] = typeof(YearlyPersonsRecorded),
        ["drop-in-centre.visits-recorded"] = typeof(VisitsRecorded),
        ["drop-in-centre.helpers-recorded"] = typeof(HelpersRecorded),
        ["drop-in-centre.group-started"] = typeof(GroupStarted),
        ["drop-in-centre.group-ended"] = typeof(GroupEnded),
        ["drop-in-centre.group-session-held"] = typeof(GroupSessionHeld),
        ["external-id.linked"] = typeof(ExternalIdLinked),
        ["receiver.registered"] = typeof(ReceiverRegistered),
        ["receiver.endpoint-changed"] = typeof(ReceiverEndpointChanged),
        ["receiver.secret-rotated"] = typeof(ReceiverSecretRotated),
        ["receiver.paused"] = typeof(ReceiverPaused),
        ["receiver.resumed"] = typeof(ReceiverResumed),
        ["receiver.closed"] = typeof(ReceiverClosed),
        ["programme.started"] = typeof(ProgrammeStarted),
        ["programme.extended"] = typeof(ProgrammeExtended),
        ["programme.budget-changed"] = typeof(BudgetChanged),
        ["programme.municipality-admitted"] = typeof(MunicipalityAdmitted),
        ["programme.municipality-released"] = typeof(MunicipalityReleased),
    };

    private static readonly FrozenDictionary<string, Type> Types =
        OfClients.Concat(OfOthers).ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> NamesByType =
        Types.ToFrozenDictionary(entry => entry.Value, entry => entry.Key);

    /// <summary>All stored names.</summary>
    public static IReadOnlyCollection<string> Names => Types.Keys;

    /// <summary>The type behind a stored name; null for a name this version does not know.</summary>
    public static Type? TypeOf(string name) => Types.GetValueOrDefault(name);

    /// <summary>The stored name of an event.</summary>
    /// <exception cref="KeyNotFoundException">
    /// The event's type has no line in the catalogue: a programming error.
    /// </exception>
    public static string NameOf(IEvent happened) => NamesByType[happened.GetType()];
}
