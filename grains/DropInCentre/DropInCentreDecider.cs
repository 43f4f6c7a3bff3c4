using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.DropInCentre;

/// <summary>The rules of a drop-in centre. Each subject's rules stand in its file.</summary>
public sealed class DropInCentreDecider : IDecider<DropInCentreState>
{
    private DropInCentreDecider()
    {
    }

    public static DropInCentreState Initial { get; } = new();

    public static string MunicipalityOf(string key, DropInCentreState state) => state.Registered?.Municipality ?? "";

    public static Decision Decide(DropInCentreState state, ICommand command, Moment moment) =>
        command is not IDropInCentreCommand asked ? Refuse.NotKnown("drop-in centre")
        : Gate(state, asked, moment) is { } refused ? refused
        : asked switch
        {
            RegisterDropInCentre it => Register(state, it, moment),
            ChangeOpeningDays it => Opening.Change(state, it, moment),
            MarkClosedDay it => Opening.Close(state, it, moment),
            UnmarkClosedDay it => Opening.Reopen(state, it),
            MarkOpenDay it => OpenDays.Mark(state, it, moment),
            UnmarkOpenDay it => OpenDays.Unmark(state, it),
            CountVisits it => DoorCounts.Count(state, it, moment),
            RecordYearlyPersons it => CentreYears.Record(state, it, moment),
            RecordVisits it => Visits.Record(state, it, moment),
            RecordHelpers it => Visits.Record(state, it, moment),
            RecordAnonymousAnswers it => AnonymousAnswers.Record(it),
            RecordCentreActivity it => CentreActivities.Record(it, moment),
            StartGroup it => Groups.Start(state, it),
            EndGroup it => Groups.End(state, it, moment),
            RecordGroupSession it => Groups.Hold(state, it, moment),
            _ => Refuse.NotKnown("drop-in centre"),
        };

    public static DropInCentreState Evolve(DropInCentreState state, IEvent happened, DateOnly occurredOn) =>
        happened switch
        {
            DropInCentreRegistered it => state with
            {
                Registered = it,
                RegisteredOn = occurredOn,
                OpeningDays = it.OpeningDays,
                OpeningPeriods = [new OpeningPeriod(occurredOn) { OpeningDays = it.OpeningDays }],
            },
            OpeningDaysChanged it => Opening.Evolve(state, it, occurredOn),
            OpenDayMarked it => OpenDays.Evolve(state, it),
            OpenDayUnmarked it => OpenDays.Evolve(state, it),
            VisitsCounted it => DoorCounts.Evolve(state, it, occurredOn),
            YearlyPersonsRecorded it => CentreYears.Evolve(state, it),
            ClosedDayMarked it => Opening.Evolve(state, it),
            ClosedDayUnmarked it => Opening.Evolve(state, it),
            VisitsRecorded it => Visits.Evolve(state, it, occurredOn),
            HelpersRecorded it => Visits.Evolve(state, it, occurredOn),
            AnonymousAnswersRecorded it => AnonymousAnswers.Evolve(state, it, occurredOn),
            CentreActivityRecorded it => CentreActivities.Evolve(state, it, occurredOn),
            GroupStarted it => Groups.Evolve(state, it, occurredOn),
            GroupEnded it => Groups.Evolve(state, it, occurredOn),
            GroupSessionHeld it => Groups.Evolve(state, it, occurredOn),
            _ => state,
        };

    private static Rejection? Gate(DropInCentreState centre, IDropInCentreCommand command, Moment moment) =>
        Require.Past(moment.OccurredOn, moment, "occurredOn")
        ?? (command is RegisterDropInCentre ? null
            : centre.RegisteredOn is null ? Refuse.NotRegistered("drop-in centre")
            : moment.OccurredOn < centre.RegisteredOn
                ? Refuse.Field(BeforeRegistration, "occurredOn", "The centre was registered after this day.")
            : null);

    private static Decision Register(DropInCentreState centre, RegisterDropInCentre command, Moment moment)
    {
        var registered = new DropInCentreRegistered(command.Municipality, command.Name, command.Place)
        {
            OpeningDays = Opening.Sorted(command.OpeningDays),
        };
        if (centre.Registered is { } known)
        {
            return known with { OpeningDays = registered.OpeningDays } == registered
                && known.OpeningDays.SequenceEqual(registered.OpeningDays)
                && centre.RegisteredOn == moment.OccurredOn
                ? Decision.Nothing
                : Refuse.Step(AlreadyRegistered, "id", "This centre has been registered with other content.");
        }
        var refused = MunicipalityCodes.CheckToday(command.Municipality, moment, "municipality")
            ?? Require.Name(command.Name, "name")
            ?? Require.OneLine(command.Place, "place")
            ?? Opening.ValidDays(command.OpeningDays);
        return refused is not null ? refused : Decision.Happened(registered);
    }
}
