using Npgsql;
using NpgsqlTypes;
using static OsstOrleans.Silo.Storage.Postgres.Parameters;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// A group as one batch: one round trip and, because nothing stands between its statements, one transaction.
/// </summary>
internal static class GroupStatements
{
    /// <summary>
    /// One row for each event, and one for a command without events. Every row of a command finds the same: the
    /// command's first outcome if it has one, and the stream's last version if it is not before the expected one
    /// (without that bound the index would look at every older event on its page). Two transactions that both find a
    /// stream free meet at its primary key, and the second is repeated as a whole. What was found may be a commit that
    /// is not durable yet (<see cref="CommitInDoubt"/>), so its answer waits for a barrier.
    /// </summary>
    private const string AppendSql = $"""
        WITH found AS MATERIALIZED (
            SELECT r.*, first.version AS first_version, first.position AS first_position,
                head.position AS head_position,
                first.version IS NULL AND coalesce(head.version, 0) = r.expected AS accepted
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) WITH ORDINALITY AS r(
                stream, expected, event, events, command_id, municipality, actor, occurred_on, recorded_at, type, data,
                personal, seal, number)
            LEFT JOIN osst.outcomes first ON first.stream = r.stream AND first.command_id = r.command_id
            LEFT JOIN LATERAL (
                SELECT e.version, e.position FROM osst.events e
                WHERE e.stream = r.stream AND e.version >= r.expected ORDER BY e.version DESC LIMIT 1) head ON true
        ), place AS MATERIALIZED (
            SELECT osst.position_of(pg_current_xact_id()) AS before
        ), outcomes AS (
            INSERT INTO osst.outcomes (stream, command_id, version, position, seal)
            SELECT stream, command_id, expected + events,
                CASE WHEN events = 0 THEN coalesce(head_position, 0) ELSE before + number END,
                CASE WHEN events = 0 THEN nullif(seal, ''::bytea) END
            FROM found, place WHERE accepted AND event = events
        ), events AS (
            INSERT INTO osst.events (stream, version, position, municipality, type, occurred_on, recorded_at,
                command_id, actor, data, personal, seal)
            SELECT stream, expected + event, before + number, municipality, type, occurred_on, recorded_at,
                command_id, actor, data, nullif(personal, ''::bytea), nullif(seal, ''::bytea)
            FROM found, place WHERE accepted AND event > 0
        )
        SELECT accepted, coalesce(first_version, expected + events),
            CASE WHEN first_version IS NOT NULL THEN first_position WHEN events = 0 THEN coalesce(head_position, 0)
                ELSE before + number END,
            CASE WHEN first_version IS NOT NULL THEN ({BarrierSql}) IS NOT NULL ELSE false END
        FROM found, place WHERE event = events ORDER BY number
        """;

    /// <summary>
    /// A record in the server's log that has no reader: it makes a transaction without changes one that must become
    /// durable, and all before it with it.
    /// </summary>
    private const string BarrierSql = "SELECT pg_logical_emit_message(true, 'osst', '')";

    private const string AccessSql = """
        INSERT INTO osst.access_log (line, client, register, actor, purpose, what, at, seal, basis, writer, link)
        SELECT l, c, r, a, p, w, t, nullif(s, ''::bytea), b, i, n
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS u(l, c, r, a, p, w, t, s, b, i, n)
        ON CONFLICT DO NOTHING
        """;

    /// <summary>The columns of what <see cref="HeadSql"/> answers, and no other statement of a group.</summary>
    private const int HeadColumns = 3;

    /// <summary>Where the streams stand whose clients are read. Nothing is locked: what comes later is later.</summary>
    private const string HeadSql = """
        SELECT r.number, coalesce(head.version, 0), r.stream
        FROM unnest($1) WITH ORDINALITY AS r(stream, number)
        LEFT JOIN LATERAL (
            SELECT e.version FROM osst.events e
            WHERE e.stream = r.stream ORDER BY e.version DESC LIMIT 1) head ON true
        ORDER BY r.number
        """;

