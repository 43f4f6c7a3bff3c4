using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Municipality;

/// <summary>The rules of a municipality. Each subject's rules stand in its file.</summary>
public sealed class MunicipalityDecider : IDecider<MunicipalityState>
{
    private MunicipalityDecider()
    {
    }

    public static MunicipalityState Initial { get; } = new();

    public static string MunicipalityOf(string key, MunicipalityState state) => key;

    public static Rejection? Fits(string key, Moment moment) => moment.Registers.IsCounty(key, moment.Today) ? null
        : MunicipalityCodes.CheckToday(key, moment, "id");

    /// <summary>
    /// Staff, rights, hand-overs and merges are a register's; what is recorded of a municipality itself is no county's.
    /// What was decided before a county's first day is carried out where it was decided.
    /// </summary>
    public static Rejection? Elsewhere(string key, ICommand command, Moment moment) =>
        moment.EndsAgain || command is RegisterMunicipality or (ICarriedOut and not GrantFirstRight) ? null
        : command is not IRegisterCommand
            ? moment.Registers.IsCounty(key, moment.Today)
                ? Refuse.Step(RegisterElsewhere, "id", "This is recorded of a municipality; name one of the county's.")
                : null
        : moment.Registers.Of(key, moment.Today) is var register && register != key
            ? Refuse.Step(RegisterElsewhere, "id", $"The clients of this municipality are in the register {register}.")
        : null;

    public static Decision Decide(MunicipalityState state, ICommand command, Moment moment) =>
        command is not IMunicipalityCommand asked ? Refuse.NotKnown("municipality")
        : Gate(state, asked, moment) is { } refused ? refused
        : asked switch
        {
            RegisterMunicipality it => Register(state, it, moment),
            PlaceInArm it => Arms.Place(state, it, moment),
            ChangeArmEnd it => Arms.ChangeEnd(state, it, moment),
            RecordExposure it => Exposures.Record(state, it, moment),
            ChangeExposureEnd it => Exposures.ChangeEnd(state, it, moment),
            DecideOnMethod it => MethodChoices.Decide(state, it, moment),
            WithdrawMethodDecision it => MethodChoices.Withdraw(state, it),
            RecordRegisterCoverage it => RegisterCoverage.Record(state, it, moment),
            WithdrawRegisterCoverage it => RegisterCoverage.Withdraw(state, it, moment),
            RecordPanelValue it => RegisterPanel.Record(state, it, moment),
            DeclareDataSource it => DataSources.Declare(state, it, moment),
            NameResponsibleWorker it => Staff.Name(state, it),
            AddSocialWorker it => Staff.Add(state, it),
            RemoveSocialWorker it => Staff.Remove(state, it),
            RecordTrainingDays it => Staff.Train(state, it),
            RegisterStaffMember it => StaffMembers.Register(state, it),
            RemoveStaffMember it => StaffMembers.Remove(state, it, moment),
            NarrowStaffMember it => StaffLeft.Narrow(state, it),
            ShortenSubstitution it => StaffLeft.Shorten(state, it),
            AppointSubstitute it => StaffMembers.Appoint(state, it, moment),
            EndSubstitution it => StaffMembers.End(state, it),
            GrantRight it => RightDecisions.Grant(state, it, moment),
            ConfirmRight it => RightDecisions.Confirm(state, it, moment),
            EndRight it => RightDecisions.End(state, it, moment),
            DecideRightEnd it => RightDecisions.DecideEnd(state, it, moment),
            GrantFirstRight it => RightDecisions.First(state, it, moment),
            KeepRights it => RightDecisions.Keep(state, it),
            ShortenRight it => RightDecisions.Shorten(state, it),
            RecordActivity it => Activities.Record(it, moment),
            RecordInterview it => Interviews.Record(state, it, moment),
            GrantFunding it => Funding.Grant(it),
            RecordSpending it => Funding.Spend(it),
            SetReviewInterval it => Targets.SetInterval(state, it),
            SetWorkingDayRule it => Targets.SetWorkingDays(state, it),
            SetCaseloadLimit it => CaseloadLimits.Set(state, it),
            SetMeetingReminders it => MeetingReminders.Set(state, it),
            HandOverCaseload it => CaseloadHandOvers.Decide(state, it),
            EndHandOver it => CaseloadHandOvers.End(state, it),
            MergeDuplicate it => Merges.Decide(state, it),
            BeginMerge it => Merges.Begin(state, it),
            EndMerge it => Merges.End(state, it),
            SetFirstContactTarget it => Targets.SetFirstContact(state, it),
            SetSmallestGroup it => Targets.SetSmallestGroup(state, it),
            _ => Refuse.NotKnown("municipality"),
        };

