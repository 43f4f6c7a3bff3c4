using System.Data;
using Npgsql;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>A connection for writing, opened when it is needed, and again when it broke.</summary>
/// <param name="server">Where to.</param>
/// <param name="lease">
/// This process's right to write, alone or with others; null for looking into a copy that its maker still holds.
/// </param>
/// <param name="isFirst">The one that holds the lease; others of the process join it.</param>
/// <param name="patience">How long the server may take for a group.</param>
internal sealed class WriterConnection(
    PostgresServer server, WriterLease? lease, bool isFirst, TimeSpan patience) : IAsyncDisposable
{
    private readonly int _timeoutSeconds = Math.Max(1, (int)Math.Ceiling(patience.TotalSeconds));
    private NpgsqlConnection? _connection;
    private CommitWatch? _watch;
    private (int Process, DateTime Since) _session;

    /// <summary>True when the transaction was undone because another one came between: repeat it.</summary>
    public static bool IsRace(PostgresException fault) => fault.SqlState is PostgresErrorCodes.UniqueViolation
        or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>False before its first use, and when it was given up.</summary>
    public bool IsOpen => _connection is not null;

    /// <summary>Opens the first one: tables, lease; answers with the last position of the log.</summary>
    public async Task<long> Open()
    {
        _connection = await server.Connect();
        await PostgresSchema.Migrate(_connection);
        await TakeLease(_connection);
        if (lease is not null && await PostgresSchema.IsUnfinishedCopy(_connection))
        {
            throw server.UnfinishedCopy;
        }
        return await PostgresSchema.LastPosition(_connection);
    }

    /// <summary>Stores a group and sets its outcomes.</summary>
    /// <exception cref="CommitInDoubt">Committed, but not for certain durable.</exception>
    /// <exception cref="StoreRefusal">The server does not promise at present what it must.</exception>
    public async Task Write(WriteGroup group)
    {
        if (_connection is { State: not ConnectionState.Open })
        {
            await Close(); // With its last refusal the server ended the session, too.
        }
        var connection = _connection ??= await Reopen();
        _watch ??= new CommitWatch(connection);
        var batch = GroupStatements.Batch(connection, group, lease?.Epoch ?? 0);
        batch.Timeout = _timeoutSeconds;
        await using (batch)
        {
            if (batch.BatchCommands.Count > 0)
            {
                await using var reader = await batch.ExecuteReaderAsync();
                await GroupStatements.ReadOutcomes(reader, group);
            }
        }
        _watch.DemandDurable();
    }

    /// <summary>Gives a broken connection up.</summary>
    public async Task Close()
    {
        if (_connection is { } broken)
        {
            (_connection, _watch) = (null, null);
            await broken.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await Close();

    private async Task<NpgsqlConnection> Reopen()
    {
        var connection = await server.Connect();
        try
        {
            await EndBrokenSession(connection);
            await TakeLease(connection);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task TakeLease(NpgsqlConnection connection)
    {
        if (lease is not null)
        {
            await (isFirst ? lease.Take(connection, server.Name) : lease.Join(connection));
        }
        await using var since = new NpgsqlCommand(
            "SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()", connection);
        _session = (connection.ProcessID, (DateTime)(await since.ExecuteScalarAsync())!);
    }

    /// <summary>
    /// The server may not have noticed yet that the connection broke: then it still holds the lock, and perhaps still
    /// works on the last write. It is made to end, so that nothing of it comes later.
    /// </summary>
    private async Task EndBrokenSession(NpgsqlConnection connection)
    {
        if (_session.Process != 0)
        {
            await using var command = new NpgsqlCommand(
                "SELECT pg_terminate_backend(pid, $3) FROM pg_stat_activity WHERE pid = $1 AND backend_start = $2",
                connection);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = _session.Process });
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = _session.Since });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = WriterLease.PatienceMs });
            await command.ExecuteNonQueryAsync();
        }
    }
}
