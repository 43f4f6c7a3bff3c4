using Orleans;
using Orleans.Runtime;
using OsstOrleans.Grains.Hosting;

namespace OsstOrleans.Grains.ExternalId;

/// <summary>The activation of an <see cref="IExternalIdGrain"/>.</summary>
[GrainType("external-id")]
internal sealed class ExternalIdGrain(
    [PersistentState("external-id-snapshot", GrainSnapshot.Storage)] IPersistentState<GrainSnapshot> snapshot,
    IGrainServices services)
    : HostedGrain<ExternalIdState, IExternalIdCommand, ExternalIdDecider>(GrainKind.ExternalId, snapshot, services),
        IExternalIdGrain;
