using Npgsql;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// What is committed in a database at one moment, read while others go on writing: no lease is needed, no writer waits.
/// </summary>
internal sealed class PostgresSnapshot : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly NpgsqlConnection _connection;

    private PostgresSnapshot(PostgresServer server, NpgsqlConnection connection, long lastPosition)
    {
        (_server, _connection, LastPosition) = (server, connection, lastPosition);
        Tables = new PostgresTables(connection);
    }

    public PostgresTables Tables { get; }

    public long LastPosition { get; }

    /// <exception cref="StoreRefusal">No log of this version, or it cannot be reached; says which.</exception>
    public static async Task<PostgresSnapshot> Open(string connectionString)
    {
        var server = PostgresServer.Of(connectionString);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await server.Connect();
            if (await PostgresSchema.Examine(connection) is { AreCurrent: false })
            {
                throw new StoreRefusal(
                    $"The PostgreSQL database {server.Name} holds no log of this version; start ./osst on it first.");
            }
            await using var command = new NpgsqlCommand(
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT coalesce(max(position), 0) FROM osst.events",
                connection);
            return new PostgresSnapshot(server, connection, (long)(await command.ExecuteScalarAsync())!);
        }
        catch (Exception fault)
        {
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
            await server.DisposeAsync();
            throw fault is StoreRefusal ? fault : server.Refusal(fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }
}
