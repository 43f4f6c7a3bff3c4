using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// The rules of a client: what may happen, and what it changes. Each subject's rules stand in its file.
/// </summary>
public sealed class ClientDecider : IDecider<ClientState>
{
    private ClientDecider()
    {
    }

    public static ClientState Initial { get; } = new();

    public static string MunicipalityOf(string key, ClientState state) => state.Municipality;

    public static string? LeftTo(ClientState state, ICommand command) => LogRequests.LeftTo(state, command);

    public static Ties TiesOf(ClientState state, Moment moment) => Relationships.Of(state, moment);

    public static int MatterOf(ClientState state) => Matter.NumberOf(state);

    public static PersonalText? IdentifierOf(ClientState state) =>
        state.Registered?.PersonalIdentityCode is { IsEmpty: false } code
            ? code
            : state.Registered?.TemporaryIdentifier;

    public static Decision Decide(ClientState state, ICommand command, Moment moment) =>
        command is not IClientCommand asked ? Refuse.NotKnown("client")
        : Gate(state, asked, moment) is { } refused ? refused
        : ClientErasure.Gone(state, asked) is { } gone ? gone
        : DecideReaching(state, asked, moment) ?? DecideWorking(state, asked, moment) ?? Refuse.NotKnown("client");

    public static ClientState Evolve(ClientState state, IEvent happened, DateOnly occurredOn) =>
        Matter.AfterWords(
            Chosen(EvolveReaching(state, happened, occurredOn) ?? EvolveWorking(state, happened, occurredOn) ?? state,
                happened, occurredOn),
            happened, occurredOn);

    public static ClientState EvolveInError(ClientState state, IEvent happened, DateOnly occurredOn) =>
        Matter.AfterWords(state, happened, occurredOn);

    public static ClientState WithoutConsentEntries(ClientState state) =>
        state.KeptVisits.Count == 0 ? state : state with { KeptVisits = [] };

    public static Decision Revise(IReadOnlyList<PastEvent> past, ICommand command, Moment moment) => command switch
    {
        MarkRecordedInError asked => Corrections.Mark(past, asked, moment),
        ProhibitPartDisclosure asked => ProhibitedParts.Prohibit(past, asked, moment),
        _ => Refuse.NotKnown("client"),
    };

    /// <summary>What holds for every command, before any rule of its own.</summary>
    private static Rejection? Gate(ClientState client, IClientCommand command, Moment moment) =>
        Require.Past(moment.OccurredOn, moment, "occurredOn")
        ?? command switch
        {
            RegisterClient or ImportClient or ImportReferral => null,
            _ when client.RegisteredOn is null => Refuse.NotRegistered("client"),
            _ when moment.OccurredOn < client.RegisteredOn && !IsOfRegisters(command) =>
                Refuse.Field(BeforeRegistration, "occurredOn", "The client was registered after this day."),
            _ => Merging.NotMerged(client, command) ?? Matter.Open(client, command),
        };

    /// <summary>What registers know of a person may be older than the registration here, and arrive later.</summary>
    private static bool IsOfRegisters(IClientCommand command) => command is RecordBenefitMonth or ImportBenefitMonth
        or RecordEmploymentServicePeriod or ImportServicePeriod;

    /// <summary>From the registration to the assessment: the client is being reached.</summary>
    private static Decision? DecideReaching(ClientState client, IClientCommand command, Moment moment) => command switch
    {
        RegisterClient asked => Registration.Register(client, asked, moment),
        ImportClient asked => ImportedLines.Take(client, asked, moment),
        ImportReferral asked => ImportedLines.Take(client, asked, moment),
        MoveToMunicipality asked => Registration.Move(client, asked, moment),
        ChangeClientDetails asked => Details.Change(client, asked, moment),
        RecordContactDetails asked => ContactDetailRules.Record(client, asked, moment),
        ReceiveReferral asked => Referrals.Receive(client, asked, moment),
        RecordReferralNotInvestigated asked => Referrals.LeaveUninvestigated(client, asked, moment),
        RegisterReferral asked => ReferralIntake.Register(client, asked, moment),
        RecordUnreached asked => Unreached.Record(client, asked, moment),
        RequestDiscussion asked => Discussions.Request(client, asked, moment),
        StartAssessment asked => AssessmentStarts.Start(client, asked, moment),
        RecordContactAttempt asked => Contacts.Record(client, asked, moment),
        BookMeeting asked => Meetings.Book(client, asked, moment),
        AttendMeeting asked => Meetings.Attend(client, asked, moment),
        MissMeeting asked => Meetings.Miss(client, asked, moment),
        CancelMeeting asked => Meetings.Cancel(client, asked, moment),
        AgreeToReminders => Reminders.Agree(client),
        EndReminders => Reminders.End(client),
        RemindOfMeetings asked => Reminders.Remind(client, asked, moment),
        RecordReminderOutcome asked => Reminders.Record(client, asked),
        AssessNeed asked => Assessments.Assess(client, asked, moment),
        _ => default(Decision?),
    };

