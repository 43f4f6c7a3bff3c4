using Orleans;
using Orleans.Runtime;
using OsstOrleans.Grains.Hosting;

namespace OsstOrleans.Grains.Programme;

/// <summary>The activation of a <see cref="IProgrammeGrain"/>.</summary>
[GrainType("programme")]
internal sealed class ProgrammeGrain(
    [PersistentState("programme-snapshot", GrainSnapshot.Storage)] IPersistentState<GrainSnapshot> snapshot,
    IGrainServices services)
    : HostedGrain<ProgrammeState, IProgrammeCommand, ProgrammeDecider>(GrainKind.Programme, snapshot, services),
        IProgrammeGrain;
