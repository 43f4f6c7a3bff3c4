namespace OsstOrleans.Grains;

/// <summary>
/// Every reason for which a command is refused. Callers act on these codes, so they are as stable as a stored name:
/// codes are added, never renamed.
/// </summary>
public static partial class RejectionCodes
{
    // Any grain.

    /// <summary>The command belongs to another kind of grain.</summary>
    public const string CommandNotKnown = "COMMAND_NOT_KNOWN";

    /// <summary>The grain has not been registered yet.</summary>
    public const string NotRegistered = "NOT_REGISTERED";

    /// <summary>A line is about a client of another municipality's register than the line says.</summary>
    public const string OtherMunicipality = "OTHER_MUNICIPALITY";

    /// <summary>The grain has been registered already, with other content.</summary>
    public const string AlreadyRegistered = "ALREADY_REGISTERED";

    /// <summary>The date lies after the day of recording.</summary>
    public const string DateInFuture = "DATE_IN_FUTURE";

    /// <summary>The date lies before the earliest day this register knows (<see cref="Limits.EarliestDay"/>), or before
    /// the earliest one that is the caller's to give.</summary>
    public const string DateTooEarly = "DATE_TOO_EARLY";

    /// <summary>The date lies before the grain's registration.</summary>
    public const string BeforeRegistration = "BEFORE_REGISTRATION";

    /// <summary>A period's last day lies before its first.</summary>
    public const string PeriodReversed = "PERIOD_REVERSED";

    /// <summary>A required field is empty.</summary>
    public const string FieldRequired = "FIELD_REQUIRED";

    /// <summary>A text is longer than its limit.</summary>
    public const string TextTooLong = "TEXT_TOO_LONG";

    /// <summary>A name or identifier has a line break, or a text another character that does not show.</summary>
    public const string TextUnprintable = "TEXT_UNPRINTABLE";

    /// <summary>A list has more entries than its limit.</summary>
    public const string ListTooLong = "LIST_TOO_LONG";

    /// <summary>An identifier is not 1-64 letters a-z, digits, <c>-</c> or <c>_</c>.</summary>
    public const string IdInvalid = "ID_INVALID";

    /// <summary>A municipality's code is not three digits.</summary>
    public const string MunicipalityCodeInvalid = "MUNICIPALITY_CODE_INVALID";

    /// <summary>Only synthetic clients live in a made-up municipality.</summary>
    public const string MunicipalityMadeUp = "MUNICIPALITY_MADE_UP";

    /// <summary>A value is not one of its enumeration.</summary>
    public const string UnknownValue = "UNKNOWN_VALUE";

    /// <summary>A code is not in its code system, or the system is not the field's.</summary>
    public const string UnknownCode = "UNKNOWN_CODE";

    /// <summary>The code is in its system, but was not in use on the day it happened.</summary>
    public const string CodeNotInUse = "CODE_NOT_IN_USE";

    /// <summary>The same code or value stands twice in one list.</summary>
    public const string DuplicateEntry = "DUPLICATE_ENTRY";

    /// <summary>A number lies outside its range.</summary>
    public const string OutOfRange = "OUT_OF_RANGE";

    /// <summary>The grain holds as many of these as its limit allows.</summary>
    public const string LimitReached = "LIMIT_REACHED";

    // Client: registration.

    /// <summary>
    /// Neither or both of <em>henkilötunnus</em> and <em>tilapäinen yksilöintitunnus</em> were given.
    /// </summary>
    public const string ExactlyOneIdentifier = "EXACTLY_ONE_IDENTIFIER";

    /// <summary>The <em>henkilötunnus</em> has a wrong form, day or control character.</summary>
    public const string PersonalIdentityCodeInvalid = "PERSONAL_IDENTITY_CODE_INVALID";

    /// <summary>
    /// An imported line has another <em>henkilötunnus</em> than the client that it means: the identifier is used for
    /// two people, or the code changed, which a worker records.
    /// </summary>
    public const string IdentityCodeDiffers = "IDENTITY_CODE_DIFFERS";

    /// <summary>The birth year differs from the year in the <em>henkilötunnus</em>.</summary>
    public const string BirthYearMismatch = "BIRTH_YEAR_MISMATCH";

    /// <summary>The identifier of another system means another client.</summary>
    public const string ExternalIdTaken = "EXTERNAL_ID_TAKEN";

    // Client: referrals and meetings.

