using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Municipality;

/// <summary>
/// Hands over all clients of a worker to another one, by one decision (asiakkuuksien siirto työntekijältä toiselle).
/// The platform then hands over client by client, also after a restart; a client assigned to the first worker
/// until that is finished goes along. An own worker (omatyöntekijä) is followed by an own worker.
/// </summary>
/// <param name="HandOverId">The caller's identifier, unique within the municipality.</param>
/// <param name="FromWorkerId">The worker who hands over; may have left already.</param>
/// <param name="ToWorkerId">The worker who takes over: a social worker of the municipality.</param>
public sealed record HandOverCaseload(string HandOverId, string FromWorkerId, string ToWorkerId)
    : IRegisterCommand;

/// <summary>Records that every client of a hand-over has the new worker.</summary>
public sealed record EndHandOver(string HandOverId) : IMunicipalityCommand, ICarriedOut;

/// <summary>A worker's caseload was handed over, by decision.</summary>
[StoredAs("municipality.hand-over-decided")]
public sealed record CaseloadHandOverDecided(string HandOverId, string FromWorkerId, string ToWorkerId)
    : IMunicipalityEvent, IOpensWork;

/// <summary>Every client of a hand-over has the new worker.</summary>
[StoredAs("municipality.caseload-handed-over")]
public sealed record CaseloadHandedOver(string HandOverId) : IMunicipalityEvent;

/// <summary>A hand-over of a worker's caseload.</summary>
/// <param name="DecidedOn">The day of the decision.</param>
/// <param name="EndedOn">The day on which every client had the new worker; null while it is carried out.</param>
/// <param name="Number">Which of the municipality's decisions it is: an identifier may come again, a number never does.
/// </param>
public sealed record CaseloadHandOver(
    string HandOverId, string FromWorkerId, string ToWorkerId, DateOnly DecidedOn, DateOnly? EndedOn = null,
    long Number = 0);

internal static class CaseloadHandOvers
{
    public static Decision Decide(MunicipalityState municipality, HandOverCaseload command)
    {
        var refused = Require.Id(command.HandOverId, "handOverId")
            ?? Require.Id(command.FromWorkerId, "fromWorkerId")
            ?? Require.Id(command.ToWorkerId, "toWorkerId")
            ?? (command.FromWorkerId == command.ToWorkerId
                ? Refuse.Field(HandOverToSelf, "toWorkerId", "A worker does not hand over to the same worker.")
                : null);
        if (refused is not null)
        {
            return refused;
        }
        return municipality.HandOvers.FirstOrDefault(known => known.HandOverId == command.HandOverId) switch
        {
            { } known when (known.FromWorkerId, known.ToWorkerId) == (command.FromWorkerId, command.ToWorkerId) =>
                Decision.Nothing,
            { } => Refuse.Step(
                HandOverIdTaken, "handOverId", "Another hand-over of this municipality has this identifier."),
            null when !municipality.KeepsStaff && !Staff.Has(municipality, command.ToWorkerId) =>
                Refuse.Step(WorkerUnknown, "toWorkerId", "No such social worker is in the experiment."),
            null when StaffMembers.Refusal(municipality, command.ToWorkerId, "toWorkerId") is { } unknown => unknown,
            null when municipality.HandOvers.Any(known => known.EndedOn is null && Touch(known, command)) =>
                Refuse.Step(HandOverUnderWay, "fromWorkerId", "One of them is handing over or taking over now."),
            null => Decision.Happened(new CaseloadHandOverDecided(
                command.HandOverId, command.FromWorkerId, command.ToWorkerId)),
        };
    }

    public static Decision End(MunicipalityState municipality, EndHandOver command) =>
        municipality.HandOvers.Any(known => known.HandOverId == command.HandOverId && known.EndedOn is null)
            ? Decision.Happened(new CaseloadHandedOver(command.HandOverId))
            : Decision.Nothing;

    /// <summary>The newest are kept, and those under way; the others are in the history.</summary>
    public static MunicipalityState Evolve(
        MunicipalityState municipality, CaseloadHandOverDecided happened, DateOnly on)
    {
        var number = municipality.Decisions + 1;
        var handOvers = municipality.HandOvers.Append(new CaseloadHandOver(
            happened.HandOverId, happened.FromWorkerId, happened.ToWorkerId, on, Number: number)).ToList();
        if (handOvers.Count > Limits.HandOversKept
            && handOvers.FindIndex(known => known.EndedOn is not null) is var oldest and >= 0)
        {
            handOvers.RemoveAt(oldest);
        }
        return municipality with { HandOvers = handOvers, Decisions = number };
    }

    public static MunicipalityState Evolve(
        MunicipalityState municipality, CaseloadHandedOver happened, DateOnly on) => municipality with
        {
            HandOvers =
            [
                .. municipality.HandOvers.Select(known =>
                    known.HandOverId == happened.HandOverId ? known with { EndedOn = on } : known),
            ],
        };

    /// <summary>Two hand-overs in a row would race for the same clients.</summary>
    private static bool Touch(CaseloadHandOver known, HandOverCaseload asked) =>
        known.FromWorkerId == asked.FromWorkerId || known.FromWorkerId == asked.ToWorkerId
        || known.ToWorkerId == asked.FromWorkerId;
}
