namespace OsstOrleans.Grains.Municipality;

/// <summary>Something asked of a municipality's grain, whose key is the official three-digit code.</summary>
public interface IMunicipalityCommand : ICommand;

/// <summary>
/// Something asked of a register, whose key is a municipality's code or a county's: it is about the people who work
/// with its clients, or about those clients.
/// </summary>
public interface IRegisterCommand : IMunicipalityCommand;

/// <summary>Something that happened to a municipality. Names are the stored format: they may only grow.</summary>
public interface IMunicipalityEvent : IEvent;

/// <summary>Registers the municipality.</summary>
/// <param name="Name">Its Finnish name.</param>
/// <param name="SwedishName">Its Swedish name, where it has one.</param>
public sealed record RegisterMunicipality(string Name, string? SwedishName = null) : IMunicipalityCommand;

/// <summary>The municipality was registered.</summary>
[StoredAs("municipality.registered", TellsOfNoPerson = true)]
public sealed record MunicipalityRegistered(string Name, string? SwedishName) : IMunicipalityEvent;
