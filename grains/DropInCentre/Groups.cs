using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.DropInCentre;

/// <summary>Starts a functional group (<em>toiminnallinen ryhmä</em>) at the centre.</summary>
/// <param name="GroupId">The caller's identifier, unique within the centre.</param>
/// <param name="Name">Its name; never a person's.</param>
public sealed record StartGroup(string GroupId, string Name) : IDropInCentreCommand;

/// <summary>Ends a group.</summary>
/// <param name="GroupId">A group that runs.</param>
public sealed record EndGroup(string GroupId) : IDropInCentreCommand;

/// <summary>Records a group's session on the day it occurred, participants as an anonymous count.</summary>
/// <param name="GroupId">A group that runs.</param>
/// <param name="Participants">How many took part.</param>
/// <param name="PeerExperts">How many peer experts led or helped.</param>
/// <param name="Volunteers">How many volunteers led or helped.</param>
public sealed record RecordGroupSession(
    string GroupId,
    int Participants,
    int PeerExperts = 0,
    int Volunteers = 0) : IDropInCentreCommand;

/// <summary>A group started.</summary>
[StoredAs("drop-in-centre.group-started", TellsOfNoPerson = true)]
public sealed record GroupStarted(string GroupId, string Name) : IDropInCentreEvent;

/// <summary>A group ended.</summary>
[StoredAs("drop-in-centre.group-ended", TellsOfNoPerson = true)]
public sealed record GroupEnded(string GroupId) : IDropInCentreEvent;

/// <summary>A group met.</summary>
[StoredAs("drop-in-centre.group-session-held")]
public sealed record GroupSessionHeld(string GroupId, int Participants, int PeerExperts, int Volunteers)
    : IDropInCentreEvent;

/// <summary>A group and its sessions so far.</summary>
/// <param name="GroupId">Its identifier.</param>
/// <param name="Name">Its name.</param>
/// <param name="StartedOn">Its first day.</param>
/// <param name="EndedOn">Its last day; null while it runs.</param>
/// <param name="Sessions">Sessions held.</param>
/// <param name="Participants">Participants of all sessions together.</param>
public sealed record Group(
    string GroupId,
    string Name,
    DateOnly StartedOn,
    DateOnly? EndedOn = null,
    int Sessions = 0,
    long Participants = 0);

internal static class Groups
{
    public static Decision Start(DropInCentreState centre, StartGroup command)
    {
        var refused = Require.Id(command.GroupId, "groupId") ?? Require.Name(command.Name, "name");
        return refused is not null ? refused
            : Find(centre, command.GroupId) is not null
                ? Refuse.Step(GroupIdTaken, "groupId", "Another group of this centre has this identifier.")
            : centre.Groups.Count >= Limits.Groups ? Refuse.Limit("groupId", Limits.Groups)
            : Decision.Happened(new GroupStarted(command.GroupId, command.Name));
    }

    public static Decision End(DropInCentreState centre, EndGroup command, Moment moment) =>
        Running(centre, command.GroupId, moment) is { } refused ? refused
        : Find(centre, command.GroupId)!.EndedOn is not null ? NotRunning("The group has ended already.")
        : Decision.Happened(new GroupEnded(command.GroupId));

    public static Decision Hold(DropInCentreState centre, RecordGroupSession command, Moment moment)
    {
        var refused = Running(centre, command.GroupId, moment)
            ?? Require.Within(command.Participants, 0, Limits.DailyCount, "participants")
            ?? Require.Within(command.PeerExperts, 0, Limits.DailyCount, "peerExperts")
            ?? Require.Within(command.Volunteers, 0, Limits.DailyCount, "volunteers")
            ?? Opening.OpenOn(centre, moment.OccurredOn);
        return refused is not null ? refused : Decision.Happened(new GroupSessionHeld(
            command.GroupId, command.Participants, command.PeerExperts, command.Volunteers));
    }

    public static DropInCentreState Evolve(DropInCentreState centre, GroupStarted happened, DateOnly on) =>
        centre with { Groups = [.. centre.Groups, new Group(happened.GroupId, happened.Name, on)] };

    public static DropInCentreState Evolve(DropInCentreState centre, GroupEnded happened, DateOnly on) =>
        Change(centre, happened.GroupId, group => group with { EndedOn = on });

    public static DropInCentreState Evolve(DropInCentreState centre, GroupSessionHeld happened, DateOnly on)
    {
        var counted = Visits.Change(centre, on, day => day with
        {
            Sessions = day.Sessions + 1,
            Participants = day.Participants + happened.Participants,
        });
        return Change(counted, happened.GroupId, group => group with
        {
            Sessions = group.Sessions + 1,
            Participants = group.Participants + happened.Participants,
        });
    }

    private static Group? Find(DropInCentreState centre, string groupId) =>
        centre.Groups.FirstOrDefault(group => group.GroupId == groupId);

    private static Rejection? Running(DropInCentreState centre, string groupId, Moment moment) =>
        Find(centre, groupId) switch
        {
            null => Refuse.Step(GroupUnknown, "groupId", "This centre has no such group."),
            { } group when moment.OccurredOn < group.StartedOn || moment.OccurredOn > group.EndedOn =>
                NotRunning("The group did not run on this day."),
            _ => null,
        };

    private static Rejection NotRunning(string message) => Refuse.Step(GroupNotRunning, "groupId", message);

    private static DropInCentreState Change(DropInCentreState centre, string groupId, Func<Group, Group> change) =>
        centre with
        {
            Groups = [.. centre.Groups.Select(group => group.GroupId == groupId ? change(group) : group)],
        };
}
