using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Npgsql;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Cluster;

/// <summary>The tables and texts that Orleans' ADO.NET providers ask for: <c>deploy/postgres/orleans.sql</c>.</summary>
internal static partial class ClusterSchema
{
    /// <summary>An advisory lock: "ORLE".</summary>
    private const int SchemaLock = 0x4F524C45;

    /// <summary>How many of the named tables are there: asked of the catalogue, which every user may read.</summary>
    private const string TablesSql = """
        SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'orleans' AND c.relkind = 'r' AND c.relname = ANY ($1)
        """;

    /// <summary>A silo at work on the other side of a machine's border: loopback addresses lead nowhere from elsewhere.
    /// </summary>
    private const string StrangerSql = """
        SELECT address FROM orleans.member WHERE deploymentid = $1 AND status = 3
            AND iamalivetime > now() - interval '10 seconds' AND (address LIKE '127.%' OR address = '::1') <> $2
        LIMIT 1
        """;

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

    /// <summary>
    /// Makes them, or brings them up to this version, one process at a time. Where all is as this version's script has
    /// it, nothing is run: PostgreSQL asks for the right to create before it looks whether there is anything to.
    /// </summary>
    /// <exception cref="StoreRefusal">The user may not, or the server went away.</exception>
    /// <param name="postgres">The store's database.</param>
    /// <param name="own">Where the others reach this silo.</param>
    public static async Task Ensure(string postgres, IPAddress own)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(postgres);
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await Run(connection, $"SELECT pg_advisory_xact_lock({SchemaLock})");
            var script = Script();
            if (!await Holds(connection, script))
            {
                await Run(connection, script);
            }
            await transaction.CommitAsync();
            await MustReach(connection, own);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new StoreRefusal(
                "The user of the PostgreSQL database may not create or use the schema orleans; let its owner run this "
                + "version's deploy/postgres/orleans.sql once.");
        }
        catch (NpgsqlException)
        {
            throw new StoreRefusal("The PostgreSQL database of the cluster cannot be reached or prepared.");
        }
    }

    /// <summary>
    /// Looks whether a silo at an address and those at work can reach each other: else a part of the grains would be
    /// given to one whom half of the cluster calls in vain.
    /// </summary>
    /// <exception cref="StoreRefusal">They cannot.</exception>
    private static async Task MustReach(NpgsqlConnection connection, IPAddress own)
    {
        await using var command = new NpgsqlCommand(StrangerSql, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Membership.Cluster });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = IPAddress.IsLoopback(own) });
        if (await command.ExecuteScalarAsync() is string stranger)
        {
            throw new StoreRefusal(
                $"A silo at {own} and the cluster's silo at {stranger} cannot reach each other; say by --advertise "
                + "where the others reach this one.");
        }
    }

    /// <summary>True when every table of the script is there, and every text is the script's.</summary>
    private static async Task<bool> Holds(NpgsqlConnection connection, string script)
    {
        var tables = Table().Matches(script).Select(found => found.Groups[1].Value).ToArray();
        await using (var count = new NpgsqlCommand(TablesSql, connection))
        {
            count.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = tables });
            if ((long)(await count.ExecuteScalarAsync())! < tables.Length)
            {
                return false;
            }
        }
        var texts = Query().Matches(script).ToDictionary(
            found => found.Groups[1].Value, found => found.Groups[2].Value);
        await using var command = new NpgsqlCommand("SELECT querykey, querytext FROM orleans.orleansquery", connection);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            if (texts.GetValueOrDefault(rows.GetString(0)) == Plain(rows.GetString(1)))
            {
                texts.Remove(rows.GetString(0));
            }
        }
        return texts.Count == 0;
    }

    private static string Script()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("orleans.sql")!;
        using var reader = new StreamReader(file);
        return Plain(reader.ReadToEnd());
    }

    /// <summary>A file that was checked out on Windows, or run from there, is the same.</summary>
    private static string Plain(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    [GeneratedRegex(@"^CREATE TABLE IF NOT EXISTS orleans\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Table();

    /// <summary>A key and its text, as the script writes them.</summary>
    [GeneratedRegex(@"^\('(\w+)', \$\$(.*?)\$\$\)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Query();

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
