using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Receiver;

namespace OsstOrleans.Silo.Privacy;

/// <summary>
/// Who may do what, in one place; whatever is not allowed here is denied. A client's register is the municipality's or
/// its county's, and a caller reaches all municipalities of the registers that the token holds for: these are the
/// "own" ones (703/2023 9 §; role classes of decree 457/2024).
/// </summary>
public static class AccessPolicy
{
    /// <summary>True when the role may send this command to a grain of this kind at all.</summary>
    public static bool MaySend(Role role, GrainKind kind, ICommand command) => kind switch
    {
        GrainKind.Client => MaySendToClient(role, command),
        GrainKind.Municipality => MaySendToMunicipality(role, command),
        // A count of persons is checked against the visits, which only the own staff may know. Who sets answers beside
        // those of visitors could compute theirs from a mean that others see.
        GrainKind.DropInCentre => role is Role.RecordSystem
            ? command is RecordVisits or RecordCentreActivity
            : role is not (Role.Researcher or Role.DataProtection)
                && (command is not (RecordYearlyPersons or RecordAnonymousAnswers) || MayReadClients(role)),
        GrainKind.Programme => role is Role.Operator,
        // Which known client an identifier means is a judgement, and the coordinator's.
        GrainKind.ExternalId => role is Role.Coordinator,
        GrainKind.Receiver => MaySendToReceiver(role, command),
        _ => false,
    };

    /// <summary>True when the caller may command or read a grain that belongs to this municipality.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="kind">The grain's kind.</param>
    /// <param name="municipality">Whose register it belongs to.</param>
    /// <param name="sendsPersonalData">People's data go where the grain says.</param>
    public static bool MayReach(
        Caller caller, GrainKind kind, string municipality, bool sendsPersonalData = false) => kind switch
        {
            _ when sendsPersonalData && !MaySendPersonalData(caller.Role) => false,
            GrainKind.Programme or GrainKind.ExternalId => true,
            GrainKind.Client => caller.Role is not Role.Operator && caller.HoldsFor(municipality),
            _ => caller.HoldsFor(municipality),
        };

    /// <summary>True when the caller may read the grain's state and history.</summary>
    public static bool MayRead(Caller caller, GrainKind kind, string municipality) => kind switch
    {
        GrainKind.Client => MayReadClients(caller.Role) && caller.HoldsFor(municipality),
        // Whom an identifier means is between the systems that send it.
        GrainKind.ExternalId => MayResolve(caller.Role),
        GrainKind.Receiver => MayManageReceivers(caller.Role) && caller.HoldsFor(municipality),
        GrainKind.Municipality or GrainKind.DropInCentre or GrainKind.Programme => true,
        _ => false,
    };

    /// <summary>True for roles that need a relationship; a coordinator's is with the whole register.</summary>
    public static bool NeedsRelationship(Role role) => role is Role.SocialWorker or Role.Counsellor;

    /// <summary>
    /// By which relationship a caller may use the data of a client of this register (703/2023 9 §); null by none.
    /// Others of the register learn that the client exists, since a refusal is no "not found", and nothing else.
    /// </summary>
    /// <param name="caller">Who asks, with a standing where the register says one.</param>
    /// <param name="municipality">The client's municipality.</param>
    /// <param name="register">The register that it is in.</param>
    /// <param name="ties">Who has to do with the client.</param>
    /// <param name="now">When.</param>
    public static AccessBasis? BasisOf(
        Caller caller, string municipality, string register, Ties ties, DateTimeOffset now)
    {
        if (!caller.HoldsFor(municipality) || !MayReadClients(caller.Role))
        {
            return null;
        }
        return !NeedsRelationship(caller.Role) && !ties.IsRestricted ? AccessBasis.Coordination
            : NeedsRelationship(caller.Role) && caller.StandingIn(register) is { } standing
                && BasisOf(standing, ties) is { } basis ? basis
            : ties.Openings.Any(opening => opening.Actor == caller.Actor && now < opening.Until) ? AccessBasis.Opened
            : null;
    }

    private static AccessBasis? BasisOf(Standing standing, Ties ties) =>
        ties.Worker is { } worker && standing.BasisWith(worker.Id, worker.IsOwn) is { } basis ? basis
        : ties.IsInIntake && standing.HandlesIntake ? AccessBasis.Intake
        : ties.Meets.Any(standing.ActsAs.Contains) ? AccessBasis.Meeting
        : null;

