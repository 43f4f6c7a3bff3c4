using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using OsstOrleans.Gateway;
using OsstOrleans.Gateway.Operations;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Conformance.Tests.Operations;

/// <summary>What a process tells that hosts grains for others; here with the engine that every build has.</summary>
public sealed class SiloServerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("osst-silo-").FullName;
    private readonly HttpClient _http = new();
    private Platform _silo = null!;
    private Server _server = null!;
    private DevelopmentIssuer _issuer = null!;

    public async Task InitializeAsync()
    {
        _silo = await Platform.Prepare(
            new StoreAddress(_folder), TimeProvider.System, ClusterPlace.Here with { FollowsLog = false });
        _issuer = new DevelopmentIssuer(TokenKey.Open(_folder), TimeProvider.System);
        var tokens = new Tokens([_issuer], TimeProvider.System);
        _server = await Server.Start(_silo, tokens, port: 0, new ServerOptions { Role = "silo" });
        _server.Health.Loaded();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        await _silo.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_silo_tells_of_its_grains_and_its_writes_and_has_no_more_to_tell()
    {
        var caller = new Caller(Role.Operator, "tester", Reach.All);
        await _silo.Grains.Execute(
            GrainName.Municipality("837"), new RegisterMunicipality("Tampere"), new Envelope(Guid.NewGuid(), caller));
        var (status, text) = await Get("/ops.json", Role.Operator);
        Assert.Equal(HttpStatusCode.OK, status);
        var ops = JsonElement.Parse(text);
        Assert.Equal("silo", ops.GetProperty("process").GetProperty("role").GetString());
        Assert.Equal("ready", ops.GetProperty("process").GetProperty("state").GetString());
        var turn = Assert.Single(ops.GetProperty("grains").GetProperty("turns").EnumerateArray());
        Assert.Equal("RegisterMunicipality", turn.GetProperty("command").GetString());
        Assert.Equal(1, ops.GetProperty("writes").GetProperty("durable").GetInt64());
        string[] others = ["calls", "feed", "antiEntropy", "graphQL"];
        Assert.All(others, part => Assert.False(ops.TryGetProperty(part, out _)));
    }

    [Fact]
    public async Task Its_figures_are_an_operators_and_its_health_everybodys()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await Get("/ops.json", Role.Coordinator)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Get("/ops.json", null)).Status);
        Assert.Equal((HttpStatusCode.OK, "ready"), await Get("/health/ready", null));
        Assert.Equal((HttpStatusCode.OK, "started"), await Get("/health/startup", null));
        Assert.Equal((HttpStatusCode.OK, "live"), await Get("/health/live", null));
        // The operators' page is there, too; without a session it leads to the sign-in.
        Assert.Contains("<button name=\"role\" value=\"operator\"", (await Get("/ops", null)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await Get("/graphql", null)).Status);
    }

    private async Task<(HttpStatusCode Status, string Text)> Get(string path, Role? role)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Address + path));
        if (role is { } known)
        {
            var token = _issuer.Mint(known, "tester", Reach.Of("837"), TimeSpan.FromMinutes(5));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        using var answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