    /// <summary>Another referral of the client has this identifier.</summary>
    public const string ReferralIdTaken = "REFERRAL_ID_TAKEN";

    /// <summary>The client has no such referral.</summary>
    public const string ReferralUnknown = "REFERRAL_UNKNOWN";

    /// <summary>The referral arrived later than the step that names it.</summary>
    public const string BeforeReferral = "BEFORE_REFERRAL";

    /// <summary>The referral was left without investigation.</summary>
    public const string ReferralNotInvestigated = "REFERRAL_NOT_INVESTIGATED";

    /// <summary>The referral was already acted on, so it cannot be left without investigation.</summary>
    public const string ReferralActedOn = "REFERRAL_ACTED_ON";

    /// <summary>The referral was registered already, with another assessment of the notification.</summary>
    public const string ReferralAlreadyRegistered = "REFERRAL_ALREADY_REGISTERED";

    /// <summary>No attempt to reach the client was recorded for this referral.</summary>
    public const string NotContacted = "NOT_CONTACTED";

    /// <summary>The client was reached for this referral.</summary>
    public const string AlreadyReached = "ALREADY_REACHED";

    /// <summary>With over-75, <em>ylin hoitotuki</em> or a child needing special support only urgency 1 or 2.</summary>
    public const string UrgencyNotAllowed = "URGENCY_NOT_ALLOWED";

    /// <summary>Another meeting of the client has this identifier.</summary>
    public const string MeetingIdTaken = "MEETING_ID_TAKEN";

    /// <summary>A meeting cannot be agreed for a day before the day of booking.</summary>
    public const string MeetingBeforeBooking = "MEETING_BEFORE_BOOKING";

    /// <summary>A time of day is not <c>HH:mm</c>.</summary>
    public const string TimeInvalid = "TIME_INVALID";

    /// <summary>A number of a telephone has another form than numbers have.</summary>
    public const string PhoneInvalid = "PHONE_INVALID";

    /// <summary>An address of electronic mail has another form than addresses have.</summary>
    public const string EmailInvalid = "EMAIL_INVALID";

    /// <summary>A language is no code of ISO 639.</summary>
    public const string LanguageInvalid = "LANGUAGE_INVALID";

    /// <summary>The client has no such meeting: only a booked meeting can be missed.</summary>
    public const string MeetingNotBooked = "MEETING_NOT_BOOKED";

    /// <summary>The meeting was already attended, missed or cancelled.</summary>
    public const string MeetingAlreadySettled = "MEETING_ALREADY_SETTLED";

    /// <summary>The meeting's day has not come.</summary>
    public const string MeetingNotYetDue = "MEETING_NOT_YET_DUE";

    /// <summary>A cancellation lies before the booking or after the meeting's day.</summary>
    public const string CancellationOutsideBooking = "CANCELLATION_OUTSIDE_BOOKING";

    // Client: assessment, plan and review.

    /// <summary>The assessment began after it was finished.</summary>
    public const string AssessmentReversed = "ASSESSMENT_REVERSED";

    /// <summary>Another assessment of the client is under way.</summary>
    public const string AssessmentAlreadyStarted = "ASSESSMENT_ALREADY_STARTED";

    /// <summary>A repeated or long-term need keeps an own worker (<em>omatyöntekijä</em>).</summary>
    public const string OwnWorkerRequired = "OWN_WORKER_REQUIRED";

    /// <summary>No assessment has found a client relationship, so there is nothing to plan for.</summary>
    public const string PlanWithoutClientship = "PLAN_WITHOUT_CLIENTSHIP";

    /// <summary>Another plan of the client has this identifier.</summary>
    public const string PlanIdTaken = "PLAN_ID_TAKEN";

    /// <summary>The plan would be older than the one it follows.</summary>
    public const string PlanBeforePreviousPlan = "PLAN_BEFORE_PREVIOUS_PLAN";

    /// <summary>A main class was given where only its subclasses are recorded.</summary>
    public const string GoalNotLeaf = "GOAL_NOT_LEAF";

    /// <summary><em>Sosiaalipalvelu</em> is only given for service 1 <em>Sosiaalipalvelut</em>.</summary>
    public const string SocialServiceNotAllowed = "SOCIAL_SERVICE_NOT_ALLOWED";

    /// <summary>Methods are only recorded for 46 <em>Sosiaalityö</em> and 45 <em>Sosiaaliohjaus</em>.</summary>
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";

