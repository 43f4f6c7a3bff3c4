using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OsstOrleans.Gateway.Engines;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Conformance.Tests;

/// <summary>The program as a user starts it, on a data folder of its own.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = Patience.Limit;

    private readonly string _data = Directory.CreateTempSubdirectory("osst-conformance-").FullName;
    private readonly int _port = FreePort();
    private Process? _process;

    public string Address => $"http://127.0.0.1:{_port}/graphql";

    public async Task InitializeAsync() => await Start();

    /// <summary>Starts the program; what is given beside the address and the data folder.</summary>
    public async Task Start(params string[] options)
    {
        string[] arguments =
        [
            OsstProgram.File, "run", "--quiet",
            "--port", _port.ToString(), "--data", _data, "--graphql", GraphQLEngines.NameOf(Engine.Current), .. options,
        ];
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        using var patience = new CancellationTokenSource(s_patience);
        string? line;
        do
        {
            // A busy machine may have Orleans warn of a slow turn first.
            line = await _process.StandardOutput.ReadLineAsync(patience.Token);
            Assert.NotNull(line);
        }
        while (line?.Contains("listens", StringComparison.Ordinal) is not true);
    }

    /// <summary>What every script needs to reach the server; <c>TOKEN</c> is of the role.</summary>
    internal Dictionary<string, string> Environment(Role role) => new()
    {
        ["ADDRESS"] = Address,
        ["TOKEN"] = Mint(role, TimeSpan.FromHours(1)),
        ["OPERATOR"] = Mint(Role.Operator, TimeSpan.FromHours(1)),
        ["WORKER"] = Mint(Role.Coordinator, TimeSpan.FromHours(1), "320"),
        ["COORDINATOR"] = Mint(Role.Coordinator, TimeSpan.FromHours(1), "320"),
        ["OTHER_WORKER"] = Mint(Role.Coordinator, TimeSpan.FromHours(1), "837"),
        ["SHORT"] = string.Join(' ', new[] { 4, 8, 16, 32 }.Select(left => EndingIn(TimeSpan.FromSeconds(left)))),
    };

    public async Task DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await Tool.EndOf(process);
            process.Dispose();
        }
        Directory.Delete(_data, recursive: true);
    }

    private string Mint(Role role, TimeSpan validFor, string? municipality = null) =>
        new DevelopmentIssuer(TokenKey.Open(_data), TimeProvider.System).Mint(
            role, "conformance", municipality is null ? Reach.All : Reach.Of(municipality), validFor);

    /// <summary>A worker's token that the server takes for so long yet.</summary>
    private string EndingIn(TimeSpan left)
    {
        var before = new StoppedClock(
            TimeProvider.System.GetUtcNow() + left - TokenTimes.Leeway - TimeSpan.FromHours(1));
        return new DevelopmentIssuer(TokenKey.Open(_data), before).Mint(
            Role.Coordinator, "conformance", Reach.Of("320"), TimeSpan.FromHours(1));
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
