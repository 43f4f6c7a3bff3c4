using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Processes;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Erases a client whose erasure was decided, and takes away the snapshot of a client of whose keys one was destroyed,
/// where grain storage lies outside the erasing transaction. Without the key it cannot be read, but the promise is that
/// it is gone. An activation that knew nothing of the erasure may store its snapshot once more, so it is looked for at
/// some ticks of the reminder.
/// </summary>
[GrainType(OpenWork.OfClient)]
internal sealed class ClientWork(
    GrainServices services, IGrainCalls grains,
    [FromKeyedServices(GrainSnapshot.Table)] IGrainStorage storage) : ProcessGrain
{
    /// <summary>More minutes than an activation that knows nothing of the erasure may stay in memory.</summary>
    protected override int IdleTicks => 20;

    /// <inheritdoc/>
    protected override async ValueTask<bool> HasWork()
    {
        var client = GrainName.Client(this.GetPrimaryKeyString());
        // It may have been expected and not stored, or be under way: a client who is there keeps the snapshot.
        var keys = (await services.Store.Load(client, afterVersion: long.MaxValue)).KeysOf(client, services.MasterKey);
        return (keys.Own is not null && await Erasure.IsOpen())
            || (services.Store is not ISnapshotTable && await ClearSnapshot(client, keys));
    }

    /// <summary>No turn waits for it: the client's grain calls this one before it stores its erasure.</summary>
    protected override void Look() => CarryOut().Ignore(); // The next tick does the same.

    private RetentionErasure Erasure =>
        new(services, grains, GrainName.Client(this.GetPrimaryKeyString()));

    private async Task CarryOut()
    {
        if (await HasWork())
        {
            await Erasure.CarryOut();
        }
    }

    private async ValueTask<bool> ClearSnapshot(GrainName client, ClientKeys keys)
    {
        var (id, kept) = (GrainId.Parse(client.ToString()), new GrainState<GrainSnapshot>());
        await storage.ReadStateAsync(GrainSnapshot.OfClient, id, kept);
        if (!kept.RecordExists || (keys.Own is not null && keys.Opening(kept.State!.Personal).Cipher is not null))
        {
            return false;
        }
        await storage.ClearStateAsync(GrainSnapshot.OfClient, id, kept);
        return true;
    }
}