    /// <summary>From the assessment to the closing: the client is being worked with.</summary>
    private static Decision? DecideWorking(ClientState client, IClientCommand command, Moment moment) => command switch
    {
        HandOverClient asked => HandOvers.HandOver(client, asked, moment),
        RetireDuplicate asked => Merging.Retire(client, asked, moment),
        AbsorbDuplicate asked => Merging.Absorb(client, asked),
        UndoMerge asked => DeclinedMerges.Undo(client, asked),
        AssignWorker asked => Assessments.Assign(client, asked, moment),
        MakePlan asked => Plans.Make(client, asked, moment),
        ReviewPlan asked => Reviews.Record(client, asked, moment),
        RecordBenefitMonth asked => Benefits.Record(client, asked, moment),
        ImportBenefitMonth asked => ImportedLines.Take(client, asked, moment),
        ImportServicePeriod asked => ImportedLines.Take(client, asked, moment),
        RecordEmploymentOutcome asked => Employment.Record(client, asked, moment),
        RecordEmploymentServicePeriod asked => ServicePeriods.Record(client, asked, moment),
        GiveDropInConsent => DropIn.Consent(client),
        WithdrawDropInConsent => DropIn.Withdraw(client),
        RecordDropInAttendance asked => DropIn.Attend(client, asked, moment),
        GiveMeasureConsent => MeasureAnswers.Consent(client, moment),
        WithdrawMeasureConsent => MeasureAnswers.Withdraw(client),
        RecordMeasureAnswers asked => MeasureAnswers.Record(client, asked, moment),
        MakeEmploymentPlan asked => EmploymentPlans.Make(client, asked, moment),
        RecordEmploymentDecision asked => EmploymentPlans.Decide(client, asked, moment),
        SetSecurityBan => Bans.SetBan(client),
        EndSecurityBan => Bans.EndBan(client),
        ProhibitDisclosure asked => Bans.Prohibit(client, asked),
        WithdrawDisclosureProhibition => Bans.Withdraw(client),
        RecordObtainedData asked => ObtainedData.Record(asked, moment),
        RequestRestriction asked => Restrictions.Request(client, asked),
        GrantRestriction asked => Restrictions.Grant(client, asked, moment),
        RefuseRestriction asked => Restrictions.Deny(client, asked, moment),
        EndRestriction asked => Restrictions.End(client, asked, moment),
        WithdrawRestriction => Restrictions.Withdraw(client, moment),
        PermitDisclosure asked => DisclosurePermissions.Permit(client, asked),
        WithdrawDisclosurePermission asked => DisclosurePermissions.Withdraw(client, asked),
        WithdrawPartProhibition asked => ProhibitedParts.Withdraw(client, asked, moment),
        DiscloseByLaw asked => DisclosuresByLaw.Begin(client, asked),
        EndDisclosureByLaw asked => DisclosuresByLaw.End(client, asked),
        RequestLogReport asked => LogRequests.Request(client, asked, moment),
        GiveLogReport asked => LogRequests.Give(client, asked, moment),
        RefuseLogReport asked => LogRequests.Deny(client, asked, moment),
        WithdrawLogRequest asked => LogRequests.Withdraw(client, asked, moment),
        OpenAccess asked => Openings.Open(client, asked, moment),
        ReviewOpening asked => Openings.Review(client, asked, moment),
        HoldForArchiving asked => Retention.Hold(client, asked),
        EndArchivingHold => Retention.EndHold(client),
        ConfirmRetention asked => Retention.Confirm(client, asked, moment),
        EndMattersAgain asked => Retention.EndAgain(client, asked),
        CarryOutRetention asked => ClientErasure.CarryOut(client, asked),
        EraseAgain => ClientErasure.Again(client),
        EraseClient asked => ClientErasure.Erase(client, asked, moment),
        CloseMatter asked => Matter.Close(client, asked, moment),
        ReopenMatter asked => Matter.Reopen(client, asked, moment),
        _ => default(Decision?),
    };

