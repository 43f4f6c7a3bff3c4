using Npgsql;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>The writer's connection, opened again when it broke, and the lease that it holds.</summary>
/// <param name="server">Where to.</param>
/// <param name="lease">
/// This process's right to write, alone or with others; null for looking into a copy that its maker still holds.
/// </param>
internal sealed class WriterConnection(PostgresServer server, WriterLease? lease) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;

    /// <summary>True when the transaction was undone because another one came between: repeat it.</summary>
    public static bool IsRace(PostgresException fault) => fault.SqlState is PostgresErrorCodes.UniqueViolation
        or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>Opens it for the first time: tables, lease; answers with the last position of the log.</summary>
    public async Task<long> Open()
    {
        _connection = await server.Connect();
        await PostgresSchema.Migrate(_connection);
        if (lease is not null)
        {
            await lease.Take(_connection, server.Name);
        }
        if (lease is not null && await PostgresSchema.IsUnfinishedCopy(_connection))
        {
            throw new StoreRefusal(
                $"The PostgreSQL database {server.Name} is an unfinished copy; let ./osst migrate finish it.");
        }
        await using var command = new NpgsqlCommand(
            "SELECT coalesce(max(position), 0) FROM osst.events", _connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Stores a group and sets its outcomes.</summary>
    public async Task Write(WriteGroup group)
    {
        var connection = _connection ??= await Reopen();
        var batch = GroupStatements.Batch(connection, group, lease?.Epoch ?? 0);
        await using (batch)
        {
            if (batch.BatchCommands.Count > 0)
            {
                await using var reader = await batch.ExecuteReaderAsync();
                await GroupStatements.ReadOutcomes(reader, group);
            }
        }
    }

    /// <summary>Gives a broken connection up.</summary>
    public async Task Close()
    {
        if (_connection is { } broken)
        {
            _connection = null;
            await broken.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await Close();

    private async Task<NpgsqlConnection> Reopen()
    {
        var connection = await server.Connect();
        try
        {
            if (lease is not null)
            {
                await lease.Take(connection, server.Name);
            }
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
