using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.ExternalId;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Grains.Receiver;

namespace OsstOrleans.Silo.Messages;

/// <summary>
/// A command of a newer version, kept as it came: a silo that only passes it on must change nothing. No grain decides
/// it; the caller asks again once the older processes are gone.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Json">Its value, UTF-8 JSON.</param>
internal sealed record UnknownCommand(string Name, byte[] Json)
    : IClientCommand, IMunicipalityCommand, IDropInCentreCommand, IProgrammeCommand, IExternalIdCommand,
        IReceiverCommand;
