using System.Net;
using System.Net.Sockets;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>What those who start and stop processes are told.</summary>
public sealed class HealthTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly HttpClient _http = new();

    [Fact]
    public async Task While_it_loads_a_process_lives_and_is_not_ready()
    {
        var port = FreePort();
        await using var process = OsstProcess.Start(
            [.. RunningServer.Verb(_folder.Data, port), "--demo", "2000", "--quiet"]);
        await Becomes(port, "startup", HttpStatusCode.ServiceUnavailable, "loading");
        await Becomes(port, "live", HttpStatusCode.OK, "live");
        await Becomes(port, "ready", HttpStatusCode.ServiceUnavailable, "loading");
        await Becomes(port, "ready", HttpStatusCode.OK, "ready");
        await Becomes(port, "startup", HttpStatusCode.OK, "started");
        await Becomes(port, "staff", HttpStatusCode.OK, "ready");
        Assert.Equal(0, (await process.Stop()).ExitCode);
    }

    [Fact]
    public async Task Told_to_stop_it_says_that_it_drains_and_serves_on_for_as_long_as_it_was_told()
    {
        var settings = Path.Combine(_folder.Path, "settings.json");
        await File.WriteAllTextAsync(settings, """{"http": {"drainDelay": 3}}""");
        await using var server = await RunningServer.Start(_folder, "--quiet", "--settings", settings);
        var port = server.Address.Port;
        var stopped = server.Process.Stop();
        await Becomes(port, "ready", HttpStatusCode.ServiceUnavailable, "draining");
        await Becomes(port, "live", HttpStatusCode.OK, "live");
        Assert.NotNull((await server.As(null).Send("{ me { role } }")).Code); // Answered: with UNAUTHENTICATED.
        Assert.Equal(0, (await stopped).ExitCode);
    }

    [PostgresFact]
    public async Task A_database_that_goes_away_makes_a_process_unready_and_never_dead()
    {
        await using var cluster = await PostgresCluster.Start();
        await using var server = await RunningServer.Start(
            _folder, "--quiet", "--store", "postgres", "--postgres", cluster.To(await cluster.NewDatabase()));
        var port = server.Address.Port;
        await Becomes(port, "ready", HttpStatusCode.OK, "ready");
        await cluster.Kill();
        await Becomes(port, "ready", HttpStatusCode.ServiceUnavailable, "store-away");
        await Becomes(port, "live", HttpStatusCode.OK, "live");
        await Becomes(port, "startup", HttpStatusCode.OK, "started");
        await cluster.Start();
        await Becomes(port, "ready", HttpStatusCode.OK, "ready");
        Assert.Equal(0, (await server.Process.Stop()).ExitCode);
    }

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    /// <summary>Asks until the answer is this one.</summary>
    private Task Becomes(int port, string question, HttpStatusCode status, string word) => Patience.Until(
        () => Told(port, question), told => told == $"{status} {word}", $"{question} is {word}");

    private async Task<string> Told(int port, string question)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/{question}"));
            return $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        }
        catch (HttpRequestException)
        {
            return "no answer"; // It does not listen yet.
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
