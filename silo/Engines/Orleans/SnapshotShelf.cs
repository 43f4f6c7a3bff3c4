using Orleans.Runtime;
using OsstOrleans.Silo.Hosting;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Engines.Orleans;

/// <summary>
/// Where grains keep their snapshots: as Orleans' persistent state where the cluster has grain storage, in the store's
/// own table otherwise.
/// </summary>
/// <param name="states">Null where the cluster has no grain storage.</param>
internal sealed class SnapshotShelves(IPersistentStateFactory? states)
{
    /// <summary>The name of the grain storage.</summary>
    public const string Storage = "snapshots";

    private static readonly PersistentStateAttribute Place = new("snapshot", Storage);

    /// <summary>Call from a grain's constructor: Orleans reads the state before the first turn.</summary>
    public SnapshotShelf? ShelfFor(IGrainContext context) =>
        states is null ? null : new SnapshotShelf(states.Create<KeptSnapshot>(context, Place));
}

/// <summary>One grain's snapshot as it lies in grain storage; personal words in it are sealed with the client's key.
/// </summary>
internal sealed record KeptSnapshot
{
    /// <summary>0 for none.</summary>
    public long Version { get; init; }

    public long Position { get; init; }

    public byte[] Data { get; init; } = [];

    public byte[] Personal { get; init; } = [];
}

/// <summary>One activation's snapshot. Writes are started from a turn and waited for only at the end.</summary>
internal sealed class SnapshotShelf(IPersistentState<KeptSnapshot> state) : ISnapshotShelf
{
    private KeptSnapshot? _next;

    public Snapshot? Newest => state.State is { Version: > 0 } kept
        ? new Snapshot(kept.Version, kept.Position, kept.Data, kept.Personal)
        : null;

    /// <summary>Completes when what is kept until now is stored, or could not be.</summary>
    public Task Written { get; private set; } = Task.CompletedTask;

    public void Keep(Snapshot snapshot)
    {
        _next = new KeptSnapshot
        {
            Version = snapshot.Version,
            Position = snapshot.Position,
            Data = snapshot.Data.ToArray(),
            Personal = snapshot.Personal.ToArray(),
        };
        if (Written.IsCompleted)
        {
            Written = Write();
        }
    }

    /// <summary>
    /// One write at a time; of those that wait only the newest. One that fails costs the next activation some time,
    /// and the state is read again, because another activation may have written it.
    /// </summary>
    private async Task Write()
    {
        while (_next is { } next)
        {
            _next = null;
            try
            {
                state.State = next;
                await state.WriteStateAsync();
            }
            catch (Exception)
            {
                await ReadAgain();
            }
        }
    }

    private async Task ReadAgain()
    {
        try
        {
            await state.ReadStateAsync();
        }
        catch (Exception)
        {
            // The storage is away; the log is not in need of it.
        }
    }
}
