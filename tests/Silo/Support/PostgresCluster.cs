using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace OsstOrleans.Silo.Tests;

/// <summary>
/// A real PostgreSQL of its own in a temporary folder, on a free port of 127.0.0.1, as an unprivileged user. It ends
/// with this process however that ends: a shell waits on a pipe that only this process holds open.
/// </summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string Watch = """
        "$@" </dev/null >>"$OSST_LOG" 2>&1 &
        server=$!
        trap '' INT TERM HUP
        echo $server
        cat >/dev/null
        kill -QUIT $server 2>/dev/null
        wait $server
        """;

    /// <summary>
    /// First it may start nothing more, then all are listed and killed, then they are waited for: while one is left,
    /// even in its last moment, a new server refuses to start.
    /// </summary>
    private const string KillAll = """
        kill -STOP "$1"
        all="$1 $(ps -o pid= --ppid "$1")"
        kill -9 $all || true
        for process in $all; do
            while state=$(ps -o stat= -p "$process") && [ "${state:0:1}" != Z ]; do sleep 0.01; done
        done
        """;

    /// <summary>In a mount namespace of its own a small disk lies on a folder.</summary>
    private const string OnDisk = """
        mount -t tmpfs -o size=32m,uid=$(id -u postgres),mode=700 none "$0" && exec "$@"
        """;

    /// <summary>What initdb, which takes seconds, makes: servers begin on copies.</summary>
    private static readonly Lazy<Task<string>> s_initialized = new(Initialize);

    private readonly string _folder;
    private readonly string[] _settings;
    private string? _disk;
    private Process? _watcher;
    private int _server;
    private int _databases;

    private PostgresCluster(string folder, string[] settings) => (_folder, _settings) = (folder, settings);

    public int Port { get; } = FreePort();

    /// <summary>Why there is none on this machine; null where there is one.</summary>
    public static string? Missing { get; } = Binaries() is not null ? null
        : "PostgreSQL 15 or newer is not installed (no initdb found).";

    /// <summary>Why no server here can have a small disk of its own; null where one can.</summary>
    public static string? NoDisk { get; } = Missing ?? (MayMount() ? null : "This machine lets us mount nothing.");

    /// <summary>The folder of initdb and its kin; null when there is none.</summary>
    public static string? Binaries() => (Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql") : [])
        .Where(version => int.TryParse(Path.GetFileName(version), out var number) && number >= 15)
        .OrderDescending().Select(version => Path.Combine(version, "bin"))
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    /// <param name="settings">For the server, e.g. <c>fsync=off</c>.</param>
    public static async Task<PostgresCluster> Start(params string[] settings)
    {
        var cluster = new PostgresCluster(await NewFolder(), settings);
        await Run("cp", "-a", await s_initialized.Value, $"{cluster._folder}/data");
        await cluster.Start();
        await cluster.Execute("CREATE ROLE osst LOGIN");
        return cluster;
    }

    /// <summary>A server with a small disk, where tables of the tablespace <c>small</c> lie.</summary>
    public static async Task<PostgresCluster> StartWithDisk()
    {
        var cluster = await Start();
        await cluster.EndWatcher();
        cluster._disk = Directory.CreateDirectory($"{cluster._folder}/disk").FullName;
        await cluster.Start();
        await cluster.Execute($"CREATE TABLESPACE small LOCATION '{cluster._disk}'");
        await cluster.Execute("GRANT CREATE ON TABLESPACE small TO osst");
        return cluster;
    }

    /// <summary>A file on the small disk, as this process sees it.</summary>
    public string OnSmallDisk(string file) => $"/proc/{_server}/root{_disk}/{file}";

    /// <summary>A second server that follows this one, and that can take over from it.</summary>
    public async Task<PostgresCluster> StartStandby()
    {
        var standby = new PostgresCluster(await NewFolder(), _settings);
        await Run([.. Unprivileged("pg_basebackup"), "-D", $"{standby._folder}/data", "-h", "127.0.0.1", "-p",
            Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-R", "-c", "fast", "--no-sync"]);
        await standby.Start();
        return standby;
    }

    /// <summary>Sets a server's setting for all sessions, and waits until they see it.</summary>
    public async Task Set(string setting, string value)
    {
        await Execute($"ALTER SYSTEM SET {setting} = '{value}'");
        await Reload(setting, value);
    }

    /// <summary>Takes a setting back.</summary>
    /// <param name="setting">Which.</param>
    /// <param name="value">What it was before.</param>
    public async Task Reset(string setting, string value)
    {
        await Execute($"ALTER SYSTEM RESET {setting}");
        await Reload(setting, value);
    }

    /// <summary>A connection string for the ordinary user.</summary>
    public string To(string database, string user = "osst") =>
        $"Host=127.0.0.1;Port={Port};Username={user};Database={database}";

    /// <summary>A new, empty database of the ordinary user.</summary>
    public async Task<string> NewDatabase()
    {
        var name = $"osst_{Interlocked.Increment(ref _databases)}";
        await Execute($"CREATE DATABASE {name} OWNER osst TEMPLATE template0");
        return name;
    }

    public Task Drop(string database) => Execute($"DROP DATABASE {database} WITH (FORCE)");

    /// <summary><c>kill -9</c> of the server and all of its processes.</summary>
    public async Task Kill()
    {
        await Run("bash", "-c", KillAll, "osst", _server.ToString(CultureInfo.InvariantCulture));
        await EndWatcher();
    }

    /// <summary>Starts the server on what is in its folder, and waits until it answers.</summary>
    public async Task Start()
    {
        string[] onDisk = _disk is null ? [] : ["unshare", "-m", "bash", "-c", OnDisk, _disk];
        var start = new ProcessStartInfo("bash", ["-c", Watch, "osst", .. onDisk, .. Unprivileged("postgres"),
            "-D", $"{_folder}/data", "-k", _folder, "-p", Port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200",
            .. _settings.SelectMany(setting => new[] { "-c", setting })])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["OSST_LOG"] = $"{_folder}/log" },
        };
        _watcher = Process.Start(start)!;
        _server = int.Parse((await _watcher.StandardOutput.ReadLineAsync().Patiently())!, CultureInfo.InvariantCulture);
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await Execute("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (watch.Elapsed < Patience.Limit && IsRunning())
            {
                await Task.Delay(20);
            }
            catch (NpgsqlException fault)
            {
                throw new InvalidOperationException(
                    "PostgreSQL did not start: " + await File.ReadAllTextAsync($"{_folder}/log"), fault);
            }
        }
    }

    /// <summary>Runs SQL as the cluster's administrator.</summary>
    public Task Execute(string sql, string database = "postgres") => Scalar(sql, database);

    /// <summary>Runs SQL as the cluster's administrator, and answers with its first value.</summary>
    public async Task<object?> Scalar(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(To(database, "postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private async Task Reload(string setting, string value)
    {
        await Execute("SELECT pg_reload_conf()");
        // New sessions see it when the postmaster has read it.
        await Patience.Until(async () => await Scalar($"SELECT current_setting('{setting}')") as string == value);
    }

    public async ValueTask DisposeAsync()
    {
        await EndWatcher();
        Directory.Delete(_folder, recursive: true);
    }

    private bool IsRunning()
    {
        using var server = Process.GetProcesses().FirstOrDefault(process => process.Id == _server);
        return server is not null;
    }

    private async Task EndWatcher()
    {
        if (_watcher is { } watcher)
        {
            watcher.StandardInput.Close();
            await Tool.EndOf(watcher);
            watcher.Dispose();
            _watcher = null;
        }
    }

    private static async Task<string> Initialize()
    {
        var folder = await NewFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        await Run([.. Unprivileged("initdb"), "-D", $"{folder}/data", "-U", "postgres", "-A", "trust",
            "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]);
        return $"{folder}/data";
    }

    private static async Task<string> NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("osst-pg-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            await Run("chown", "postgres", folder);
        }
        return folder;
    }

    private static bool MayMount()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return false;
        }
        using var probe = Process.Start(
            "unshare", ["-m", "mount", "-t", "tmpfs", "-o", "size=64k", "none", Path.GetTempPath()]);
        return probe.WaitForExit(Patience.Limit) && probe.ExitCode == 0;
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static IEnumerable<string> Unprivileged(string program) => Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", Path.Combine(Binaries()!, program)]
        : [Path.Combine(Binaries()!, program)];

    private static Task Run(params string[] command) => Tool.Run(command[0], command[1..]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
