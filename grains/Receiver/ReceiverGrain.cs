using Orleans;
using Orleans.Runtime;
using OsstOrleans.Grains.Hosting;

namespace OsstOrleans.Grains.Receiver;

/// <summary>The activation of a <see cref="IReceiverGrain"/>.</summary>
[GrainType("receiver")]
internal sealed class ReceiverGrain(
    [PersistentState("receiver-snapshot", GrainSnapshot.Storage)] IPersistentState<GrainSnapshot> snapshot,
    IGrainServices services,
    IOpenWork work)
    : HostedGrain<ReceiverState, IReceiverCommand, ReceiverDecider>(GrainKind.Receiver, snapshot, services, work),
        IReceiverGrain;
