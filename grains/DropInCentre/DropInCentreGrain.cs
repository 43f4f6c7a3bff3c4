using Orleans;
using Orleans.Runtime;
using OsstOrleans.Grains.Hosting;

namespace OsstOrleans.Grains.DropInCentre;

/// <summary>The activation of a <see cref="IDropInCentreGrain"/>.</summary>
[GrainType("drop-in-centre")]
internal sealed class DropInCentreGrain(
    [PersistentState("drop-in-centre-snapshot", GrainSnapshot.Storage)] IPersistentState<GrainSnapshot> snapshot,
    IGrainServices services)
    : HostedGrain<DropInCentreState, IDropInCentreCommand, DropInCentreDecider>(
        GrainKind.DropInCentre, snapshot, services), IDropInCentreGrain;
