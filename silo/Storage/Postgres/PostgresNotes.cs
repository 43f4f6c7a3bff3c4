using Npgsql;
using NpgsqlTypes;
using OsstOrleans.Silo.Faults;
using static OsstOrleans.Silo.Storage.Postgres.Parameters;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// What is kept beside the log. Writes here are few and each is a transaction of its own; a server that is away is
/// reported at once, because its callers try again by themselves.
/// </summary>
internal sealed class PostgresNotes(PostgresServer server) : IDisposable
{
    private readonly LogChain _disclosures = new(LogChain.Disclosures);

    /// <summary>A chain grows one transaction after the other.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Where the chain of the disclosure log stands.</summary>
    public IReadOnlyList<ChainHead> LogHeads => _disclosures.Heads;

    public void Dispose() => _turn.Dispose();

    public Task<IReadOnlyList<NoteRow>> Rows(string shelf, string after, int max) => MapFaults(async () =>
    {
        await using var connection = await server.Open();
        await using var command = new NpgsqlCommand(
            "SELECT key, value FROM osst.notes WHERE shelf = $1 AND key > $2 ORDER BY key LIMIT $3", connection);
        command.Parameters.Add(Value(shelf));
        command.Parameters.Add(Value(after));
        command.Parameters.Add(Value((long)max));
        await using var found = await command.ExecuteReaderAsync();
        var rows = new List<NoteRow>();
        while (await found.ReadAsync())
        {
            rows.Add(new NoteRow(shelf, found.GetString(0), await found.GetFieldValueAsync<byte[]>(1)));
        }
        return (IReadOnlyList<NoteRow>)rows;
    });

    public Task<bool> TryWrite(
        IReadOnlyList<NoteRow> changes, IReadOnlyList<NoteRow> provided, RowSeals? seals) => MapFaults(async () =>
    {
        await using var connection = await server.Open();
        var watch = new CommitWatch(connection);
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var row in provided.OrderBy(row => (row.Shelf, row.Key))) // In one order, so that no two wait in turn.
        {
            if (!await Is(connection, row))
            {
                return false;
            }
        }
        foreach (var change in changes)
        {
            await Run(connection, change.Value.IsEmpty
                ? "DELETE FROM osst.notes WHERE shelf = $1 AND key = $2 AND $3 IS NOT NULL AND $4 IS NOT NULL"
                : """
                INSERT INTO osst.notes (shelf, key, value, seal) VALUES ($1, $2, $3, nullif($4, ''::bytea))
                ON CONFLICT (shelf, key) DO UPDATE SET value = excluded.value, seal = excluded.seal
                """, change, seals?.Of(change) ?? []);
        }
        await transaction.CommitAsync();
        watch.DemandDurable();
        return true;
    });

    public async Task Log(IReadOnlyList<DisclosureLine> lines, RowSeals? seals)
    {
        await _turn.WaitAsync();
        try
        {
            await Insert(lines, [.. lines.Select(line => _disclosures.Add(line, seals))]);
            _disclosures.Stand();
        }
        catch
        {
            _disclosures.BeginAnew();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task Insert(
        IReadOnlyList<DisclosureLine> lines, (ChainLink Link, byte[] Seal)[] links) => MapFaults(async () =>
    {
        await using var connection = await server.Open();
        var watch = new CommitWatch(connection);
        await using var command = new NpgsqlCommand("""
            INSERT INTO osst.disclosures (line, client, register, what, receiver, recipient, discloser, purpose,
                legal_basis, position, at, seal, writer, link)
            SELECT l, c, r, w, v, i, d, p, b, n, t, nullif(s, ''::bytea), k, x
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                AS u(l, c, r, w, v, i, d, p, b, n, t, s, k, x)
            """, connection);
        Add(command, NpgsqlDbType.Uuid, [.. lines.Select(line => Guid.CreateVersion7(line.At))]);
        AddTexts(command, lines, line => line.Client.ToString());
        AddTexts(command, lines, line => line.Register);
        AddTexts(command, lines, line => line.What);
        AddTexts(command, lines, line => line.Receiver);
        AddTexts(command, lines, line => line.Recipient);
        AddTexts(command, lines, line => line.Discloser);
        AddTexts(command, lines, line => line.Purpose);
        AddTexts(command, lines, line => line.LegalBasis);
        Add(command, NpgsqlDbType.Bigint, [.. lines.Select(line => line.Position)]);
        Add(command, NpgsqlDbType.TimestampTz, [.. lines.Select(line => line.At.UtcDateTime)]);
        Add(command, NpgsqlDbType.Bytea, [.. links.Select(it => it.Seal)]);
        Add(command, NpgsqlDbType.Uuid, [.. links.Select(it => it.Link.Writer)]);
        Add(command, NpgsqlDbType.Bigint, [.. links.Select(it => it.Link.Number)]);
        await command.ExecuteNonQueryAsync();
        watch.DemandDurable();
        return true;
    });

    /// <summary>A row that is not there cannot be locked, so its name is: until the transaction ends.</summary>
    private static async Task<bool> Is(NpgsqlConnection connection, NoteRow row)
    {
        await using (var name = new NpgsqlCommand(
            "SELECT pg_advisory_xact_lock(hashtextextended($1 || '/' || $2, 0))", connection))
        {
            name.Parameters.Add(Value(row.Shelf));
            name.Parameters.Add(Value(row.Key));
            await name.ExecuteNonQueryAsync();
        }
        await using var find = new NpgsqlCommand(
            "SELECT value FROM osst.notes WHERE shelf = $1 AND key = $2", connection);
        find.Parameters.Add(Value(row.Shelf));
        find.Parameters.Add(Value(row.Key));
        return (await find.ExecuteScalarAsync() as byte[] ?? []).AsSpan().SequenceEqual(row.Value.Span);
    }

    private static async Task Run(NpgsqlConnection connection, string sql, NoteRow row, byte[] seal)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(Value(row.Shelf));
        command.Parameters.Add(Value(row.Key));
        command.Parameters.Add(Value(row.Value.ToArray()));
        command.Parameters.Add(Value(seal));
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<T> MapFaults<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (PostgresException fault) when (!PostgresServer.IsAway(fault))
        {
            throw new StoreFault("The PostgreSQL server refused this request; nothing of it was stored.", fault)
            {
                IsPassing = !PostgresServer.IsOfInput(fault),
            };
        }
        catch (Exception fault) when (PostgresServer.Told(fault) is { } told)
        {
            throw told;
        }
    }

    private static void AddTexts(
        NpgsqlCommand command, IReadOnlyList<DisclosureLine> lines, Func<DisclosureLine, string> text) =>
        Add(command, NpgsqlDbType.Text, [.. lines.Select(text)]);

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, T[] values) =>
        command.Parameters.Add(Column(values, type));
}
