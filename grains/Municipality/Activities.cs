using OsstOrleans.Grains.Work;

namespace OsstOrleans.Grains.Municipality;

/// <summary>
/// Records work beyond the office that is no single client's: community and area work (yhdyskunta- ja aluetyö),
/// structural social work (rakenteellinen sosiaalityö), network work (verkostotyö), outreach youth work (etsivä
/// nuorisotyö), groups. The day it occurred is the day of the work. Two of a kind on one day are two.
/// </summary>
/// <param name="Method">A code of list 1293 or its local placeholder.</param>
/// <param name="Minutes">Working time used, of all workers together, in minutes.</param>
/// <param name="Participants">Participants other than the workers, as an anonymous count.</param>
/// <param name="Description">What was done; never about a person.</param>
public sealed record RecordActivity(CodedValue Method, int Minutes, int Participants, string? Description = null)
    : IMunicipalityCommand;

/// <summary>Work beyond the office was done.</summary>
[StoredAs("municipality.activity-recorded")]
public sealed record ActivityRecorded(CodedValue Method, int Minutes, int Participants, string? Description)
    : IMunicipalityEvent;

internal static class Activities
{
    public static Decision Record(RecordActivity command, Moment moment) =>
        (WorkLedger.Check(command.Method, command.Minutes, command.Participants, moment)
            ?? Require.ShortText(command.Description, "description")) is { } refused ? refused
        : Decision.Happened(new ActivityRecorded(
            command.Method, command.Minutes, command.Participants, command.Description));

    public static MunicipalityState Evolve(MunicipalityState municipality, ActivityRecorded happened, DateOnly on) =>
        municipality with
        {
            Work = WorkLedger.Add(
                municipality.Work, on, happened.Method, happened.Minutes, happened.Participants),
        };
}
