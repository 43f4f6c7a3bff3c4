using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using OsstOrleans.Conformance.Tests;

namespace OsstOrleans.Benchmarks;

/// <summary>Processes pinned to a core each: servers to core 0, the load to core 1.</summary>
internal static partial class Pinned
{
    private const int Connections = 32;

    public static void RequireTools(params string[] tools)
    {
        foreach (var tool in tools)
        {
            if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
                .Any(folder => File.Exists(Path.Combine(folder, tool))))
            {
                throw new ToolMissing($"'{tool}' is needed; install it with your system's packages.");
            }
        }
    }

    /// <summary>Runs a program to its end and returns what it printed.</summary>
    public static async Task<string> RunToEnd(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? printed
            : throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}.");
    }

    public static PinnedServer Server(int port, string program, params string[] arguments) =>
        Server(port, [], program, arguments);

    /// <summary>A server with variables of its own.</summary>
    public static PinnedServer Server(
        int port, IEnumerable<(string Name, string Value)> variables, string program, params string[] arguments) =>
        new(port, Start("taskset", ["-c", "0", program, .. arguments], variables));

    /// <summary>Requests per second of one query from 32 connections; fails when any answer is not 200.</summary>
    public static Task<double> Load(int port, string query, string kind, string token, int seconds) =>
        Load(port, [query], kind, token, seconds);

    /// <summary>The same of queries in turn.</summary>
    public static async Task<double> Load(
        int port, IReadOnlyList<string> queries, string kind, string token, int seconds)
    {
        var script = Path.GetTempFileName();
        var bodies = queries.Select(query => $"[==[{JsonSerializer.Serialize(new { query })}]==]").ToArray();
        await File.WriteAllTextAsync(script, $$"""
            wrk.method = "POST"
            wrk.body = {{bodies[0]}}
            wrk.headers["Content-Type"] = "application/json"
            wrk.headers["Accept"] = "application/json"
            wrk.headers["Authorization"] = "Bearer {{token}}"
            {{(TokenPurpose.Of(token) is { } purpose ? $"wrk.headers[\"Osst-Purpose\"] = \"{purpose}\"" : "")}}
            {{(bodies.Length == 1 ? "" : InTurn(bodies))}}
            """);
        var printed = await RunToEnd(
            "taskset", "-c", "1", "wrk", "-t1", $"-c{Connections}", $"-d{seconds}s", "-s", script,
            $"http://127.0.0.1:{port}/graphql?{kind}");
        File.Delete(script);
        if (printed.Contains("Non-2xx", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The server on port {port} did not answer every request with 200.");
        }
        return double.Parse(RequestsPerSecond().Match(printed).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static string InTurn(string[] bodies) => $$"""
        local bodies = { {{string.Join(", ", bodies)}} }
        local number = 0
        function request()
            number = number % #bodies + 1
            return wrk.format(nil, nil, nil, bodies[number])
        end
        """;

    private static Process Start(
        string program, string[] arguments, params IEnumerable<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex RequestsPerSecond();
}

/// <summary>A server process; ended when disposed.</summary>
internal sealed class PinnedServer : IAsyncDisposable
{
    private readonly Process _process;

    public PinnedServer(int port, Process process)
    {
        (Port, _process) = (port, process);
        // Nobody reads what it prints; it must not block on a full pipe.
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <summary>What the process holds in memory now.</summary>
    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Waits until the port answers.</summary>
    public async Task Listens()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync("127.0.0.1", Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }
        throw new InvalidOperationException($"Nothing listens on port {Port}.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

/// <summary>A program that the benchmark needs is not installed; the message says which.</summary>
internal sealed class ToolMissing(string message) : Exception(message);
