using Orleans;
using Orleans.Runtime;
using OsstOrleans.Grains.Hosting;

namespace OsstOrleans.Grains.Client;

/// <summary>The activation of a <see cref="IClientGrain"/>.</summary>
[GrainType("client")]
internal sealed class ClientGrain(
    [PersistentState(GrainSnapshot.OfClient, GrainSnapshot.Storage)] IPersistentState<GrainSnapshot> snapshot,
    IGrainServices services,
    IOpenWork work)
    : HostedGrain<ClientState, IClientCommand, ClientDecider>(GrainKind.Client, snapshot, services, work),
        IClientGrain;
