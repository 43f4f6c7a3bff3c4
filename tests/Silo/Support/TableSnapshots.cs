using OsstOrleans.Grains;
using OsstOrleans.Grains.Hosting;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Tests;

/// <summary>An activation's snapshot in the store's own table, for a host that a test drives without Orleans.</summary>
internal sealed class TableSnapshots(GrainName grain, ISnapshotTable table) : ISnapshotPlace
{
    public Task Written { get; private set; } = Task.CompletedTask;

    public GrainSnapshot? Take() => table.ReadSnapshot(grain).AsTask().Result; // A file answers at once.

    public void Save(GrainSnapshot snapshot) => Written = table.WriteSnapshot(grain, snapshot).AsTask();
}
