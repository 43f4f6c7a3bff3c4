
namespace OsstOrleans.Silo.Memory;

/// <summary>For an activation that leaves nothing behind.</summary>
internal sealed class NoSnapshots : ISnapshotPlace
{
    private NoSnapshots()
    {
    }

    public static NoSnapshots Place { get; } = new();

    public GrainSnapshot? Newest => null;

    public Task Written => Task.CompletedTask;

    public void Keep(GrainSnapshot snapshot)
    {
    }
}

/// <summary>A snapshot that was read; nothing is kept in its place.</summary>
internal sealed class ReadSnapshot(GrainSnapshot? newest) : ISnapshotPlace
{
    public GrainSnapshot? Newest => newest;

    public Task Written => Task.CompletedTask;

    public void Keep(GrainSnapshot snapshot)
    {
    }
}