    /// <summary>
    /// Some megabytes that the server puts into a temporary file beside the tables, because its memory is set too small
    /// for them. It leaves nothing behind, and asks for no right.
    /// </summary>
    private const string RoomSql = "SELECT count(*) FROM generate_series(1, 100000)";

    /// <summary>No rows, and the rights of writing them: a record in the log alone needs none.</summary>
    private static readonly string[] s_rights =
    [
        .. new[] { "events", "outcomes", "keys", "kept", "access_log" }.Select(table =>
            $"INSERT INTO osst.{table} SELECT * FROM osst.{table} WHERE false"),
    ];

    /// <summary>The statements of a group.</summary>
    /// <param name="epoch">The lease that the transaction demands; 0 for none.</param>
    public static NpgsqlBatch Batch(NpgsqlConnection connection, WriteGroup group, long epoch)
    {
        var batch = new NpgsqlBatch(connection);
        if (epoch > 0)
        {
            batch.Add("SELECT osst.demand_lease($1)", Value(epoch));
        }
        if (group.Appends.Count > 0)
        {
            // In the order of streams: two processes wait for each other in one direction only.
            group.Appends.Sort(static (one, other) => string.CompareOrdinal(one.Stream, other.Stream));
            AddAppends(batch, group);
            KeyStatements.Add(batch, group.Appends);
            ErasureStatements.Add(batch, group.Appends);
        }
        ErasureStatements.Add(batch, group.Keeps);
        if (group.Accesses.SelectMany(access => access.Lines).ToArray() is { Length: > 0 } lines)
        {
            AddAccess(batch, lines);
        }
        if (group.Reads is { Count: > 0 } reads)
        {
            batch.Add(HeadSql, Column(reads, read => read.Stream, NpgsqlDbType.Text));
        }
        if (group.IsRepeated || group.Barriers.Count > 0)
        {
            batch.Add(BarrierSql);
        }
        if (group.Barriers.Exists(barrier => barrier.IsTrial))
        {
            batch.Add("SELECT set_config('work_mem', '64kB', true)");
            batch.Add(RoomSql);
            Array.ForEach(s_rights, right => batch.Add(right));
        }
        return batch;
    }

    /// <summary>Reads what became of the appends, and then to the end: the commit is answered last.</summary>
    public static async Task ReadOutcomes(NpgsqlDataReader reader, WriteGroup group)
    {
        var keeps = group.Keeps.GetEnumerator();
        do
        {
            if (reader.FieldCount == ErasureStatements.KeepColumns && keeps.MoveNext())
            {
                keeps.Current.Outcome = await reader.ReadAsync() && reader.GetBoolean(0)
                    ? new AppendOutcome(AppendResult.Appended, 0, 0)
                    : new AppendOutcome(AppendResult.Conflict, 0, 0);
            }
            if (reader.FieldCount == HeadColumns)
            {
                foreach (var read in group.Reads)
                {
                    await reader.ReadAsync();
                    read.Outcome = new AppendOutcome(AppendResult.Appended, reader.GetInt64(1), 0);
                }
            }
            if (reader.FieldCount == 4)
            {
                foreach (var append in group.Appends)
                {
                    await reader.ReadAsync();
                    append.Outcome = reader.GetBoolean(3) ? Found(AppendResult.Duplicate)
                        : reader.GetBoolean(0) ? Found(AppendResult.Appended)
                        : new AppendOutcome(AppendResult.Conflict, append.Request.ExpectedVersion, 0);
                }
            }
        }
        while (await reader.NextResultAsync());

        AppendOutcome Found(AppendResult result) => new(result, reader.GetInt64(1), reader.GetInt64(2));
    }

