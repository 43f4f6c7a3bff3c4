using Npgsql;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// Where one process alone may write to a database, as verification and copies demand, it holds an advisory lock as
/// long as its first connection lives, and every transaction of its writes demands the epoch that it took: the next
/// holder raises the epoch, after the transactions of the one before have ended. The processes of a cluster share the
/// lock, so they and a process that writes alone keep each other out; among themselves the log's expected versions
/// suffice.
/// </summary>
/// <param name="isShared">The right of one process of a cluster.</param>
internal sealed class WriterLease(bool isShared)
{
    /// <summary>What the database answers to a write under an epoch that has passed.</summary>
    public const string LostState = "OS001";

    /// <summary>The connection of a process that was killed is gone within this time.</summary>
    public const int PatienceMs = 3_000;

    private bool _isTaken;

    /// <summary>0 until taken, and always for a shared one: no transaction demands it.</summary>
    public long Epoch { get; private set; }

    /// <summary>Takes the lease, or takes it up again on a new connection after the old one broke.</summary>
    /// <exception cref="StoreRefusal">Another process holds it.</exception>
    /// <exception cref="LeaseLost">Another process has held it since this one took it.</exception>
    public async Task Take(NpgsqlConnection connection, string database)
    {
        await NoticeDeadPeers(connection);
        if (!await Lock(connection))
        {
            throw _isTaken ? new LeaseLost() : await InUse(connection, database);
        }
        if (isShared)
        {
            // No process writes alone, and none can begin to while this lock is held.
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
        _isTaken = true;
    }

    /// <summary>
    /// Lets another connection of this process write. It demands the epoch like the first one; where there is none, it
    /// holds the shared lock itself.
    /// </summary>
    /// <exception cref="LeaseLost">Another process writes alone.</exception>
    public async Task Join(NpgsqlConnection connection)
    {
        await NoticeDeadPeers(connection);
        if (isShared && !await Lock(connection))
        {
            throw new LeaseLost();
        }
    }

    private async Task<StoreRefusal> InUse(NpgsqlConnection connection, string database) => new(isShared
        ? $"The PostgreSQL database {database} is in use by a process that writes alone "
            + $"({await Scalar<string>(connection, "SELECT holder FROM osst.lease")}); stop it before a cluster starts."
        : $"The PostgreSQL database {database} is in use by another osst process "
            + $"({await Scalar<string>(connection, "SELECT holder FROM osst.lease")}), or by a cluster; "
            + "this verb wants it alone.")
    {
        IsInUse = true,
    };

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
                + $"SELECT pg_advisory_lock{(isShared ? "_shared" : "")}({AdvisoryLock.Class}, {AdvisoryLock.Lease}); "
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