    public static MunicipalityState Evolve(MunicipalityState state, IEvent happened, DateOnly occurredOn) =>
        happened switch
        {
            MunicipalityRegistered it => state with { Registered = it, RegisteredOn = occurredOn },
            ArmPlaced it => Arms.Evolve(state, it),
            ArmEndChanged it => Arms.Evolve(state, it),
            ExposureRecorded it => Exposures.Evolve(state, it),
            ExposureEndChanged it => Exposures.Evolve(state, it),
            MethodDecided it => MethodChoices.Evolve(state, it),
            MethodDecisionWithdrawn it => MethodChoices.Evolve(state, it),
            RegisterCoverageRecorded it => RegisterCoverage.Evolve(state, it),
            RegisterCoverageWithdrawn it => RegisterCoverage.Evolve(state, it),
            PanelValueRecorded it => RegisterPanel.Evolve(state, it, occurredOn),
            ResponsibleWorkerNamed it => Staff.Evolve(state, it),
            SocialWorkerAdded it => Staff.Evolve(state, it, occurredOn),
            SocialWorkerRemoved it => Staff.Evolve(state, it),
            TrainingDaysRecorded it => Staff.Evolve(state, it),
            StaffMemberRegistered it => StaffMembers.Evolve(state, it),
            StaffMemberRemoved it => StaffMembers.Evolve(state, it),
            SubstituteAppointed it => StaffMembers.Evolve(state, it, occurredOn),
            SubstitutionEnded it => StaffMembers.Evolve(state, it),
            RightGranted it => RightDecisions.Evolve(state, it),
            RightConfirmed it => RightDecisions.Evolve(state, it),
            RightEnded it => RightDecisions.Evolve(state, it),
            RightEndAsked it => RightDecisions.Evolve(state, it),
            RightKept it => RightDecisions.Evolve(state, it),
            RightShortened it => RightDecisions.Evolve(state, it),
            RightsKept => state with { KeepsRights = true },
            ActivityRecorded it => Activities.Evolve(state, it, occurredOn),
            InterviewRecorded it => Interviews.Evolve(state, it, occurredOn),
            FundingGranted it => Funding.Evolve(state, it),
            FundingSpent it => Funding.Evolve(state, it),
            ReviewIntervalSet it => Targets.Evolve(state, it),
            WorkingDayRuleSet it => Targets.Evolve(state, it),
            CaseloadLimitSet it => state with { CaseloadLimit = it.Clients },
            MeetingRemindersSet it => state with { MeetingReminders = MeetingReminders.Of(it.DaysBefore, it.At) },
            CaseloadHandOverDecided it => CaseloadHandOvers.Evolve(state, it, occurredOn),
            CaseloadHandedOver it => CaseloadHandOvers.Evolve(state, it, occurredOn),
            DuplicateMergeDecided it => Merges.Evolve(state, it, occurredOn),
            DuplicateMergeBegun it => Merges.Begun(state, it.MergeId),
            DuplicateMerged it => Merges.Ended(state, it.MergeId, MergeOutcome.Merged),
            DuplicateMergeRefused it => Merges.Ended(state, it.MergeId, MergeOutcome.Refused, it.Refusal),
            FirstContactTargetSet it => Targets.Evolve(state, it),
            SmallestGroupSet it => Targets.Evolve(state, it),
            DataSourceDeclared it => DataSources.Evolve(state, it, occurredOn),
            _ => state,
        };

    private static Rejection? Gate(MunicipalityState municipality, IMunicipalityCommand command, Moment moment) =>
        Require.Past(moment.OccurredOn, moment, "occurredOn")
        ?? (command is RegisterMunicipality ? null
            : municipality.RegisteredOn is null ? Refuse.NotRegistered("municipality")
            // Statistics are older than the registration here, and of municipalities that have no client; what ended is
            // ended again also where the clock was set back.
            : moment.OccurredOn < municipality.RegisteredOn && command is not RecordPanelValue && !moment.EndsAgain
                ? Refuse.Field(BeforeRegistration, "occurredOn", "The municipality was registered after this day.")
            : Rights.LetSend(municipality, command, moment) ? null
            : Refuse.Step(RightNotHeld, "id", "The register has ended your right, or has granted you none."));

    private static Decision Register(MunicipalityState municipality, RegisterMunicipality command, Moment moment)
    {
        var registered = new MunicipalityRegistered(command.Name, command.SwedishName);
        if (municipality.Registered is not null)
        {
            return municipality.Registered == registered && municipality.RegisteredOn == moment.OccurredOn
                ? Decision.Nothing
                : Refuse.Step(AlreadyRegistered, "id", "This municipality has been registered with other content.");
        }
        var refused = Require.Name(command.Name, "name") ?? Require.OneLine(command.SwedishName, "swedishName");
        return refused is not null ? refused : Decision.Happened(registered);
    }
}
