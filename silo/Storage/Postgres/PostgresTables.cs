using Npgsql;
using static OsstOrleans.Silo.Storage.Postgres.Parameters;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>The rows of a database as one connection sees them.</summary>
internal sealed class PostgresTables(NpgsqlConnection connection) : IOpenTables
{
    private Guid _lastLine;
    private Guid _lastDisclosure;

    public Task<IReadOnlyList<StoredEvent>> Events(long? after, int max) =>
        Rows(PostgresReader.SealedSql, PostgresReader.ReadSealed, Value(after + 1 ?? long.MinValue), Value((long)max));

    public Task<IReadOnlyList<StoredOutcome>> Outcomes(StoredOutcome? after, int max) => Rows(
        $"""
        SELECT stream, command_id, version, position, seal FROM osst.outcomes
        {After("(stream, command_id) > ($1, $2)", after)} ORDER BY stream, command_id LIMIT $3
        """,
        row => new StoredOutcome(row.GetString(0), row.GetGuid(1), row.GetInt64(2), row.GetInt64(3))
        {
            Seal = PostgresReader.Bytes(row, 4),
        },
        Value(after?.Stream ?? ""), Value(after?.CommandId ?? Guid.Empty), Value(max));

    public Task<IReadOnlyList<StoredKey>> Keys(string? after, int max) => Rows(
        $"""
        SELECT stream, wrapped, identity, words FROM osst.keys {After("stream > $1", after)} ORDER BY stream LIMIT $2
        """,
        row => new StoredKey(row.GetString(0), row.GetFieldValue<byte[]>(1))
        {
            Identity = PostgresReader.Bytes(row, 2),
            Words = PostgresReader.Bytes(row, 3),
        },
        Value(after ?? ""), Value(max));

    public Task<IReadOnlyList<StoredConsentEntry>> ConsentEntries(StoredConsentEntry? after, int max) => Rows(
        $"""
        SELECT stream, mark, sealed, seal FROM osst.kept {After("(stream, mark) > ($1, $2)", after)}
        ORDER BY stream, mark LIMIT $3
        """,
        row => new StoredConsentEntry(row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2))
        {
            Seal = PostgresReader.Bytes(row, 3),
        },
        Value(after?.Stream ?? ""), Value(after?.Mark ?? ReadOnlyMemory<byte>.Empty), Value(max));

    /// <summary>A line's name grows with its time, and tells its place only among the others.</summary>
    public Task<IReadOnlyList<StoredAccess>> Accesses(long? after, int max)
    {
        var number = after ?? 0;
        return Rows(
            $"""
            SELECT {PostgresClientLogs.AccessColumns}, seal, writer, link FROM osst.access_log
            {After("line > $1", after)} ORDER BY line LIMIT $2
            """,
            row =>
            {
                _lastLine = row.GetGuid(0);
                return new StoredAccess(++number, PostgresClientLogs.Access(row))
                {
                    Seal = PostgresReader.Bytes(row, 8),
                    Link = new ChainLink(row.GetGuid(9), row.GetInt64(10)),
                };
            },
            Value(_lastLine), Value(max));
    }

    public Task<IReadOnlyList<StoredDisclosure>> Disclosures(long? after, int max)
    {
        var number = after ?? 0;
        return Rows(
            $"""
            SELECT {PostgresClientLogs.DisclosureColumns}, seal, writer, link FROM osst.disclosures
            {After("line > $1", after)} ORDER BY line LIMIT $2
            """,
            row =>
            {
                _lastDisclosure = row.GetGuid(0);
                return new StoredDisclosure(++number, PostgresClientLogs.Disclosure(row))
                {
                    Seal = PostgresReader.Bytes(row, 11),
                    Link = new ChainLink(row.GetGuid(12), row.GetInt64(13)),
                };
            },
            Value(_lastDisclosure), Value(max));
    }

    public Task<IReadOnlyList<StoredNote>> Notes(StoredNote? after, int max) => Rows(
        $"""
        SELECT shelf, key, value, seal FROM osst.notes {After("(shelf, key) > ($1, $2)", after)}
        ORDER BY shelf, key LIMIT $3
        """,
        row => new StoredNote(new NoteRow(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)))
        {
            Seal = PostgresReader.Bytes(row, 3),
        },
        Value(after?.Row.Shelf ?? ""), Value(after?.Row.Key ?? ""), Value(max));

    /// <summary>No place is smaller than all others: the first page has no condition at all.</summary>
    private static string After(string condition, object? after) => after is null ? "" : $"WHERE {condition}";

    public async Task<string?> KeyMark()
    {
        await using var command = new NpgsqlCommand("SELECT mark FROM osst.master_key", connection);
        return (string?)await command.ExecuteScalarAsync();
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<IReadOnlyList<T>> Rows<T>(
        string sql, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] parameters)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddRange(parameters);
            await using var rows = await command.ExecuteReaderAsync();
            var page = new List<T>();
            while (await rows.ReadAsync())
            {
                page.Add(read(rows));
            }
            return page;
        }
        catch (Exception fault) when (PostgresServer.Told(fault) is { } told)
        {
            throw told;
        }
    }
}
