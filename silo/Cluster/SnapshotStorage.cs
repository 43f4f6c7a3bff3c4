using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Cluster;

/// <summary>
/// Orleans' grain storage on the store's own file, for the snapshots of grains and nothing else. The table decides
/// between two activations by the snapshots' versions, so there is no etag to compare.
/// </summary>
internal sealed class SnapshotStorage(ISnapshotTable table) : IGrainStorage
{
    private const string Kept = "kept";

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var state = StateOf(grainState);
        var snapshot = await table.ReadSnapshot(NameOf(grainId));
        state.State = snapshot ?? GrainSnapshot.None;
        (state.RecordExists, state.ETag) = (snapshot is not null, snapshot is null ? null! : Kept);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var state = StateOf(grainState);
        await table.WriteSnapshot(NameOf(grainId), state.State!);
        (state.RecordExists, state.ETag) = (true, Kept);
    }

    /// <exception cref="NotSupportedException">Always: the erasing transaction deletes the row.</exception>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("The transaction that erases a person deletes the snapshot.");

    private static IGrainState<GrainSnapshot> StateOf<T>(IGrainState<T> state) => state as IGrainState<GrainSnapshot>
        ?? throw new NotSupportedException("This storage keeps snapshots of grains alone.");

    private static GrainName NameOf(GrainId grain) => GrainName.TryParse(grain.ToString(), out var name)
        ? name
        : throw new NotSupportedException("This storage keeps snapshots of the platform's grains alone.");
}
