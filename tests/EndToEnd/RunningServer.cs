using System.Globalization;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary><c>osst run</c> on 127.0.0.1 and a port of the kernel's choice, and tokens for it.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly string _folder;

    private RunningServer(Osst process, string folder, string address)
    {
        Process = process;
        _folder = folder;
        _http = new HttpClient { BaseAddress = new Uri(address), Timeout = Patience.Limit };
    }

    public Osst Process { get; }

    public Uri Address => _http.BaseAddress!;

    /// <summary>Starts on a data folder in this process, and waits until it listens and has loaded what it was told to.
    /// </summary>
    public static Task<RunningServer> Start(TestFolder folder, params IEnumerable<string> options) =>
        Answering(new OsstHere([.. Verb(folder.Data), .. options]), folder.Data);

    /// <summary>The same in a process of its own, which can be killed.</summary>
    public static Task<RunningServer> StartProcess(TestFolder folder, params IEnumerable<string> options) =>
        Answering(OsstProcess.Start([.. Verb(folder.Data), .. options]), folder.Data);

    /// <summary>The arguments of a start.</summary>
    public static IEnumerable<string> Verb(string data, int port = 0) =>
        ["run", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", data];

    /// <summary>Waits until a started process listens.</summary>
    public static async Task<RunningServer> Answering(Osst process, string data) =>
        new(process, data, await process.Line("OsstOrleans listens on "));

    /// <summary>The process that was started for it.</summary>
    public OsstProcess OwnProcess => (OsstProcess)Process;

    /// <summary><c>kill -9</c> of its own process.</summary>
    public Task Kill() => OwnProcess.Kill();

    /// <summary>A client with a token of its own; without one for a null role.</summary>
    public GraphQLClient As(Role? role, string municipality = "320", string subject = "tester") =>
        new(_http, role is { } known ? Token(known, municipality, subject) : null);

    /// <summary>A token for a role; for a municipality where the role needs one.</summary>
    public string Token(Role role, string municipality = "320", string subject = "tester") =>
        Token(role, AccessPolicy.NamesItsRegisters(role) ? Reach.Of(municipality) : Reach.All, subject);

    /// <summary>A token for a role in these registers.</summary>
    public string Token(Role role, Reach reach, string subject = "tester") =>
        new DevelopmentIssuer(TokenKey.Open(_folder), TimeProvider.System).Mint(
            role, subject, reach, TimeSpan.FromMinutes(30), ["registry", "kela", "crm"]);

    /// <summary>A client with this bearer token.</summary>
    public GraphQLClient With(string? token) => new(_http, token);

    /// <summary>What signs this server's tokens.</summary>
    public byte[] Key => File.ReadAllBytes(Path.Combine(_folder, TokenKey.FileName));

    /// <summary>The position of the log's last event.</summary>
    public async Task<long> Position()
    {
        var data = await As(Role.Researcher).Query("{ avainOutcomes { asOf { position } } }");
        return data.At("avainOutcomes", "asOf", "position").GetInt64();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Process.DisposeAsync();
    }
}

/// <summary>A server with the data set and 200 synthetic clients, shared by the tests that ask it.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private RunningServer? _server;

    internal RunningServer Server => _server!;

    public async Task InitializeAsync() => _server = await RunningServer.StartProcess(_folder, "--demo", "200");

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>The tests of one demo server, one after the other: some compare positions of the log.</summary>
[CollectionDefinition("demo")]
public sealed class DemoCollection : ICollectionFixture<DemoServer>;