    /// <summary>
    /// By which duty one of a register's staff sends this also to a client with whom there is no relationship: who
    /// takes in what arrives, who keeps the door at which the client stands, and all in an emergency; null by none.
    /// Who looks after data protection has no other relationship with any client.
    /// </summary>
    public static AccessBasis? DutyOf(Caller caller, string register, ICommand command) =>
        (caller.StandingIn(register), command) switch
        {
            (_, ILogCommand) when caller.Role is Role.DataProtection => AccessBasis.DataProtection,
            (_, OpenAccess) => AccessBasis.Opened,
            ({ HandlesIntake: true }, ReceiveReferral or RequestDiscussion) => AccessBasis.Intake,
            ({ KeepsDoor: true }, GiveDropInConsent or WithdrawDropInConsent or RecordDropInAttendance) =>
                AccessBasis.Door,
            _ => null,
        };

    /// <summary>
    /// True when a relationship lets this be sent. One that is for a time, a meeting or an opening, makes none that
    /// would last longer, neither for oneself nor for another, and begins nothing anew that has ended: a command says
    /// of itself when it would (<see cref="IMakesItLast"/>).
    /// </summary>
    public static bool MaySendBy(AccessBasis basis, ICommand command) => basis switch
    {
        AccessBasis.Opened => command is not (IMakesItLast { MakesItLast: true } or INoMutation),
        AccessBasis.Meeting => command is not (IMakesItLast { MakesItLast: true, IsForMeeting: false } or INoMutation),
        _ => true,
    };

    /// <summary>True for commands that register a client whom no register has yet.</summary>
    public static bool MakesClient(ICommand command) => command is RegisterClient or ImportClient or ImportReferral;

    /// <summary>The roles that see clients: broad or service-bound client responsibility.</summary>
    public static bool MayReadClients(Role role) => role is Role.SocialWorker or Role.Counsellor or Role.Coordinator;

    /// <summary>
    /// True for roles that learn of single clients, be it from the log alone, and for a register's own record system:
    /// each is held for registers by name, and never for all.
    /// </summary>
    public static bool NamesItsRegisters(Role role) =>
        MayReadClients(role) || role is Role.DataProtection or Role.RecordSystem;

    /// <summary>The roles that learn whom identifiers of their own systems mean.</summary>
    public static bool MayResolve(Role role) => role is Role.Integration or Role.Coordinator or Role.RecordSystem;

    /// <summary>True when the caller looks through the logs about all clients of a register.</summary>
    public static bool MayAudit(Caller caller, string register) =>
        caller.Role is Role.DataProtection && caller.HoldsFor(register);

    /// <summary>True when the caller answers clients of a register who ask who used and who got their data.</summary>
    public static bool MayReport(Caller caller, string register) =>
        (MayReadLogs(caller.Role) && caller.HoldsFor(register)) || MayAudit(caller, register);

    /// <summary>
    /// The role that answers clients who ask who used and who got their data (703/2023 11 §). The lines name
    /// colleagues, so not all who work with clients read them.
    /// </summary>
    public static bool MayReadLogs(Role role) => role is Role.Coordinator;

    /// <summary>True when the caller reads a municipality's interviews: its own staff, and researchers.</summary>
    public static bool MayReadInterviews(Caller caller, string municipality) =>
        caller.Role is Role.Researcher || SeesExactFigures(caller, municipality);

    /// <summary>True when the caller sees this municipality's figures exactly; all others see no small cell.</summary>
    public static bool SeesExactFigures(Caller caller, string municipality) =>
        MayReadClients(caller.Role) && caller.HoldsFor(municipality);

    /// <summary>
    /// True for who sees figures of the own register exactly also where a filter narrows them: a figure of one client
    /// is that client's data, and the whole register is the coordinators' matter alone.
    /// </summary>
    public static bool SeesNarrowFigures(Caller caller) => !NeedsRelationship(caller.Role);

