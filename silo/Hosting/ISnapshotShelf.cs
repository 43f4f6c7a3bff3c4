using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Hosting;

/// <summary>Where an engine keeps the snapshots of one activation, when not in the store's own table.</summary>
public interface ISnapshotShelf
{
    /// <summary>The newest that is kept; null for none.</summary>
    Snapshot? Newest { get; }

    /// <summary>Keeps a snapshot. Losing it changes no answer, so nobody waits for it.</summary>
    void Keep(Snapshot snapshot);
}
