using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using static OsstOrleans.Silo.Storage.Postgres.Parameters;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>Reads through pooled connections; a read that meets a server that is away is tried again for a while.
/// </summary>
internal sealed class PostgresReader(PostgresServer server, TimeSpan patience)
{
    private const int FirstPauseMs = 50;
    private const int MostPauseMs = 500; // A server that refuses this user counts how often it is asked.

    private const string Columns =
        "stream, version, position, municipality, type, occurred_on, recorded_at, command_id, actor, data, personal";

    private const string NoEvent = "NULL, NULL::date, NULL::timestamptz, NULL::uuid, NULL";

    /// <summary>
    /// One statement sees one state of the database, so keys and events fit together: first the keys (as data, of
    /// version 0; those beside the client's own with their name), then the events in order.
    /// </summary>
    private const string LoadSql = $"""
        SELECT 'k', 0, 0, '', {NoEvent}, wrapped, NULL::bytea FROM osst.keys WHERE stream = $1
        UNION ALL SELECT 'b', 0, 0, stream, {NoEvent}, wrapped, NULL::bytea FROM osst.keys
            WHERE stream > $3 AND stream < $4
        UNION ALL SELECT 'p', 0, 0, '', {NoEvent}, sealed, NULL::bytea FROM osst.kept WHERE stream = $1
        UNION ALL (SELECT {Columns} FROM osst.events
            WHERE stream = $1 AND version > $2 ORDER BY version)
        """;

    /// <summary>
    /// Whatever a transaction that has not ended may still insert lies at or above the position of the oldest such one.
    /// Its snapshot is this statement's own.
    /// </summary>
    private const string FeedSql = $"""
        SELECT {Columns} FROM osst.events
        WHERE position > $1 AND position < osst.position_of(pg_snapshot_xmin(pg_current_snapshot()))
        ORDER BY position LIMIT $2
        """;

    /// <summary>All that is committed, from a position on.</summary>
    public const string SealedSql =
        $"SELECT {Columns}, seal FROM osst.events WHERE position >= $1 ORDER BY position LIMIT $2";

    private const string OutcomeSql =
        "SELECT version, position FROM osst.outcomes WHERE stream = $1 AND command_id = $2";

    public Task<StreamTail> Load(GrainName grain, long afterVersion) => Read(
        LoadSql,
        [
            Value(grain.ToString()), Value(afterVersion), Value(MasterKey.BeginOfKeyNames(grain)),
            Value(MasterKey.EndOfKeyNames(grain)),
        ],
        rows => ReadTail(rows, grain));

    public Task<IReadOnlyList<StoredEvent>> ReadFeed(long after, int max) =>
        Read(FeedSql, [Value(after), Value((long)max)], ReadEvents);

    public Task<AppendOutcome?> FindOutcome(GrainName grain, Guid commandId) => Read(
        OutcomeSql, [Value(grain.ToString()), Value(commandId)], static async rows => await rows.ReadAsync()
            ? new AppendOutcome(AppendResult.Duplicate, rows.GetInt64(0), rows.GetInt64(1))
            : (AppendOutcome?)null);

    /// <summary>What Orleans' grain storage keeps; null for none, and where no silo has ever been.</summary>
    public async Task<GrainSnapshot?> ReadSnapshot(GrainName grain)
    {
        try
        {
            return await Read(SnapshotRow.Sql, SnapshotRow.Of(grain), ReadSnapshot);
        }
        catch (StoreFault fault) when (
            fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable })
        {
            return null;
        }
    }

    /// <summary>Runs a query, again for a while when the server is away.</summary>
    public async Task<T> Read<T>(
        string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, Task<T>> read)
    {
        var watch = Stopwatch.StartNew();
        for (var pauseMs = FirstPauseMs; ; pauseMs = Math.Min(2 * pauseMs, MostPauseMs))
        {
            try
            {
                await using var connection = await server.Open();
                await using var command = new NpgsqlCommand(sql, connection);
                foreach (var parameter in parameters)
                {
                    command.Parameters.Add(parameter.Clone());
                }
                await using var rows = await command.ExecuteReaderAsync();
                return await read(rows);
            }
            catch (Exception fault) when (PostgresServer.IsAway(fault) && watch.Elapsed < patience)
            {
                await Task.Delay(pauseMs);
            }
            catch (Exception fault) when (PostgresServer.Told(fault) is { } told)
            {
                throw told;
            }
        }
    }

    private static async Task<GrainSnapshot?> ReadSnapshot(NpgsqlDataReader rows)
    {
        try
        {
            return await rows.ReadAsync() && !await rows.IsDBNullAsync(0)
                ? JsonSerializer.Deserialize<GrainSnapshot>(Bytes(rows, 0))
                : null;
        }
        catch (Exception fault) when (Damage.IsShownBy(fault))
        {
            return null; // In a form that no grain takes.
        }
    }

    private static async Task<StreamTail> ReadTail(NpgsqlDataReader rows, GrainName grain)
    {
        ReadOnlyMemory<byte> key = default, consentKey = default;
        var (matters, kept) = (new List<MatterKey>(), new List<ReadOnlyMemory<byte>>());
        var events = new List<StoredEvent>();
        while (await rows.ReadAsync())
        {
            switch (rows.GetString(0))
            {
                case "k":
                    key = Bytes(rows, 9);
                    break;
                case "b" when MasterKey.MatterOf(rows.GetString(3)) is { } matter:
                    matters.Add(new MatterKey(matter, Bytes(rows, 9)));
                    break;
                case "b":
                    consentKey = Bytes(rows, 9);
                    break;
                case "p":
                    kept.Add(Bytes(rows, 9));
                    break;
                default:
                    events.Add(ReadEvent(rows, grain));
                    break;
            }
        }
        return new StreamTail(events, key) { MatterKeys = matters, ConsentKey = consentKey, Kept = kept };
    }

    private static async Task<IReadOnlyList<StoredEvent>> ReadEvents(NpgsqlDataReader rows)
    {
        var events = new List<StoredEvent>();
        while (await rows.ReadAsync())
        {
            events.Add(ReadEvent(rows));
        }
        return events;
    }

    /// <summary>A row of <see cref="SealedSql"/>.</summary>
    public static StoredEvent ReadSealed(NpgsqlDataReader row) => ReadEvent(row) with { Seal = Bytes(row, 11) };

    private static StoredEvent ReadEvent(NpgsqlDataReader row) => GrainName.TryParse(row.GetString(0), out var grain)
        ? ReadEvent(row, grain)
        : throw new StoreFault("The log holds a stream whose name is not a grain's.");

    private static StoredEvent ReadEvent(NpgsqlDataReader row, GrainName grain)
    {
        try
        {
            return new StoredEvent(
                grain, row.GetInt64(1), row.GetInt64(2), row.GetString(3), row.GetString(4),
                row.GetFieldValue<DateOnly>(5), new DateTimeOffset(row.GetDateTime(6)), row.GetGuid(7),
                row.GetString(8), Bytes(row, 9), Bytes(row, 10));
        }
        catch (Exception fault) when (Damage.IsShownBy(fault))
        {
            throw StoreFault.Damaged($"{grain}: version {row.GetInt64(1)}");
        }
    }

    /// <summary>Empty for NULL.</summary>
    public static byte[] Bytes(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? [] : row.GetFieldValue<byte[]>(column);
}
