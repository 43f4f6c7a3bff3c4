using Npgsql;
using static OsstOrleans.Silo.Storage.Postgres.Parameters;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// The end of the oldest lines of a log about clients, one transaction after the other in a whole cluster. The tables
/// let nothing go that is younger than twelve years by the server's own clock.
/// </summary>
internal static class PostgresLogEnds
{
    /// <summary>Lines may go twelve years after the event, and none before; what is in a line never changes.</summary>
    public const string Triggers = """
        DROP TRIGGER only_grows ON osst.access_log;
        DROP TRIGGER IF EXISTS only_ends ON osst.access_log;
        CREATE TRIGGER only_grows BEFORE UPDATE OR TRUNCATE ON osst.access_log
            FOR EACH STATEMENT EXECUTE FUNCTION osst.refuse_change();
        CREATE TRIGGER only_ends BEFORE DELETE ON osst.access_log
            FOR EACH ROW WHEN (OLD.at > now() - interval '12 years') EXECUTE FUNCTION osst.refuse_change();
        DROP TRIGGER only_grows ON osst.disclosures;
        DROP TRIGGER IF EXISTS only_ends ON osst.disclosures;
        CREATE TRIGGER only_grows BEFORE UPDATE OR TRUNCATE ON osst.disclosures
            FOR EACH STATEMENT EXECUTE FUNCTION osst.refuse_change();
        CREATE TRIGGER only_ends BEFORE DELETE ON osst.disclosures
            FOR EACH ROW WHEN (OLD.at > now() - interval '12 years') EXECUTE FUNCTION osst.refuse_change();
        """;

    public static async Task<long> End(
        NpgsqlDataSource source, string log, DateTimeOffset before, int max, RowSeals? seals)
    {
        var table = log == LogChain.Uses ? "osst.access_log" : "osst.disclosures";
        await using var connection = await source.OpenConnectionAsync();
        var watch = new CommitWatch(connection);
        await using var transaction = await connection.BeginTransactionAsync();
        await Run(connection, $"SELECT pg_advisory_xact_lock({AdvisoryLock.Class}, {AdvisoryLock.LogEnds})");
        if (await FirstThatStays(connection, table, before, max) is not { } stays)
        {
            return 0;
        }
        foreach (var anchor in await Anchors(connection, log, table, stays))
        {
            await Put(connection, anchor.ToRow(), seals);
        }
        var ended = await Run(connection, $"DELETE FROM {table} WHERE line < $1", stays);
        await transaction.CommitAsync();
        watch.DemandDurable();
        return ended;
    }

    /// <summary>
    /// The name below which all lines end; null when none does. Names begin with a time that never falls within a
    /// chain, and those of one millisecond stand in any order: they end together. Lines that were copied from a file
    /// have small numbers as names, in the order of their chain.
    /// </summary>
    private static async Task<Guid?> FirstThatStays(
        NpgsqlConnection connection, string table, DateTimeOffset before, int max)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT line, at FROM {table} ORDER BY line LIMIT $1", connection);
        command.Parameters.Add(Value((long)max + 1));
        await using var rows = await command.ExecuteReaderAsync();
        Guid? last = null;
        for (var count = 0; await rows.ReadAsync(); count++)
        {
            last = rows.GetGuid(0);
            if (count == max || rows.GetDateTime(1) >= before.UtcDateTime)
            {
                return count == 0 ? null : BeginOf(last.Value);
            }
        }
        // All that there are: the name behind the last one.
        return last is { } end ? After(end) : null;
    }

    /// <summary>The first name of a name's millisecond; a copied line's own.</summary>
    private static Guid BeginOf(Guid name)
    {
        var bytes = name.ToByteArray(bigEndian: true);
        if (bytes.AsSpan(0, 6).IndexOfAnyExcept((byte)0) >= 0)
        {
            bytes.AsSpan(6).Clear();
        }
        return new Guid(bytes, bigEndian: true);
    }

    private static Guid After(Guid name)
    {
        var bytes = name.ToByteArray(bigEndian: true);
        for (var at = bytes.Length - 1; at >= 0 && unchecked(++bytes[at]) == 0; at--)
        {
        }
        return new Guid(bytes, bigEndian: true);
    }

    private static async Task<List<LogAnchor>> Anchors(
        NpgsqlConnection connection, string log, string table, Guid stays)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT DISTINCT ON (writer) writer, link, coalesce(seal, ''::bytea), at FROM {table}
            WHERE line < $1 AND link > 0 ORDER BY writer, link DESC
            """, connection);
        command.Parameters.Add(Value(stays));
        await using var rows = await command.ExecuteReaderAsync();
        var anchors = new List<LogAnchor>();
        while (await rows.ReadAsync())
        {
            anchors.Add(new LogAnchor(
                log, rows.GetGuid(0), rows.GetInt64(1), await rows.GetFieldValueAsync<byte[]>(2),
                new DateTimeOffset(rows.GetDateTime(3))));
        }
        return anchors;
    }

    private static async Task Put(NpgsqlConnection connection, NoteRow row, RowSeals? seals)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO osst.notes (shelf, key, value, seal) VALUES ($1, $2, $3, nullif($4, ''::bytea))
            ON CONFLICT (shelf, key) DO UPDATE SET value = excluded.value, seal = excluded.seal
            """, connection);
        command.Parameters.Add(Value(row.Shelf));
        command.Parameters.Add(Value(row.Key));
        command.Parameters.Add(Value(row.Value.ToArray()));
        command.Parameters.Add(Value(seals?.Of(row) ?? []));
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> Run(NpgsqlConnection connection, string sql, Guid? name = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (name is { } given)
        {
            command.Parameters.Add(Value(given));
        }
        return await command.ExecuteNonQueryAsync();
    }
}
