using Npgsql;
using NpgsqlTypes;
using OsstOrleans.Silo.Faults;
using static OsstOrleans.Silo.Storage.Postgres.Parameters;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// A database that is being filled from another store. It holds the lease, and is marked unfinished until it has been
/// compared. Positions stay those of the original; what is written later lies behind them.
/// </summary>
internal sealed class PostgresCopy : ICopyTarget, IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly NpgsqlConnection _connection;
    private readonly PostgresTables _rows;

    private PostgresCopy(PostgresServer server, NpgsqlConnection connection, long lastPosition)
    {
        (_server, _connection, LastPosition) = (server, connection, lastPosition);
        _rows = new PostgresTables(connection);
    }

    public long LastPosition { get; }

    /// <param name="connectionString">The database, empty or an unfinished copy.</param>
    /// <param name="last">The last position of the original.</param>
    /// <exception cref="StoreRefusal">It holds a log of its own, or cannot be used; says why.</exception>
    public static async Task<PostgresCopy> Open(string connectionString, long last)
    {
        var server = PostgresServer.Of(connectionString);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await server.Connect();
            await PostgresSchema.Migrate(connection);
            await new WriterLease(isShared: false).Take(connection, server.Name);
            if (!await PostgresSchema.IsUnfinishedCopy(connection)
                && await Number(connection, HoldsAnything) > 0)
            {
                throw new StoreRefusal(
                    $"The PostgreSQL database {server.Name} holds a log already; take an empty one.");
            }
            await Run(connection, Begin, Value(last));
            return new PostgresCopy(
                server, connection, await PostgresSchema.LastPosition(connection));
        }
        catch (Exception fault)
        {
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
            await server.DisposeAsync();
            throw fault is StoreRefusal ? fault : server.Refusal(fault);
        }
    }

    public Task<IReadOnlyList<StoredEvent>> Events(long? after, int max) => _rows.Events(after, max);

    public Task<IReadOnlyList<StoredOutcome>> Outcomes(StoredOutcome? after, int max) => _rows.Outcomes(after, max);

    public Task<IReadOnlyList<StoredKey>> Keys(string? after, int max) => _rows.Keys(after, max);

    public Task<IReadOnlyList<StoredConsentEntry>> ConsentEntries(StoredConsentEntry? after, int max) =>
        _rows.ConsentEntries(after, max);

    public Task<IReadOnlyList<StoredAccess>> Accesses(long? after, int max) => _rows.Accesses(after, max);

    public Task<IReadOnlyList<StoredDisclosure>> Disclosures(long? after, int max) => _rows.Disclosures(after, max);

    public Task<IReadOnlyList<StoredNote>> Notes(StoredNote? after, int max) => _rows.Notes(after, max);

    public Task<string?> KeyMark() => _rows.KeyMark();

    public Task Add(IReadOnlyList<StoredEvent> events) => Run(
        _connection,
        """
        INSERT INTO osst.events (stream, version, position, municipality, type, occurred_on, recorded_at, command_id,
            actor, data, personal, seal)
        SELECT s, v, p, m, t, o, r, c, a, d, nullif(w, ''::bytea), nullif(q, ''::bytea)
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS e(s, v, p, m, t, o, r, c, a, d, w, q)
        ON CONFLICT DO NOTHING
        """,
        Column(events, e => e.Grain.ToString(), NpgsqlDbType.Text), Column(events, e => e.Version, NpgsqlDbType.Bigint),
        Column(events, e => e.Position, NpgsqlDbType.Bigint), Column(events, e => e.Municipality, NpgsqlDbType.Text),
        Column(events, e => e.Type, NpgsqlDbType.Text), Column(events, e => e.OccurredOn, NpgsqlDbType.Date),
        Column(events, e => e.RecordedAt.UtcDateTime, NpgsqlDbType.TimestampTz),
        Column(events, e => e.CommandId, NpgsqlDbType.Uuid), Column(events, e => e.Actor, NpgsqlDbType.Text),
        Column(events, e => e.Data, NpgsqlDbType.Bytea), Column(events, e => e.Personal, NpgsqlDbType.Bytea),
        Column(events, e => e.Seal, NpgsqlDbType.Bytea));

    public Task Add(IReadOnlyList<StoredOutcome> outcomes) => Run(
        _connection,
        """
        INSERT INTO osst.outcomes (stream, command_id, version, position, seal)
        SELECT s, c, v, p, nullif(q, ''::bytea) FROM unnest($1, $2, $3, $4, $5) AS o(s, c, v, p, q)
        ON CONFLICT DO NOTHING
        """,
        Column(outcomes, o => o.Stream, NpgsqlDbType.Text), Column(outcomes, o => o.CommandId, NpgsqlDbType.Uuid),
        Column(outcomes, o => o.Version, NpgsqlDbType.Bigint), Column(outcomes, o => o.Position, NpgsqlDbType.Bigint),
        Column(outcomes, o => o.Seal, NpgsqlDbType.Bytea));

    public Task Add(IReadOnlyList<StoredKey> keys) => Run(
        _connection,
        """
        INSERT INTO osst.keys (stream, wrapped, identity)
        SELECT s, w, CASE WHEN s LIKE '%/%/%' THEN ''::bytea END -- a key beside the client's own has none to be told
        FROM unnest($1, $2) AS k(s, w) ON CONFLICT DO NOTHING
        """,
        Column(keys, key => key.Stream, NpgsqlDbType.Text), Column(keys, key => key.Wrapped, NpgsqlDbType.Bytea));

    public Task Add(IReadOnlyList<StoredConsentEntry> kept) => Run(
        _connection,
        """
        INSERT INTO osst.kept (stream, mark, sealed, seal)
        SELECT s, m, e, nullif(q, ''::bytea) FROM unnest($1, $2, $3, $4) AS k(s, m, e, q) ON CONFLICT DO NOTHING
        """,
        Column(kept, k => k.Stream, NpgsqlDbType.Text), Column(kept, k => k.Mark, NpgsqlDbType.Bytea),
        Column(kept, k => k.Sealed, NpgsqlDbType.Bytea), Column(kept, k => k.Seal, NpgsqlDbType.Bytea));

    public Task Add(IReadOnlyList<StoredAccess> lines) => Run(
        _connection,
        """
        INSERT INTO osst.access_log (line, client, register, actor, purpose, what, at, seal, basis, writer, link)
        SELECT l, c, r, a, p, w, t, nullif(q, ''::bytea), b, k, x
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS u(l, c, r, a, p, w, t, q, b, k, x)
        ON CONFLICT DO NOTHING
        """,
        Column(lines, l => LineOf(l.Number), NpgsqlDbType.Uuid),
        Column(lines, l => l.Line.Client.ToString(), NpgsqlDbType.Text),
        Column(lines, l => l.Line.Register, NpgsqlDbType.Text), Column(lines, l => l.Line.Actor, NpgsqlDbType.Text),
        Column(lines, l => l.Line.Purpose, NpgsqlDbType.Text), Column(lines, l => l.Line.What, NpgsqlDbType.Text),
        Column(lines, l => l.Line.At.UtcDateTime, NpgsqlDbType.TimestampTz),
        Column(lines, l => l.Seal, NpgsqlDbType.Bytea), Column(lines, l => l.Line.Basis, NpgsqlDbType.Text),
        Column(lines, l => l.Link.Writer, NpgsqlDbType.Uuid), Column(lines, l => l.Link.Number, NpgsqlDbType.Bigint));

    public Task Add(IReadOnlyList<StoredDisclosure> lines) => Run(
        _connection,
        """
        INSERT INTO osst.disclosures (line, client, register, what, receiver, recipient, discloser, purpose,
            legal_basis, position, at, seal, writer, link)
        SELECT l, c, r, w, v, i, d, p, b, n, t, nullif(q, ''::bytea), k, x
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            AS u(l, c, r, w, v, i, d, p, b, n, t, q, k, x)
        ON CONFLICT DO NOTHING
        """,
        Column(lines, l => LineOf(l.Number), NpgsqlDbType.Uuid),
        Column(lines, l => l.Line.Client.ToString(), NpgsqlDbType.Text),
        Column(lines, l => l.Line.Register, NpgsqlDbType.Text), Column(lines, l => l.Line.What, NpgsqlDbType.Text),
        Column(lines, l => l.Line.Receiver, NpgsqlDbType.Text), Column(lines, l => l.Line.Recipient, NpgsqlDbType.Text),
        Column(lines, l => l.Line.Discloser, NpgsqlDbType.Text), Column(lines, l => l.Line.Purpose, NpgsqlDbType.Text),
        Column(lines, l => l.Line.LegalBasis, NpgsqlDbType.Text),
        Column(lines, l => l.Line.Position, NpgsqlDbType.Bigint),
        Column(lines, l => l.Line.At.UtcDateTime, NpgsqlDbType.TimestampTz),
        Column(lines, l => l.Seal, NpgsqlDbType.Bytea),
        Column(lines, l => l.Link.Writer, NpgsqlDbType.Uuid), Column(lines, l => l.Link.Number, NpgsqlDbType.Bigint));

    public Task Add(IReadOnlyList<StoredNote> notes) => Run(
        _connection,
        """
        INSERT INTO osst.notes (shelf, key, value, seal)
        SELECT s, k, v, nullif(q, ''::bytea) FROM unnest($1, $2, $3, $4) AS n(s, k, v, q) ON CONFLICT DO NOTHING
        """,
        Column(notes, n => n.Row.Shelf, NpgsqlDbType.Text), Column(notes, n => n.Row.Key, NpgsqlDbType.Text),
        Column(notes, n => n.Row.Value, NpgsqlDbType.Bytea), Column(notes, n => n.Seal, NpgsqlDbType.Bytea));

    public Task AddKeyMark(string mark) => Run(
        _connection, "INSERT INTO osst.master_key (mark) VALUES ($1) ON CONFLICT DO NOTHING", Value(mark));

    public Task Finish() => Run(_connection, "UPDATE osst.store SET unfinished_copy = false");

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }

    private const string HoldsAnything =
        "SELECT (SELECT count(*) FROM (SELECT FROM osst.events LIMIT 1) e)"
        + " + (SELECT count(*) FROM (SELECT FROM osst.access_log LIMIT 1) a)";

    private const string Begin =
        "UPDATE osst.store SET unfinished_copy = true, "
        + "position_offset = ($1 >> 12) + 1 - pg_current_xact_id()::text::bigint";

    /// <summary>A line's number in the original as the name of its copy, in the same order.</summary>
    private static Guid LineOf(long number) => new(
        0, 0, 0, [.. BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(number))]);

    private static async Task Run(NpgsqlConnection connection, string sql, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> Number(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
