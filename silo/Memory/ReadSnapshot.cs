namespace OsstOrleans.Silo.Memory;

/// <summary>For an activation that begins with a snapshot that was read, or with none, and leaves nothing behind.
/// </summary>
internal sealed class ReadSnapshot(GrainSnapshot? newest) : ISnapshotPlace
{
    public static ReadSnapshot None { get; } = new(null);

    public GrainSnapshot? Take() => newest;

    public Task Written => Task.CompletedTask;

    public void Save(GrainSnapshot snapshot)
    {
    }
}