    private static void AddAppends(NpgsqlBatch batch, WriteGroup group)
    {
        var rows = new Rows(group.Rows);
        foreach (var append in group.Appends)
        {
            rows.Add(append);
        }
        batch.Add(AppendSql,
            Column(rows.Stream, NpgsqlDbType.Text), Column(rows.Expected, NpgsqlDbType.Bigint),
            Column(rows.Event, NpgsqlDbType.Integer), Column(rows.Events, NpgsqlDbType.Integer),
            Column(rows.CommandId, NpgsqlDbType.Uuid), Column(rows.Municipality, NpgsqlDbType.Text),
            Column(rows.Actor, NpgsqlDbType.Text), Column(rows.OccurredOn, NpgsqlDbType.Date),
            Column(rows.RecordedAt, NpgsqlDbType.TimestampTz), Column(rows.Type, NpgsqlDbType.Text),
            Column(rows.Data, NpgsqlDbType.Bytea), Column(rows.Personal, NpgsqlDbType.Bytea),
            Column(rows.Seal, NpgsqlDbType.Bytea));
    }

    private static void AddAccess(NpgsqlBatch batch, PendingAccess.StoredLine[] lines) => batch.Add(AccessSql,
        Column([.. lines.Select(l => l.Id)], NpgsqlDbType.Uuid),
        Column([.. lines.Select(l => l.Line.Client.ToString())], NpgsqlDbType.Text),
        Column([.. lines.Select(l => l.Line.Register)], NpgsqlDbType.Text),
        Column([.. lines.Select(l => l.Line.Actor)], NpgsqlDbType.Text),
        Column([.. lines.Select(l => l.Line.Purpose)], NpgsqlDbType.Text),
        Column([.. lines.Select(l => l.Line.What)], NpgsqlDbType.Text),
        Column([.. lines.Select(l => l.Line.At.UtcDateTime)], NpgsqlDbType.TimestampTz),
        Column([.. lines.Select(l => l.Seal)], NpgsqlDbType.Bytea),
        Column([.. lines.Select(l => l.Line.Basis)], NpgsqlDbType.Text),
        Column([.. lines.Select(l => l.Link.Writer)], NpgsqlDbType.Uuid),
        Column([.. lines.Select(l => l.Link.Number)], NpgsqlDbType.Bigint));

    /// <summary>The columns of the appends' rows.</summary>
    private sealed class Rows(int count)
    {
        private int _next;

        public string[] Stream { get; } = new string[count];

        public long[] Expected { get; } = new long[count];

        public int[] Event { get; } = new int[count];

        public int[] Events { get; } = new int[count];

        public Guid[] CommandId { get; } = new Guid[count];

        public string[] Municipality { get; } = new string[count];

        public string[] Actor { get; } = new string[count];

        public DateOnly[] OccurredOn { get; } = new DateOnly[count];

        public DateTime[] RecordedAt { get; } = new DateTime[count];

        public string[] Type { get; } = new string[count];

        public ReadOnlyMemory<byte>[] Data { get; } = new ReadOnlyMemory<byte>[count];

        public ReadOnlyMemory<byte>[] Personal { get; } = new ReadOnlyMemory<byte>[count];

        public ReadOnlyMemory<byte>[] Seal { get; } = new ReadOnlyMemory<byte>[count];

        public void Add(PendingAppend append)
        {
            var request = append.Request;
            for (var i = 0; i < append.Rows; i++)
            {
                var happened = request.Events.Count > 0 ? request.Events[i] : new NewEvent("", default, default);
                (Stream[_next], Expected[_next], CommandId[_next]) =
                    (append.Stream, request.ExpectedVersion, request.CommandId);
                (Event[_next], Events[_next]) = (Math.Min(i + 1, request.Events.Count), request.Events.Count);
                (Municipality[_next], Actor[_next]) = (request.MunicipalityOf(happened), request.Actor);
                (OccurredOn[_next], RecordedAt[_next]) = (request.OccurredOn, request.RecordedAt.UtcDateTime);
                (Type[_next], Data[_next], Personal[_next]) = (happened.Type, happened.Data, happened.Personal);
                Seal[_next] = append.SealOf(i);
                _next++;
            }
        }
    }
}