    /// <summary>A negotiation lies after the plan that it led to.</summary>
    public const string NegotiationAfterPlan = "NEGOTIATION_AFTER_PLAN";

    /// <summary>The next review would lie before the plan or review that agrees on it.</summary>
    public const string NextReviewTooEarly = "NEXT_REVIEW_TOO_EARLY";

    /// <summary>There is no plan to review.</summary>
    public const string ReviewWithoutPlan = "REVIEW_WITHOUT_PLAN";

    /// <summary>The plan under review is not the current one.</summary>
    public const string PlanNotCurrent = "PLAN_NOT_CURRENT";

    /// <summary>The review lies before the plan or before its latest review.</summary>
    public const string ReviewTooEarly = "REVIEW_TOO_EARLY";

    /// <summary>A goal of the plan has no attainment.</summary>
    public const string AttainmentMissing = "ATTAINMENT_MISSING";

    /// <summary>An attainment, or a goal to carry forward, that the plan does not have.</summary>
    public const string GoalNotInPlan = "GOAL_NOT_IN_PLAN";

    // Client: benefits, drop-in, matter, moving.

    /// <summary>A month is not <c>yyyy-MM</c>.</summary>
    public const string MonthInvalid = "MONTH_INVALID";

    /// <summary>A reduction is not 0, 20 or 40 per cent.</summary>
    public const string ReductionInvalid = "REDUCTION_INVALID";

    /// <summary>The client has not consented to have drop-in visits kept, or not yet on that day.</summary>
    public const string NoDropInConsent = "NO_DROP_IN_CONSENT";

    /// <summary>The matter is closed; it must be reopened first.</summary>
    public const string MatterIsClosed = "MATTER_CLOSED";

    /// <summary>The matter is open, so it cannot be reopened.</summary>
    public const string MatterIsOpen = "MATTER_OPEN";

    /// <summary>The closing lies before something that happened in the matter.</summary>
    public const string ClosingBeforeStep = "CLOSING_BEFORE_STEP";

    /// <summary>The platform alone gives this reason of an erasure.</summary>
    public const string ErasureReasonInvalid = "ERASURE_REASON_INVALID";

    /// <summary>Another command of this grain had this id.</summary>
    public const string CommandIdUsed = "COMMAND_ID_USED";

    /// <summary>The reopening lies before the closing.</summary>
    public const string ReopeningBeforeClosing = "REOPENING_BEFORE_CLOSING";

    /// <summary>The move lies before the latest move.</summary>
    public const string MoveTooEarly = "MOVE_TOO_EARLY";

    /// <summary>The basic data are of an earlier day than those that are known.</summary>
    public const string DetailsTooEarly = "DETAILS_TOO_EARLY";

    /// <summary>A register's fact is of an earlier day than the one that is known in its place.</summary>
    public const string FactTooEarly = "FACT_TOO_EARLY";

    /// <summary>A reason for declining is given where the client did not decline.</summary>
    public const string NotDeclined = "NOT_DECLINED";

    /// <summary>Minutes are those with the client, and the client was not reached.</summary>
    public const string MinutesUnreached = "MINUTES_UNREACHED";

    // Client: merges.

    /// <summary>The client was merged into another one; nothing happens to this one any more.</summary>
    public const string ClientMerged = "CLIENT_MERGED";

    /// <summary>
    /// More than referrals and contacts is recorded of a duplicate, so it cannot be ended. Of earlier versions: the
    /// outcome of a merge says it now.
    /// </summary>
    public const string DuplicateHasCasework = "DUPLICATE_HAS_CASEWORK";

    // Client: corrections.

    /// <summary>The client's history has no entry of that number.</summary>
    public const string EntryUnknown = "ENTRY_UNKNOWN";

    /// <summary>Entries of this kind are put right by another command, not by marking them.</summary>
    public const string EntryNotCorrectable = "ENTRY_NOT_CORRECTABLE";

    /// <summary>The entry was marked as recorded in error already, with another correction.</summary>
    public const string EntryAlreadyInError = "ENTRY_ALREADY_IN_ERROR";

    /// <summary>Later entries build on this one; they are marked first.</summary>
    public const string EntryBuiltOn = "ENTRY_BUILT_ON";

    /// <summary>The correction is not a later, standing entry of the same kind.</summary>
    public const string CorrectionUnfit = "CORRECTION_UNFIT";
}
