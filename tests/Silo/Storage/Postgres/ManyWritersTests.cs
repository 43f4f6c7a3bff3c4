using Npgsql;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Postgres;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>Several processes on one database, as under a cluster's engine: two stores without a lease.</summary>
[Collection("postgres"), NeedsPostgres]
public sealed class ManyWritersTests(PostgresFixture fixture) : IAsyncLifetime
{
    private static readonly PostgresUse Many = PostgresUse.ByOneProcess with { Alone = false };

    private string _database = "";
    private PostgresStore _one = null!;
    private PostgresStore _other = null!;

    public async Task InitializeAsync()
    {
        _database = await fixture.Cluster.NewDatabase();
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => PostgresStore.Open(Connection, Many)));
        (_one, _other) = (both[0], both[1]);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await fixture.Cluster.Drop(_database);
    }

    [StoreTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_slow_transaction_that_ends_after_a_faster_later_one_is_neither_skipped_nor_overtaken(
        bool commits)
    {
        var before = await _one.Append(One(Someone, 0));
        await using var slow = await SlowAppend.Begin(Connection, GrainName.Client("slow"));
        var fast = await _one.Append(One(Someone, 1));
        Assert.True(slow.Position < fast.Position);
        Assert.Equal([before.Position], (await Feed(_one)).Select(e => e.Position));
        Assert.Equal([before.Position], (await Feed(_other)).Select(e => e.Position));
        await (commits ? slow.Commit() : slow.Undo());
        long[] expected = commits
            ? [before.Position, slow.Position, fast.Position]
            : [before.Position, fast.Position];
        Assert.Equal(expected, (await FeedThrough(_one, fast.Position)).Select(e => e.Position));
        Assert.Equal(expected, (await FeedThrough(_other, fast.Position)).Select(e => e.Position));
    }

    [StoreFact]
    public async Task A_reader_beside_slow_and_fast_writers_of_two_processes_sees_every_event_once_and_in_order()
    {
        const int Streams = 6;
        const int Each = 60;
        var stores = new[] { _one, _other };
        var writing = Task.WhenAll(Enumerable.Range(0, Streams).Select(n => Task.Run(() => Write(n)))
            .Append(Task.Run(WriteSlowly)));
        var seen = new List<StoredEvent>();
        while (!writing.IsCompleted)
        {
            seen.AddRange(await Feed(_one, seen.Count == 0 ? 0 : seen[^1].Position, page: 7));
        }
        await writing;
        var last = Math.Max(_one.LastPosition, _other.LastPosition);
        seen.AddRange(await FeedThrough(_one, last, seen.Count == 0 ? 0 : seen[^1].Position));
        // Of the slow ones every second is undone; the writer beside them and the one after them make up for it.
        Assert.Equal((Streams * Each) + (2 * Each), seen.Count);
        Assert.Equal(seen.Select(e => e.Position).Order().Distinct(), seen.Select(e => e.Position));
        Assert.Equal(
            seen.Select(e => (e.Grain, e.Position)),
            (await FeedThrough(_other, last)).Select(e => (e.Grain, e.Position)));

        async Task Write(int n)
        {
            for (var version = 0; version < Each; version++)
            {
                await stores[(n + version) % 2].Append(One(GrainName.Client($"w-{n}"), version));
            }
        }

        async Task WriteSlowly()
        {
            for (var n = 0; n < Each; n++)
            {
                await using var slow = await SlowAppend.Begin(Connection, GrainName.Client($"slow-{n}"));
                await _one.Append(One(GrainName.Client("beside"), n));
                await (n % 2 == 0 ? slow.Commit() : slow.Undo());
            }
            for (var n = 0; n < Each / 2; n++)
            {
                await _other.Append(One(GrainName.Client("after"), n));
            }
        }
    }

    [StoreFact]
    public async Task Of_appends_of_two_processes_that_race_for_one_version_exactly_one_wins()
    {
        for (var version = 0; version < 30; version++)
        {
            var outcomes = await Task.WhenAll(new[] { _one, _other }.SelectMany(store => new[]
            {
                // Several streams to a group, in both orders: no group may spoil or block the other.
                store.Append(One(Someone, version)).AsTask(),
                store.Append(One(GrainName.Client("b"), version)).AsTask(),
                store.Append(One(GrainName.Client("a"), version)).AsTask(),
            }));
            Assert.Equal(3, outcomes.Count(o => o.Result == AppendResult.Appended));
            Assert.Equal(3, outcomes.Count(o => o.Result == AppendResult.Conflict));
        }
        Assert.Equal(90, (await FeedThrough(_one, Math.Max(_one.LastPosition, _other.LastPosition))).Count);
    }

    [StoreFact]
    public async Task One_command_sent_to_two_processes_is_stored_once_and_answered_alike()
    {
        for (var n = 0; n < 30; n++)
        {
            var (stream, command) = (GrainName.Client($"c-{n}"), Guid.NewGuid());
            var both = await Task.WhenAll(
                _one.Append(One(stream, 0, command)).AsTask(), _other.Append(One(stream, 0, command)).AsTask());
            Assert.Equal([AppendResult.Appended, AppendResult.Duplicate], both.Select(o => o.Result).Order());
            Assert.Equal((both[0].Version, both[0].Position), (both[1].Version, both[1].Position));
        }
    }

    /// <summary>Nobody reads here, so only a notice can tell; those before the other one listens are lost.</summary>
    [StoreFact]
    public async Task A_commit_of_another_process_is_told()
    {
        var looked = new SemaphoreSlim(0); // Not disposed: a notice may come after this looked away.
        void Look(long position) => looked.Release();
        _other.Committed += Look;
        for (var version = 0; _other.LastPosition == 0; version++)
        {
            await _one.Append(One(Someone, version));
            await looked.WaitAsync().Patiently();
        }
        _other.Committed -= Look;
        Assert.InRange(_other.LastPosition, 1, _one.LastPosition);
    }

    private string Connection => fixture.Cluster.To(_database);
}

/// <summary>An append by hand whose transaction stays open until it is told to end.</summary>
internal sealed class SlowAppend : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private SlowAppend(NpgsqlConnection connection, NpgsqlTransaction transaction, long position) =>
        (_connection, _transaction, Position) = (connection, transaction, position);

    public long Position { get; }

    public static async Task<SlowAppend> Begin(string connectionString, GrainName stream)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var insert = new NpgsqlCommand(
            """
            INSERT INTO osst.events SELECT $1, 1, osst.position_of(pg_current_xact_id()) + 1, '837', 'test.slow',
                '2019-05-31', now(), gen_random_uuid(), 'tester', ''
            RETURNING position
            """, connection, transaction);
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream.ToString() });
        return new SlowAppend(connection, transaction, (long)(await insert.ExecuteScalarAsync())!);
    }

    public Task Commit() => _transaction.CommitAsync();

    public Task Undo() => _transaction.RollbackAsync();

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
