using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Programme;

/// <summary>
/// The rules of a programme. Its decisions are taken before it begins, so only the future bounds the day on which
/// something was decided.
/// </summary>
public sealed class ProgrammeDecider : IDecider<ProgrammeState>
{
    private ProgrammeDecider()
    {
    }

    public static ProgrammeState Initial { get; } = new();

    public static Decision Decide(ProgrammeState state, ICommand command, Moment moment) =>
        command is not IProgrammeCommand asked ? Refuse.NotKnown("programme")
        : Gate(state, asked, moment) is { } refused ? refused
        : asked switch
        {
            StartProgramme it => Start(state, it, moment),
            ExtendProgramme it => Extend(state, it, moment),
            ChangeBudget it => Change(state, it),
            AdmitMunicipality it => Membership.Admit(state, it, moment),
            ReleaseMunicipality it => Membership.Release(state, it),
            DecideOnProgrammeMethod it => ProgrammeMethods.Decide(state, it, moment),
            WithdrawProgrammeMethodDecision it => ProgrammeMethods.Withdraw(state, it),
            _ => Refuse.NotKnown("programme"),
        };

    public static ProgrammeState Evolve(ProgrammeState state, IEvent happened, DateOnly occurredOn) => happened switch
    {
        ProgrammeStarted it => state with { Started = it, EndsOn = it.EndsOn, BudgetCents = it.BudgetCents },
        ProgrammeExtended it => state with { EndsOn = it.EndsOn },
        BudgetChanged it => state with { BudgetCents = it.BudgetCents },
        MunicipalityAdmitted it => Membership.Evolve(state, it),
        MunicipalityReleased it => Membership.Evolve(state, it),
        ProgrammeMethodDecided it => ProgrammeMethods.Evolve(state, it),
        ProgrammeMethodDecisionWithdrawn it => ProgrammeMethods.Evolve(state, it),
        _ => state,
    };

    private static Rejection? Gate(ProgrammeState programme, IProgrammeCommand command, Moment moment) =>
        Require.Past(moment.OccurredOn, moment, "occurredOn")
        ?? (command is StartProgramme || programme.Started is not null ? null : Refuse.NotRegistered("programme"));

    private static Decision Start(ProgrammeState programme, StartProgramme command, Moment moment)
    {
        var started = new ProgrammeStarted(command.Name, command.StartsOn, command.EndsOn, command.BudgetCents);
        if (programme.Started is not null)
        {
            return programme.Started == started
                ? Decision.Nothing
                : Refuse.Step(AlreadyRegistered, "id", "This programme has been set up with other content.");
        }
        var refused = Require.Name(command.Name, "name")
            ?? Require.Planned(command.StartsOn, moment, "startsOn")
            ?? Require.Planned(command.EndsOn, moment, "endsOn")
            ?? Require.Period(command.StartsOn, command.EndsOn, "endsOn")
            ?? Require.Within(command.BudgetCents, 0, Limits.MoneyCents, "budgetCents");
        return refused is not null ? refused : Decision.Happened(started);
    }

    private static Decision Extend(ProgrammeState programme, ExtendProgramme command, Moment moment) =>
        Require.Planned(command.EndsOn, moment, "endsOn") is { } refused ? refused
        : programme.EndsOn is not { } endsOn || command.EndsOn <= endsOn
            ? Refuse.Field(ExtensionNotLater, "endsOn", "An extension ends later than the programme does now.")
        : Decision.Happened(new ProgrammeExtended(command.EndsOn, endsOn));

    private static Decision Change(ProgrammeState programme, ChangeBudget command) =>
        Require.Within(command.BudgetCents, 0, Limits.MoneyCents, "budgetCents") is { } refused ? refused
        : programme.BudgetCents == command.BudgetCents ? Decision.Nothing
        : Decision.Happened(new BudgetChanged(command.BudgetCents));
}