    /// <summary>Who is whose worker, and who is one person, is the municipality's own matter.</summary>
    private static bool MaySendToMunicipality(Role role, ICommand command) => command switch
    {
        // Who merges another's client into an own one would read it there.
        MergeDuplicate => role is Role.Coordinator,
        RecordActivity => MayReadClients(role) || role is Role.Operator or Role.RecordSystem,
        // From who a person is among the staff it follows whose data that person reads.
        RegisterStaffMember or RemoveStaffMember or AppointSubstitute or EndSubstitution => role is Role.Coordinator,
        // The second of two people may be who runs the service: an operator, who sees no client.
        GrantRight or EndRight => role is Role.Coordinator,
        ConfirmRight or DecideRightEnd => role is Role.Coordinator or Role.Operator,
        GrantFirstRight => role is Role.Operator,
        HandOverCaseload or SetCaseloadLimit or ICarriedOut => role is Role.Coordinator,
        // What is overdue follows from them: an outsider who varied one would read clients' days from the counts.
        SetFirstContactTarget or SetReviewInterval => role is Role.Coordinator,
        // The register answers for what others see of its clients, and for what its clients get.
        SetSmallestGroup or SetMeetingReminders => role is Role.Coordinator,
        // Who sends a register knows whether it is complete; statistics are published.
        RecordRegisterCoverage or WithdrawRegisterCoverage or RecordPanelValue =>
            role is Role.Coordinator or Role.Operator or Role.Integration,
        _ => role is Role.Coordinator or Role.Operator,
    };

    /// <summary>The roles that register receivers of events, and see their deliveries.</summary>
    public static bool MayManageReceivers(Role role) => role is Role.Coordinator or Role.Operator;

    /// <summary>
    /// True when the role may say where events go that tell of persons, coded or not, and by which secret. Operators
    /// see no client, and a receiver of theirs would.
    /// </summary>
    public static bool MaySendPersonalData(Role role) => role is not Role.Operator;

    /// <summary>
    /// What of a command, which the role may send, it may not ask for; null when all is the role's. The coded events of
    /// one life often say whose it is, so operators let none of them out.
    /// </summary>
    /// <param name="role">Who sends it.</param>
    /// <param name="command">The command.</param>
    /// <param name="moment">When, and of which day.</param>
    public static Rejection? NotTheirs(Role role, ICommand command, Moment moment) => command switch
    {
        RegisterReceiver registration when !MaySendPersonalData(role) => ReceiverDecider.TellsOfPersons(registration),
        RecordAnonymousAnswers when role is not Role.Coordinator => AnonymousAnswers.OfYearOver(moment),
        _ => null,
    };

    private static bool MaySendToReceiver(Role role, ICommand command) => MayManageReceivers(role)
        && (command is not RegisterReceiver { PersonalData: true } || MaySendPersonalData(role));

    /// <summary>A client's request for log lines, and its answers. The lines name the staff, which so answers none.
    /// </summary>
    private static bool IsOfLogs(ICommand command) => command is ILogCommand;

    private static bool MaySendToClient(Role role, ICommand command) => role switch
    {
        // The register's clients are theirs: there is nothing to open, unless the processing is restricted.
        Role.Coordinator => command is not OpenAccess { Reason: var reason } || Restrictions.Lets(reason),
        Role.SocialWorker => command is not (IErasesClient or ReviewOpening or HoldForArchiving or EndArchivingHold
            or IDisclosesByLaw or IDecidesRestriction) && !IsOfLogs(command),
        // Plans and decisions of employment are the social worker's own to make.
        Role.Counsellor => command is not (AssignWorker or MoveToMunicipality or IErasesClient or ReviewOpening
            or HoldForArchiving or EndArchivingHold or IDisclosesByLaw or IDecidesRestriction or INoMutation
            or MakeEmploymentPlan or RecordEmploymentDecision) && !IsOfLogs(command),
        Role.DataProtection => IsOfLogs(command),
        Role.Integration => command is RegisterClient or ImportClient or ImportReferral or ImportBenefitMonth
            or ImportServicePeriod or ReceiveReferral or RecordBenefitMonth or RecordEmploymentOutcome
            or RecordEmploymentServicePeriod or ChangeClientDetails or MoveToMunicipality or RecordReminderOutcome
            or SetSecurityBan, // The population register says so; that it has ended is looked at by staff.
        Role.RecordSystem => IsOfRecords(command),
        _ => false,
    };

    /// <summary>
    /// What workers record in the register's own system, step by step. Nothing by which a person gets to read a client,
    /// and nothing that is another authority's to say.
    /// </summary>
    private static bool IsOfRecords(ICommand command) => command is RegisterClient or ImportClient
        or ChangeClientDetails or ReceiveReferral or RecordContactAttempt or BookMeeting { WorkerId: null }
        or AttendMeeting or MissMeeting or CancelMeeting or StartAssessment or AssessNeed or MakePlan or ReviewPlan
        or CloseMatter or RecordEmploymentOutcome;
}
