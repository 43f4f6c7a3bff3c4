using OsstOrleans.Grains.Work;

namespace OsstOrleans.Grains.DropInCentre;

/// <summary>
/// Records work beyond the office that was done from the centre or at it: outreach youth work (etsivä nuorisotyö),
/// network work (verkostotyö), a peer expert's (kokemusasiantuntija) afternoon. Sessions of the centre's groups are
/// recorded as sessions.
/// </summary>
/// <param name="Method">A code of list 1293 or its local placeholder.</param>
/// <param name="Minutes">Working time used, of all workers together, in minutes.</param>
/// <param name="Participants">Participants other than the workers, as an anonymous count.</param>
/// <param name="Description">What was done; never about a person.</param>
public sealed record RecordCentreActivity(
    CodedValue Method, int Minutes, int Participants, string? Description = null) : IDropInCentreCommand;

/// <summary>Work beyond the office was done at the centre.</summary>
[StoredAs("drop-in-centre.activity-recorded")]
public sealed record CentreActivityRecorded(CodedValue Method, int Minutes, int Participants, string? Description)
    : IDropInCentreEvent;

internal static class CentreActivities
{
    public static Decision Record(RecordCentreActivity command, Moment moment) =>
        (WorkLedger.Check(command.Method, command.Minutes, command.Participants, moment)
            ?? Require.ShortText(command.Description, "description")) is { } refused ? refused
        : Decision.Happened(new CentreActivityRecorded(
            command.Method, command.Minutes, command.Participants, command.Description));

    public static DropInCentreState Evolve(DropInCentreState centre, CentreActivityRecorded happened, DateOnly on) =>
        centre with
        {
            Work = WorkLedger.Add(centre.Work, on, happened.Method, happened.Minutes, happened.Participants),
        };
}
