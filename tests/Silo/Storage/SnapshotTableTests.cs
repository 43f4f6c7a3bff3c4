using OsstOrleans.Grains;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>Snapshots beside the log, in the same file.</summary>
public sealed class SnapshotTableTests : Place
{
    private static readonly GrainName Town = GrainName.Municipality("837");

    [Fact]
    public async Task A_snapshot_is_read_as_it_was_written_also_after_a_restart()
    {
        Assert.Null(await Store.ReadSnapshot(Town));
        await Store.WriteSnapshot(Town, Snapshot(2, "state at 2"));
        await Restart();
        var kept = (await Store.ReadSnapshot(Town))!;
        Assert.Equal((2L, "state at 2"), (kept.Version, Words(kept)));
    }

    [Fact]
    public async Task Snapshots_never_go_back_in_version()
    {
        await Store.WriteSnapshot(Town, Snapshot(5, "new"));
        await Store.WriteSnapshot(Town, Snapshot(4, "old"));
        Assert.Equal(5, (await Store.ReadSnapshot(Town))!.Version);
        await Store.WriteSnapshot(Town, Snapshot(5, "folded again by other code"));
        Assert.StartsWith("folded again", Words((await Store.ReadSnapshot(Town))!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_snapshot_goes_with_the_person_and_one_that_comes_late_is_not_kept()
    {
        await Store.Append(Keyed(0, [9]));
        await Store.WriteSnapshot(Someone, Snapshot(1, "state"));
        Assert.NotNull(await Store.ReadSnapshot(Someone));
        var erasing = Store.Append(Erasing(1, Erasure.Person));
        var late = Store.WriteSnapshot(Someone, Snapshot(1, "state"));
        await erasing;
        await late;
        Assert.Null(await Store.ReadSnapshot(Someone));
    }
}
