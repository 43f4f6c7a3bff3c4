using Npgsql;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// Hears what a server says of a connection's commits beside its answers. A wait for the synchronous standby that
/// somebody cancelled is answered like any commit: only a warning tells that the standby may not have it.
/// </summary>
internal sealed class CommitWatch
{
    /// <summary>Where the server waits for standbys. The words of its warnings depend on its language.</summary>
    private const string WaitsIn = "syncrep.c";

    private volatile bool _isInDoubt;

    public CommitWatch(NpgsqlConnection connection) =>
        connection.Notice += (_, told) => _isInDoubt |= told.Notice.File == WaitsIn;

    /// <summary>To be called when a commit was answered, and before it is passed on.</summary>
    /// <exception cref="CommitInDoubt">The server did not wait for what makes it durable.</exception>
    public void DemandDurable()
    {
        if (_isInDoubt)
        {
            throw new CommitInDoubt();
        }
    }
}

/// <summary>Committed, but perhaps lost with the server: no caller may hear of it before a later commit is durable.
/// </summary>
internal sealed class CommitInDoubt() : Exception("The wait for the synchronous standby was cancelled.");
