namespace OsstOrleans.Grains.Hosting;

/// <summary>
/// A grain's state at a version, as grain storage keeps it: disposable, rebuilt from the log when absent. Personal
/// words in it are sealed with the client's key. Names of properties are the stored form: they may only grow.
/// </summary>
public sealed record GrainSnapshot
{
    /// <summary>
    /// The name of the grain storage that keeps snapshots. ADO.NET grain storage distinguishes rows by the name of the
    /// state and the grain's key, so each kind of grain has a name of its own for its state.
    /// </summary>
    public const string Storage = "snapshots";

    /// <summary>
    /// The name of the storage behind it. Grains read through one that says "none" when this one fails; this one is for
    /// who must know whether a snapshot is gone.
    /// </summary>
    public const string Table = "snapshot-table";

    /// <summary>The name of the service under which ADO.NET grain storage keeps all rows of the platform: stored.
    /// </summary>
    public const string Service = "osst";

    /// <summary>The name of the state of clients, which others than their grains take away.</summary>
    public const string OfClient = "client-snapshot";

    /// <summary>No snapshot.</summary>
    public static GrainSnapshot None { get; } = new();

    /// <summary>The version of the state; 0 for no snapshot.</summary>
    public long Version { get; init; }

    /// <summary>The log position of that version.</summary>
    public long Position { get; init; }

    /// <summary>The coded part, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The sealed personal part; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Personal { get; init; }
}

/// <summary>Where one activation's snapshot is kept.</summary>
public interface ISnapshotPlace
{
    /// <summary>
    /// The newest that is kept; null for none, and once it was taken: a state that is folded needs it no more, and one
    /// that is folded again is folded from the log.
    /// </summary>
    GrainSnapshot? Take();

    /// <summary>Completes when what is kept until now is stored, or could not be.</summary>
    Task Written { get; }

    /// <summary>Keeps a snapshot. Losing it changes no answer, so a turn does not wait for it.</summary>
    void Save(GrainSnapshot snapshot);
}
