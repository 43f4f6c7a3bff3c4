using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;
using OsstOrleans.Silo.Verification;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>
/// SQLite takes a write-ahead log whose end is missing for a shorter one. The folder is copied while its process lives,
/// which is what a killed one leaves.
/// </summary>
public sealed class CutLogTests : IAsyncLifetime
{
    private const int Acknowledged = 41;
    private const string Told = "is older than what was acknowledged from it";

    private readonly TempFolder _living = new();
    private readonly TempFolder _left = new();
    private SqliteStore _store = null!;

    private string Log => _left.Database + "-wal";

    private string Mark => Path.Combine(_left.Path, HighWater.FileName);

    public async Task InitializeAsync()
    {
        _store = SqliteStore.Open(_living.Path);
        for (var version = 0; version < Acknowledged; version++)
        {
            await _store.Append(One(Someone, version));
        }
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _living.Dispose();
        _left.Dispose();
    }

    [Fact]
    public async Task What_a_killed_process_leaves_is_opened_with_all_that_it_acknowledged()
    {
        Kill();
        var (file, log) = (Whole(_left.Database), Whole(Log));
        Assert.Equal(Acknowledged, SqliteStore.Look(_left.Path).LastPosition);
        Assert.Equal(file, Whole(_left.Database)); // A look plays nothing back.
        Assert.Equal(log, Whole(Log));
        await using var store = SqliteStore.Open(_left.Path);
        Assert.Equal(Acknowledged, store.LastPosition);
        await store.Append(One(Someone, Acknowledged));
    }

    [Theory]
    [InlineData(0.99)]
    [InlineData(0.4)]
    [InlineData(0.0)]
    public async Task A_log_that_was_cut_is_told_at_the_start_and_by_verify(double left)
    {
        Kill();
        using (var log = new FileStream(Log, FileMode.Open))
        {
            log.SetLength((long)(log.Length * left));
        }
        await AssertTold();
    }

    [Fact]
    public async Task A_log_that_was_taken_away_is_told()
    {
        Kill();
        File.Delete(Log);
        await AssertTold();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5_000)]
    [InlineData(-2_000)]
    public async Task A_flipped_byte_of_the_log_is_told(int at)
    {
        Kill();
        var bytes = await File.ReadAllBytesAsync(Log);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        await File.WriteAllBytesAsync(Log, bytes);
        await AssertTold();
    }

    /// <summary>No event tells of it: a line of the use log is acknowledged all the same.</summary>
    [Fact]
    public async Task A_last_group_without_an_event_counts_too()
    {
        var before = Whole(_living.Database + "-wal");
        await _store.LogAccess(
            [new UseLine(Someone, "837", "social-worker/s-1", "follow-up", "client", DateTimeOffset.UnixEpoch)]);
        Kill();
        await File.WriteAllBytesAsync(Log, before);
        await AssertTold();
    }

    [Fact]
    public async Task A_mark_that_is_behind_damaged_or_gone_hinders_nobody()
    {
        var older = Whole(Path.Combine(_living.Path, HighWater.FileName));
        await _store.Append(One(Someone, Acknowledged));
        var damaged = (byte[])older.Clone();
        damaged[1] ^= 1;
        foreach (var mark in new[] { older, damaged, [] })
        {
            Kill();
            await File.WriteAllBytesAsync(Mark, mark);
            await using var store = SqliteStore.Open(_left.Path);
            Assert.Equal(Acknowledged + 1, store.LastPosition);
        }
    }

    [Fact]
    public async Task A_backup_that_is_restored_into_the_folder_of_a_lost_log_is_opened()
    {
        var backup = Path.Combine(_living.Path, "backup");
        await SqliteBackup.Of(_living.Path, backup);
        await _store.Append(One(Someone, Acknowledged));
        Kill();
        File.Delete(_left.Database);
        File.Delete(Log);
        SqliteBackup.Restore(backup, _left.Path);
        await using var store = SqliteStore.Open(_left.Path);
        Assert.Equal(Acknowledged, store.LastPosition);
    }

    [Theory]
    [InlineData(HighWater.FileName)]
    [InlineData(SqliteStore.FileName + "-wal")]
    public async Task A_folder_that_lost_its_database_does_not_start_empty(string trace)
    {
        Kill();
        File.Delete(_left.Database);
        File.Delete(trace == HighWater.FileName ? Log : Mark);
        var told = Assert.Throws<StoreRefusal>(() => SqliteStore.Open(_left.Path)).Message;
        Assert.Contains(trace, told, StringComparison.Ordinal);
        Assert.Equal(told, Assert.Throws<StoreRefusal>(() => SqliteStore.Look(_left.Path)).Message);
        Assert.False(File.Exists(_left.Database));
        File.Delete(Path.Combine(_left.Path, trace));
        await using var store = SqliteStore.Open(_left.Path); // As the sentence says.
        Assert.Equal(0, store.LastPosition);
    }

    [Fact]
    public async Task A_backup_is_not_restored_beside_the_log_of_another_database()
    {
        var backup = Path.Combine(_living.Path, "backup");
        await SqliteBackup.Of(_living.Path, backup);
        Kill();
        File.Delete(_left.Database);
        Assert.Throws<StoreRefusal>(() => SqliteBackup.Restore(backup, _left.Path));
        Assert.False(File.Exists(_left.Database));
    }

    private async Task AssertTold()
    {
        var bytes = await File.ReadAllBytesAsync(_left.Database);
        var told = Assert.Throws<StoreRefusal>(() => SqliteStore.Open(_left.Path)).Message;
        Assert.Contains(Told, told, StringComparison.Ordinal);
        Assert.Equal(told, Assert.Throws<StoreRefusal>(() => SqliteStore.Look(_left.Path)).Message);
        var verified = await Assert.ThrowsAsync<StoreRefusal>(
            () => LogVerification.Run(new StoreAddress(_left.Path), new FakeTime()));
        Assert.Equal(told, verified.Message);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_left.Database));
        File.Delete(Mark);
        await using var store = SqliteStore.Open(_left.Path); // As the sentence says.
        Assert.InRange(store.LastPosition, 0, Acknowledged);
    }

    private void Kill()
    {
        foreach (var name in new[] { SqliteStore.FileName, SqliteStore.FileName + "-wal", HighWater.FileName })
        {
            File.WriteAllBytes(Path.Combine(_left.Path, name), Whole(Path.Combine(_living.Path, name)));
        }
    }

    private static byte[] Whole(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

}
