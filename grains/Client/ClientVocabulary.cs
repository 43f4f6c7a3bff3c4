namespace OsstOrleans.Grains.Client;

/// <summary>
/// Something asked of a client's grain. The client's id, the command id, the actor and the day it occurred travel in
/// the envelope around the command, never in it.
/// </summary>
public interface IClientCommand : ICommand;

/// <summary>
/// A command after which a worker has to do with the client longer than now, or by which a protection of the client
/// ends. Who was let in for a time alone, by a meeting or an opening without a relationship, may not send it.
/// </summary>
public interface IMakesItLast : IClientCommand
{
    /// <summary>False where this very command does not, by what it says.</summary>
    bool MakesItLast => true;

    /// <summary>True for what a meeting is there for: who meets the client may send it all the same.</summary>
    bool IsForMeeting => false;
}

/// <summary>
/// Something that happened to a client. Its type name (<see cref="EventCatalogue"/>), its property names and the
/// names of its enum members are the stored format: they may only grow.
/// </summary>
public interface IClientEvent : IEvent;
