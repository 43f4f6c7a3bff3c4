using System.Net.Sockets;
using Npgsql;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>How to reach one database, and what its server must promise before anything is written.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>
    /// Every statement touches a known handful of rows by an index. Plans made while a table is still empty must not
    /// outlive that, so nothing but indexes is offered to the planner.
    /// </summary>
    private const string Settings =
        "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off "
        + "-c enable_mergejoin=off -c max_parallel_workers_per_gather=0 -c jit=off "
        + "-c client_min_messages=warning"; // See CommitWatch: without warnings no commit could be trusted.

    private const int OldestVersion = 15_00_00;

    private const string PromisesSql = """
        SELECT current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'),
            current_setting('server_version_num')::int, current_setting('server_version'),
            current_setting('server_encoding'),
            pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on', pg_backend_pid(),
            current_setting('plan_cache_mode')
        """;

    /// <summary>
    /// Beginnings of codes: connections, shutdowns, idle sessions, cancellations, room, locks, read-only. What is met
    /// while connecting is <see cref="NoConnection"/> and passes whatever its code.
    /// </summary>
    private static readonly string[] Passing =
    [
        "08", "53", PostgresErrorCodes.AdminShutdown, PostgresErrorCodes.CrashShutdown,
        PostgresErrorCodes.CannotConnectNow, "57P05", PostgresErrorCodes.QueryCanceled,
        PostgresErrorCodes.LockNotAvailable, PostgresErrorCodes.ReadOnlySqlTransaction,
    ];

    private readonly NpgsqlDataSource _single;

    private PostgresServer(NpgsqlDataSource source, NpgsqlDataSource single, string name) =>
        (Source, _single, Name) = (source, single, name);

    /// <summary>The pooled connections, for reading.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>The database and where it is, for sentences; never the password.</summary>
    public string Name { get; }

    /// <exception cref="StoreRefusal">No connection string.</exception>
    public static PostgresServer Of(string connectionString)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString)
            {
                MaxAutoPrepare = 32,
                AutoPrepareMinUsages = 2,
                NoResetOnClose = true,
                Enlist = false,
                IncludeErrorDetail = false, // Details of an error name values.
            };
            parts.ApplicationName ??= "osst";
            ConnectionPool.Bound(parts);
            parts.Options = $"{parts.Options} {Settings}".Trim();
            var name = $"{parts.Database ?? parts.Username} on {parts.Host}:{parts.Port}";
            var pooled = NpgsqlDataSource.Create(parts);
            parts.Pooling = false; // What a session holds must end with its connection.
            return new PostgresServer(pooled, NpgsqlDataSource.Create(parts), name);
        }
        catch (ArgumentException)
        {
            throw new StoreRefusal(
                "The PostgreSQL connection string cannot be understood; it looks like "
                + "Host=127.0.0.1;Database=osst;Username=osst;Password=... .");
        }
    }

    /// <summary>A pooled connection, for reading.</summary>
    /// <exception cref="NoConnection">The server does not let this user in.</exception>
    public Task<NpgsqlConnection> Open() => Open(Source);

    /// <summary>A connection of one's own to a server that keeps what it acknowledges.</summary>
    /// <exception cref="StoreRefusal">The server does not promise that.</exception>
    /// <exception cref="NoConnection">The server does not let this user in.</exception>
    public async Task<NpgsqlConnection> Connect()
    {
        var connection = await Open(_single);
        try
        {
            await DemandPromises(connection);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// True for a fault that passes by itself: the connection or the server went away and the outcome is unknown, or
    /// the server has something else to do. What was asked is asked again.
    /// </summary>
    public static bool IsAway(Exception fault) => fault switch
    {
        NoConnection => true,
        PostgresException { SqlState: var state } =>
            Passing.Any(start => state.StartsWith(start, StringComparison.Ordinal)),
        CommitInDoubt or NpgsqlException or IOException or SocketException or TimeoutException
            or ObjectDisposedException => true,
        // What the driver breaks a connection with when the server's messages are others than it expects.
        _ => fault.GetType() == typeof(Exception),
    };

    /// <summary>The server's disk takes nothing more.</summary>
    public static bool IsFull(Exception fault) => fault is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    /// <summary>The server, or its driver, refuses what it was given, and would take something else.</summary>
    public static bool IsOfInput(Exception fault) =>
        fault is ArgumentException or PostgresException { SqlState: ['2', '2' or '3', ..] };

    /// <summary>What callers hear of a read that failed; null for a fault that is not the server's.</summary>
    public static StoreFault? Told(Exception fault) => fault switch
    {
        _ when IsAway(fault) =>
            new StoreFault("The PostgreSQL server does not answer; ask again.", fault) { IsPassing = true },
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } =>
            StoreFault.Damaged("The PostgreSQL database"),
        PostgresException { SqlState: var state } => new StoreFault(
            $"The PostgreSQL database cannot be read (error {state}).", fault)
        {
            IsPassing = !IsOfInput(fault), // A right that is missing, or a fault of its disk, is mended there.
        },
        _ when Damage.IsShownBy(fault) => StoreFault.Damaged("A row of the PostgreSQL database"),
        _ => null,
    };

    /// <summary>Why a database could not be opened, as one sentence.</summary>
    public StoreRefusal Refusal(Exception fault) => new(SqlStateOf(fault) switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"The PostgreSQL database {Name} does not let this user in.",
        PostgresErrorCodes.InvalidCatalogName => $"There is no PostgreSQL database {Name}.",
        PostgresErrorCodes.InsufficientPrivilege => NotAllowed,
        PostgresErrorCodes.ProtocolViolation => PoolerBetween,
        null => $"The PostgreSQL database {Name} cannot be reached.",
        var state => $"The PostgreSQL database {Name} cannot be opened (error {state}).",
    });

    /// <summary>The user may not make the tables.</summary>
    public StoreRefusal MayNotBeMade => new(NotAllowed);

    /// <summary>A copy of another store must not be used before it was compared.</summary>
    public StoreRefusal UnfinishedCopy =>
        new($"The PostgreSQL database {Name} is an unfinished copy; let ./osst migrate finish it.");

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await _single.DisposeAsync();
    }

    private string NotAllowed =>
        $"The user of the PostgreSQL database {Name} may not create or use the schema osst there.";

    private static string? SqlStateOf(Exception fault) =>
        ((fault is NoConnection ? fault.InnerException : fault) as PostgresException)?.SqlState;

    private static async Task<NpgsqlConnection> Open(NpgsqlDataSource source)
    {
        try
        {
            return await source.OpenConnectionAsync();
        }
        catch (PostgresException fault)
        {
            throw new NoConnection(fault);
        }
    }

    private string PoolerBetween =>
        $"A connection pooler stands between this process and the PostgreSQL database {Name}; it would give the "
        + "session's locks and settings to others. Name the server itself.";

    private async Task DemandPromises(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(PromisesSql, connection);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        // A pooler answers with a process of its own making, and may keep a session's settings from the server.
        if (row.GetInt32(7) != connection.ProcessID || row.GetString(8) != "force_generic_plan")
        {
            throw new StoreRefusal(PoolerBetween);
        }
        string[] settings = ["fsync", "full_page_writes", "synchronous_commit"];
        for (var i = 0; i < settings.Length; i++)
        {
            if (row.GetString(i) == "off")
            {
                throw new StoreRefusal(
                    $"The PostgreSQL database {Name} runs with {settings[i]} = off and could lose acknowledged work; "
                    + $"set {settings[i]} = on.");
            }
        }
        if (row.GetInt32(3) < OldestVersion)
        {
            throw new StoreRefusal($"PostgreSQL 15 or newer is needed; {Name} is {row.GetString(4)}.");
        }
        if (row.GetString(5) != "UTF8")
        {
            throw new StoreRefusal($"The PostgreSQL database {Name} must have the encoding UTF8.");
        }
        if (row.GetBoolean(6))
        {
            throw new StoreRefusal($"The PostgreSQL database {Name} is read-only.");
        }
    }
}

/// <summary>
/// The server refused the connection: another password, a rule about addresses, a database that is shut or has another
/// name. An operator puts that right, and then the process goes on.
/// </summary>
internal sealed class NoConnection(PostgresException fault) : Exception("The server refused the connection.", fault);
