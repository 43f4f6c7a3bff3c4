using Npgsql;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// With the embedded engine one process alone may write to a database. It holds an advisory lock as long as its
/// connection lives, and every transaction of its writes demands the epoch that it took: whoever takes the lease over
/// raises the epoch, after the transactions of the one before have ended. The processes of a cluster share the lock, so
/// they and a process that writes alone keep each other out; among themselves the log's expected versions suffice.
/// </summary>
/// <param name="isShared">The right of one process of a cluster.</param>
internal sealed class WriterLease(bool isShared)
{
    /// <summary>What the database answers to a write under an epoch that has passed.</summary>
    public const string LostState = "OS001";

    private const int LeaseLock = 2;

    /// <summary>The connection of a process that was killed is gone within this time.</summary>
    private const int PatienceMs = 3_000;

    private (int Process, DateTime Since) _session;

    /// <summary>0 until taken, and always for a shared one: no transaction demands it.</summary>
    public long Epoch { get; private set; }

    /// <summary>Takes the lease, or takes it up again on a new connection after the old one broke.</summary>
    /// <exception cref="StoreRefusal">Another process holds it.</exception>
    /// <exception cref="LeaseLost">Another process has held it since this one took it.</exception>
    public async Task Take(NpgsqlConnection connection, string database)
    {
        await EndBrokenSession(connection);
        await NoticeDeadPeers(connection);
        if (!await Lock(connection))
        {
            throw Epoch > 0 || _session.Process != 0
                ? new LeaseLost()
                : await InUse(connection, database);
        }
        if (isShared)
        {
            // Nobody writes alone, and nobody can begin to while this lock is held.
        }
        else if (Epoch == 0)
        {
            Epoch = await Scalar<long>(
                connection, "UPDATE osst.lease SET epoch = epoch + 1, holder = $1 RETURNING epoch",
                $"{Environment.MachineName}, process {Environment.ProcessId}");
        }
        else if (Epoch != await Scalar<long>(connection, "SELECT epoch FROM osst.lease"))
        {
            throw new LeaseLost();
        }
        _session = (connection.ProcessID, await Scalar<DateTime>(
            connection, "SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()"));
    }

    private async Task<StoreRefusal> InUse(NpgsqlConnection connection, string database) => new(isShared
        ? $"The PostgreSQL database {database} is in use by a process that writes alone "
            + $"({await Scalar<string>(connection, "SELECT holder FROM osst.lease")}); stop it before a cluster starts."
        : $"The PostgreSQL database {database} is in use by another osst process "
            + $"({await Scalar<string>(connection, "SELECT holder FROM osst.lease")}), or by a cluster; "
            + "with the embedded engine only one may run on it.");

    /// <summary>
    /// The server may not have noticed yet that the connection broke: then it still holds the lock, and perhaps still
    /// works on the last write. It is told to end, so that nothing of it comes later.
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
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PatienceMs });
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>A machine that lost its power says no goodbye: the server frees its lock after some ten seconds.
    /// </summary>
    private static async Task NoticeDeadPeers(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3", connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<bool> Lock(NpgsqlConnection connection)
    {
        try
        {
            await using var command = new NpgsqlCommand(
                $"SET lock_timeout = {PatienceMs}; "
                + $"SELECT pg_advisory_lock{(isShared ? "_shared" : "")}({PostgresSchema.LockClass}, {LeaseLock}); "
                + "SET lock_timeout = 0", connection);
            await command.ExecuteNonQueryAsync();
            return true;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    private static async Task<T> Scalar<T>(NpgsqlConnection connection, string sql, string? parameter = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (parameter is not null)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parameter });
        }
        return (T)(await command.ExecuteScalarAsync())!;
    }
}

/// <summary>Another process writes now; this one never may again.</summary>
internal sealed class LeaseLost() : Exception("The lease was taken over.");
