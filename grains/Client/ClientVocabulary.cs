namespace OsstOrleans.Grains.Client;

/// <summary>
/// Something asked of a client's grain. The client's id, the command id, the actor and the day it occurred travel in
/// the envelope around the command, never in it.
/// </summary>
public interface IClientCommand : ICommand;

/// <summary>
/// Something that happened to a client. Its type name (<see cref="EventCatalogue"/>), its property names and the
/// names of its enum members are the stored format: they may only grow.
/// </summary>
public interface IClientEvent : IEvent;
