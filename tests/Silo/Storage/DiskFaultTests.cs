using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;
using OsstOrleans.Silo.Tests.Feeds;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage;

/// <summary>
/// What a failing disk does. Page limits and broken tables are set on the writer's own connection while the writer
/// rests: every append of the test has been answered.
/// </summary>
public sealed class DiskFaultTests : IAsyncLifetime
{
    private static readonly GrainName Town = GrainName.Municipality("837");

    private readonly TempFolder _folder = new();
    private SqliteStore _store = null!;
    private Database _writer = null!;

    public Task InitializeAsync()
    {
        _store = SqliteStore.Open(_folder.Path, checkWhole: false, writer => _writer = writer);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task On_a_full_disk_nothing_is_acknowledged_and_all_goes_on_when_space_returns()
    {
        var acknowledged = await FillUp();
        Assert.Equal(acknowledged, (await Feed(_store)).Count);
        var fault = await Assert.ThrowsAsync<StoreFault>(async () => await Large(acknowledged));
        Assert.Contains("full", fault.Message);
        _writer.Execute("PRAGMA max_page_count = 1000000");
        var outcome = await Large(acknowledged);
        Assert.Equal((acknowledged + 1L, acknowledged + 1L), (outcome.Version, outcome.Position));
    }

    [Fact]
    public async Task What_a_full_disk_refused_is_not_in_the_log_after_a_restart()
    {
        var acknowledged = await FillUp();
        await _store.DisposeAsync();
        await InitializeAsync();
        Assert.Equal(acknowledged, _store.LastPosition);
        var positions = (await Feed(_store)).Select(e => e.Position);
        Assert.Equal(Enumerable.Range(1, acknowledged).Select(p => (long)p), positions);
    }

    [Fact]
    public async Task A_retry_after_a_full_disk_is_stored_once()
    {
        var acknowledged = await FillUp();
        var command = Guid.NewGuid();
        await Assert.ThrowsAsync<StoreFault>(() => Large(acknowledged, command).AsTask());
        Assert.Null(await _store.FindOutcome(Someone, command));
        _writer.Execute("PRAGMA max_page_count = 1000000");
        Assert.Equal(AppendResult.Appended, (await Large(acknowledged, command)).Result);
        Assert.Equal(AppendResult.Duplicate, (await Large(acknowledged, command)).Result);
    }

    [Fact]
    public async Task A_snapshot_that_finds_no_room_is_let_go()
    {
        var acknowledged = await FillUp();
        var snapshot = _store.WriteSnapshot(Town, Snapshot(3, new string('x', 2_000_000))).AsTask();
        // Whoever waits behind it may or may not share its group, and with it the fault.
        await Record.ExceptionAsync(async () => await _store.LogAccess([]));
        await Assert.ThrowsAsync<StoreFault>(() => snapshot);
        Assert.Null(await _store.ReadSnapshot(Town));
        Assert.Equal(acknowledged, _store.LastPosition);
    }

    [Fact]
    public async Task A_store_that_broke_accepts_nothing_more_and_still_reads()
    {
        await _store.Append(One(Someone, 0));
        _writer.Execute("DROP TABLE outcomes");
        var fault = await Assert.ThrowsAsync<StoreFault>(() => _store.Append(One(Someone, 1)).AsTask());
        Assert.Contains("restarted", fault.Message);
        await Assert.ThrowsAsync<StoreFault>(async () => await _store.Append(One(GrainName.Client("c-9"), 0)));
        await Assert.ThrowsAsync<StoreFault>(async () => await _store.LogAccess([]));
        await Assert.ThrowsAsync<StoreFault>(async () => await _store.WriteSnapshot(Someone, Snapshot(1, "refused")));
        Assert.Single((await _store.Load(Someone)).Events);
    }

    [Fact]
    public async Task Another_programs_lock_fails_the_write_but_not_the_store()
    {
        _writer.Execute("PRAGMA busy_timeout = 1");
        using (var other = Database.Open(_folder.Database))
        {
            other.Execute("BEGIN IMMEDIATE");
            var fault = await Assert.ThrowsAsync<StoreFault>(() => _store.Append(One(Someone, 0)).AsTask());
            Assert.Contains("locks", fault.Message);
            Assert.True(_store.Figures.IsRefusing);
            other.Execute("ROLLBACK");
        }
        await Patience.Until(() => !_store.Figures.IsRefusing); // It finds out by itself: nobody writes.
        Assert.Equal(AppendResult.Appended, (await _store.Append(One(Someone, 0))).Result);
    }

    /// <summary>The writer would wait for ten minutes where it waits for a reader.</summary>
    [Fact]
    [Trait("case", "16")]
    public async Task Another_programs_reader_holds_up_no_write_when_something_was_erased()
    {
        var key = Enumerable.Range(50, 40).Select(n => (byte)n).ToArray();
        await _store.Append(Keyed(0, key));
        _writer.Execute("PRAGMA busy_timeout = 600000");
        using (var other = Database.Open(_folder.Database))
        {
            other.Execute("BEGIN; SELECT count(*) FROM events");
            await Within(_store.Append(Erasing(1, Erasure.Person)));
            for (var version = 2; version < 6; version++)
            {
                await Within(_store.Append(One(Someone, version)));
            }
            Assert.True(IsOnDisk(key)); // The reader sees it still.
            other.Execute("COMMIT");
        }
        await Patience.Until(() => !IsOnDisk(key)); // The log begins anew by itself: nobody writes.
    }

    [Fact]
    public async Task What_was_erased_before_a_kill_is_overwritten_after_the_next_start()
    {
        var key = Enumerable.Range(50, 40).Select(n => (byte)n).ToArray();
        await _store.Append(Keyed(0, key));
        using var other = Database.Open(_folder.Database); // The last connection that closes would begin the log anew.
        other.Execute("BEGIN; SELECT count(*) FROM events");
        await _store.Append(Erasing(1, Erasure.Person));
        await _store.DisposeAsync();
        Assert.True(IsOnDisk(key));
        other.Execute("COMMIT");
        await InitializeAsync();
        await Patience.Until(() => !IsOnDisk(key));
    }

    /// <summary>As when a process has no file handle left: each reader opens the file for itself.</summary>
    [Fact]
    public async Task A_file_that_cannot_be_opened_for_a_while_is_a_passing_fault_and_stops_no_feed()
    {
        await _store.Append(One(Someone, 0));
        var seen = new Counting();
        await using var pump = new FeedPump(_store, seen);
        File.Move(_folder.Database, _folder.Database + ".away");
        Assert.True((await Assert.ThrowsAsync<StoreFault>(async () => await _store.Load(Someone))).IsPassing);
        pump.Start();
        await Patience.Until(() => pump.Fault is StoreFault { IsPassing: true });
        File.Move(_folder.Database + ".away", _folder.Database);
        await Patience.Until(() => pump.Fault is null && seen.Seen == 1); // Nobody writes meanwhile.
        Assert.Single((await _store.Load(Someone)).Events);
    }

    [Theory]
    [InlineData("occurred_on = 99999999999", "occurred_on = 737000")]
    [InlineData("occurred_on = -1", "occurred_on = 737000")]
    [InlineData("recorded_at = 9000000000000000000", "recorded_at = 0")]
    [InlineData("command_id = x'01'", "command_id = zeroblob(16)")]
    [InlineData("command_id = x''", "command_id = zeroblob(16)")]
    public async Task A_damaged_event_is_the_stores_fault_that_names_it_and_does_not_pass(string damage, string mended)
    {
        await _store.Append(One(Someone, 0));
        Change(damage);
        foreach (var read in (Func<Task>[])[() => _store.Load(Someone).AsTask(), () => _store.ReadFeed(0, 9).AsTask()])
        {
            var fault = await Assert.ThrowsAsync<StoreFault>(read);
            Assert.Equal(
                (false, "client/c-1: version 1 cannot be read, its bytes are damaged."),
                (fault.IsPassing, fault.Message));
        }
        Change(mended);
        Assert.Single((await _store.Load(Someone)).Events);
        Assert.Single(await _store.ReadFeed(0, 9));

        void Change(string change) => _writer.Execute($"UPDATE events SET {change}");
    }

    [Fact]
    public async Task A_damaged_line_of_a_log_is_the_stores_fault()
    {
        await _store.LogAccess([new UseLine(Someone, "837", "a/b", "p", "client", DateTimeOffset.UnixEpoch)]);
        _writer.Execute("UPDATE access_log SET at = 9000000000000000000");
        var fault = await Assert.ThrowsAsync<StoreFault>(async () => await _store.Accesses(
            new ClientLogSlice(Someone, Reach.All, DateTimeOffset.UnixEpoch, null, 9)));
        Assert.Contains("damaged", fault.Message);
    }

    [Fact]
    public async Task A_stream_with_an_impossible_name_does_not_spoil_the_next_reading()
    {
        await _store.Append(One(Someone, 0));
        _writer.Execute("UPDATE events SET stream = 'nonsense'");
        await Assert.ThrowsAsync<StoreFault>(async () => await _store.ReadFeed(0, 10));
        _writer.Execute("UPDATE events SET stream = 'client/c-1'");
        Assert.Single(await _store.ReadFeed(0, 10));
    }

    [Fact]
    public async Task Every_write_that_meets_the_closing_store_is_answered()
    {
        var busy = new CountdownEvent(4);
        var writers = Enumerable.Range(0, 4).Select(n => Task.Run(() => WriteUntilClosed(n, busy))).ToArray();
        Assert.True(busy.Wait(Patience.Limit));
        await _store.DisposeAsync();
        var acknowledged = (await Task.WhenAll(writers)).Sum();
        await InitializeAsync();
        Assert.Equal(acknowledged, _store.LastPosition);
    }

    private static async Task Within(ValueTask<AppendOutcome> append) =>
        Assert.Equal(AppendResult.Appended, (await append.AsTask().Patiently()).Result);

    private bool IsOnDisk(byte[] bytes) => Directory.GetFiles(_folder.Path, SqliteStore.FileName + "*").Any(path =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var whole = new MemoryStream();
        file.CopyTo(whole); // Up to where it ends then: the store may cut it meanwhile.
        return whole.GetBuffer().AsSpan(0, (int)whole.Length).IndexOf(bytes) >= 0;
    });

    private async Task<long> WriteUntilClosed(int number, CountdownEvent busy)
    {
        for (var version = 0L; ; version++)
        {
            try
            {
                await _store.Append(One(GrainName.Client($"c-{number}"), version));
            }
            catch (StoreFault)
            {
                return version;
            }
            if (version == 10)
            {
                busy.Signal();
            }
        }
    }

    /// <summary>Appends until the file may grow no more; returns how many were acknowledged.</summary>
    private async Task<int> FillUp()
    {
        _writer.Execute("PRAGMA max_page_count = 60");
        for (var version = 0; ; version++)
        {
            try
            {
                await Large(version);
            }
            catch (StoreFault)
            {
                Assert.InRange(version, 2, 100);
                return version;
            }
        }
    }

    private ValueTask<AppendOutcome> Large(int expected, Guid? command = null) =>
        _store.Append(Append(Someone, expected, command, Event(new string('x', 20_000))));
}