    private static ClientState Chosen(ClientState client, IEvent happened, DateOnly on) =>
        client.Disclosure.After(happened, on) is var after && ReferenceEquals(after, client.Disclosure) ? client
        : client with { Disclosure = after };

    private static ClientState? EvolveReaching(ClientState client, IEvent happened, DateOnly on) => happened switch
    {
        ClientRegistered it => Registration.Evolve(client, it, on),
        ClientMoved it => Registration.Evolve(client, it, on),
        ClientDetailsChanged it => Details.Evolve(client, it, on),
        ContactDetailsRecorded it => ContactDetailRules.Evolve(client, it, on),
        ReferralReceived it => Referrals.Evolve(client, it, on),
        ReferralNotInvestigated it => Referrals.Evolve(client, it, on),
        ReferralRegistered it => ReferralIntake.Evolve(client, it, on),
        ReferralUnreached it => Unreached.Evolve(client, it, on),
        DiscussionRequested => Discussions.Requested(client, on),
        AssessmentStarted it => AssessmentStarts.Evolve(client, it, on),
        ContactAttempted it => Contacts.Evolve(client, it, on),
        MeetingBooked it => Meetings.Evolve(client, it, on),
        MeetingAttended it => Meetings.Evolve(client, it),
        MeetingMissed it => Meetings.Evolve(client, it),
        MeetingCancelled it => Meetings.Evolve(client, it),
        NeedAssessed it => Assessments.Evolve(client, it, on),
        _ => null,
    };

    private static ClientState? EvolveWorking(ClientState client, IEvent happened, DateOnly on) => happened switch
    {
        ClientHandedOver it => HandOvers.Evolve(client, it, on),
        MergedIntoSurvivor it => Merging.Evolve(client, it, on),
        DuplicateAbsorbed it => Merging.Evolve(client, it, on),
        MergeUndone it => DeclinedMerges.Evolve(client, it),
        MergeDeclined it => DeclinedMerges.Evolve(client, it),
        WorkerAssigned it => Assessments.Evolve(client, it, on),
        PlanMade it => Plans.Evolve(client, it, on),
        PlanReviewed it => Reviews.Evolve(client, it, on),
        BenefitMonthRecorded it => Benefits.Evolve(client, it, on),
        BenefitMonthCorrected it => Benefits.Evolve(client, it, on),
        EmploymentOutcomeRecorded it => Employment.Evolve(client, it, on),
        EmploymentServicePeriodRecorded it => ServicePeriods.Evolve(client, it, on),
        DropInConsentGiven => DropIn.Consented(client, on),
        DropInConsentWithdrawn => DropIn.Withdrawn(client),
        DropInAttended it => DropIn.Evolve(client, it, on),
        EmploymentPlanMade it => EmploymentPlans.Evolve(client, it, on),
        EmploymentDecisionMade it => EmploymentPlans.Evolve(client, it, on),
        DropInVisitKept it => DropIn.Evolve(client, it, on),
        MeasureConsentGiven or MeasureConsentWithdrawn or MeasureAnswered =>
            MeasureAnswers.Evolve(client, happened, on),
        AccessOpened it => Openings.Evolve(client, it),
        OpeningReviewed it => Openings.Evolve(client, it),
        FactConfirmed it => ConfirmedFacts.Evolve(client, it, on),
        LogReportRequested it => LogRequests.Evolve(client, it, on),
        IEndsLogRequest it => LogRequests.Evolve(client, it, on),
        ClientErased => ClientErasure.Evolve(client, on),
        MatterClosed it => Matter.Evolve(client, it, on),
        MatterReopened it => Matter.Evolve(client, it, on),
        _ => Bans.Evolve(client, happened, on) ?? Retention.Evolve(client, happened, on)
            ?? Restrictions.Evolve(client, happened, on) ?? Reminders.Evolve(client, happened, on),
    };
}
