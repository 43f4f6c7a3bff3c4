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
public sealed record GroupStarted(string GroupId, string Name) : IDropInCentreEvent;

/// <summary>A group ended.</summary>
public sealed record GroupEnded(string GroupId) : IDropInCentreEvent;

/// <summary>A group met.</summary>
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
    int Participants = 0);
