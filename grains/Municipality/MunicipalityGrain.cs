using Orleans;
using Orleans.Runtime;
using OsstOrleans.Grains.Hosting;

namespace OsstOrleans.Grains.Municipality;

/// <summary>The activation of a <see cref="IMunicipalityGrain"/>.</summary>
[GrainType("municipality")]
internal sealed class MunicipalityGrain(
    [PersistentState("municipality-snapshot", GrainSnapshot.Storage)] IPersistentState<GrainSnapshot> snapshot,
    IGrainServices services,
    IOpenWork work)
    : HostedGrain<MunicipalityState, IMunicipalityCommand, MunicipalityDecider>(
        GrainKind.Municipality, snapshot, services, work), IMunicipalityGrain;
