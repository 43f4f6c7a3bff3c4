using System.Reflection;
using Npgsql;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Cluster;

/// <summary>The tables and texts that Orleans' ADO.NET providers ask for: <c>deploy/postgres/orleans.sql</c>.</summary>
internal static class ClusterSchema
{
    /// <summary>An advisory lock: "ORLE".</summary>
    private const int SchemaLock = 0x4F524C45;

    /// <summary>What a provider is given: its names without a schema are found in ours.</summary>
    /// <param name="postgres">The store's database.</param>
    /// <param name="use">Of the provider. Each has a pool: snapshots never keep the cluster's members waiting.</param>
    public static string ConnectionString(string postgres, string use)
    {
        var parts = new NpgsqlConnectionStringBuilder(postgres)
        {
            SearchPath = "orleans",
            ApplicationName = $"osst-{use}",
        };
        ConnectionPool.Bound(parts);
        return parts.ConnectionString;
    }

    /// <summary>Makes them, or brings them up to this version, one process at a time.</summary>
    /// <exception cref="StoreRefusal">The user may not, or the server went away.</exception>
    public static async Task Ensure(string postgres)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(postgres);
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await Run(connection, $"SELECT pg_advisory_xact_lock({SchemaLock})");
            await Run(connection, Script());
            await transaction.CommitAsync();
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new StoreRefusal(
                "The user of the PostgreSQL database may not create the schema orleans; let its owner run "
                + "deploy/postgres/orleans.sql once.");
        }
        catch (NpgsqlException)
        {
            throw new StoreRefusal("The PostgreSQL database of the cluster cannot be reached or prepared.");
        }
    }

    private static string Script()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("orleans.sql")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
