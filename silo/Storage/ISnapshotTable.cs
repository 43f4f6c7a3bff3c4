using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Storage;

/// <summary>
/// Snapshots that lie beside the log, in the same file. Erasing a person deletes the snapshot in the erasing
/// transaction. PostgreSQL has none: there Orleans' own grain storage keeps them.
/// </summary>
internal interface ISnapshotTable
{
    /// <summary>The newest that is kept; null for none.</summary>
    ValueTask<GrainSnapshot?> ReadSnapshot(GrainName grain);

    /// <summary>
    /// Keeps a snapshot, unless a newer one is kept or the person behind it was erased; stored when the task completes.
    /// </summary>
    ValueTask WriteSnapshot(GrainName grain, GrainSnapshot snapshot);
}
