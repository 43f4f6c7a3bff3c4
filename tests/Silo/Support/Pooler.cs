using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OsstOrleans.Silo.Tests;

/// <summary>A real pgbouncer before a server, on a free port of 127.0.0.1. It ends with this process.</summary>
internal sealed class Pooler : IAsyncDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";

    /// <summary>Killed: told to end, newer ones first wait until every client has gone.</summary>
    private const string Watch = """
        "$@" </dev/null >/dev/null 2>&1 &
        pooler=$!
        cat >/dev/null
        kill -9 $pooler
        wait $pooler
        """;

    private readonly string _folder;
    private readonly Process _watcher;

    private Pooler(string folder, int port, Process watcher) => (_folder, Port, _watcher) = (folder, port, watcher);

    /// <summary>Why there is none on this machine; null where there is one.</summary>
    public static string? Missing { get; } = PostgresCluster.Missing
        ?? (File.Exists(Program) ? null : "pgbouncer is not installed.");

    public int Port { get; }

    /// <param name="server">The port of the server behind it.</param>
    /// <param name="mode">How sessions are shared: <c>transaction</c> or <c>session</c>.</param>
    /// <param name="ignored">Parameters of a start that it keeps from the server; others it refuses.</param>
    public static async Task<Pooler> Start(int server, string mode, string ignored)
    {
        var folder = Directory.CreateTempSubdirectory("osst-pooler-").FullName;
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "users"), "\"osst\" \"\"\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "ini"), $"""
            [databases]
            * = host=127.0.0.1 port={server.ToString(CultureInfo.InvariantCulture)}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port.ToString(CultureInfo.InvariantCulture)}
            unix_socket_dir =
            auth_type = trust
            auth_file = {folder}/users
            pool_mode = {mode}
            ignore_startup_parameters = extra_float_digits{(ignored.Length > 0 ? ", " + ignored : "")}
            """);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        string[] unprivileged = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];
        var watcher = Process.Start(new ProcessStartInfo(
            "bash", ["-c", Watch, "osst", .. unprivileged, Program, Path.Combine(folder, "ini")])
        {
            RedirectStandardInput = true,
        })!;
        var pooler = new Pooler(folder, port, watcher);
        await pooler.Answers();
        return pooler;
    }

    public async ValueTask DisposeAsync()
    {
        _watcher.StandardInput.Close();
        await Tool.EndOf(_watcher);
        _watcher.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Answers()
    {
        using var late = new CancellationTokenSource(Patience.Limit);
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port, late.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(10, late.Token);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
