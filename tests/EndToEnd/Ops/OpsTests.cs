using System.Net;
using System.Text.Json;

namespace OsstOrleans.EndToEnd.Tests.Ops;

/// <summary>What an operator is told of a process, and nobody else.</summary>
public sealed class OpsTests : IAsyncLifetime
{
    private const string Client = "c-salainen-4712";

    private readonly TestFolder _folder = new();
    private RunningServer _server = null!;

    public async Task InitializeAsync()
    {
        var settings = Path.Combine(_folder.Path, "settings.json");
        await File.WriteAllTextAsync(settings, """{"operations": {"antiEntropyEvery": 1}}""");
        _server = await RunningServer.Start(_folder, "--quiet", "--settings", settings);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Only_an_operator_reads_the_figures()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var answer = await Ask(_server.As(role));
            Assert.Equal(role == Role.Operator ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.Status);
            Assert.Equal(role == Role.Operator ? null : "FORBIDDEN", answer.Code);
        }
        var nobody = await Ask(_server.As(null));
        Assert.Equal((HttpStatusCode.Unauthorized, "UNAUTHENTICATED"), (nobody.Status, nobody.Code));
    }

    [Fact]
    public async Task Every_figure_has_its_place_and_no_client_has()
    {
        await Work();
        var answer = await Ask(_server.As(Role.Operator));
        var ops = answer.Json;
        Assert.Equal("run", ops.At("process", "role").GetString());
        Assert.Equal("ready", ops.At("process", "state").GetString());
        Assert.Equal("sqlite", ops.At("writes", "store").GetString());
        Assert.Equal(1, Count(ops.At("grains", "turns"), "client RegisterClient"));
        Assert.Equal(1, Count(ops.At("calls"), "client RegisterClient"));
        Assert.Equal(1, Count(ops.At("grains", "turns"), "client read"));
        Assert.True(ops.At("writes", "durable").GetInt64() >= 2);
        Assert.True(ops.At("writes", "fsyncMs", "p99").GetDouble() > 0);
        Assert.Equal(1, ops.At("grains", "activations").EnumerateArray()
            .Single(kind => kind.GetProperty("kind").GetString() == "client").GetProperty("count").GetInt64());
        Assert.Equal(ops.At("feed", "logPosition").GetInt64(), ops.At("feed", "position").GetInt64());
        Assert.Contains(ops.At("graphQL", "operations").EnumerateArray(), operation =>
            operation.GetProperty("kind").GetString() == "mutation"
            && operation.GetProperty("outcome").GetString() == "success");
        Assert.Contains(ops.GetProperty("limits").EnumerateArray(), limit =>
            limit.GetProperty("code").GetString() == "LIMIT_ALIASES");
        Assert.DoesNotContain(Client, answer.Text);
        Assert.DoesNotContain("Synteettinen", answer.Text);
        Assert.DoesNotContain("tester", answer.Text);
    }

    [Fact]
    public async Task Caseloads_are_compared_with_the_log_by_and_by()
    {
        await Work();
        var check = await Patience.Until(
            async () => (await Ask(_server.As(Role.Operator))).Json.GetProperty("antiEntropy"),
            told => told.GetProperty("checks").GetInt64() >= 1);
        Assert.Equal("320", check.GetProperty("municipality").GetString());
        Assert.Empty(check.GetProperty("differences").EnumerateArray());
    }

    private static Task<Answer> Ask(GraphQLClient client) =>
        client.Send(new HttpRequestMessage(HttpMethod.Get, "/ops.json"));

    private static long Count(JsonElement calls, string call) => calls.EnumerateArray()
        .Where(c => $"{c.GetProperty("kind")} {c.GetProperty("command")}" == call)
        .Select(c => c.GetProperty("count").GetInt64()).SingleOrDefault();

    private async Task Work()
    {
        var worker = _server.As(Role.Coordinator);
        await worker.Mutate("registerClient", new
        {
            clientId = Client,
            municipality = "320",
            lastName = "Synteettinen",
            firstNames = "Esimerkki",
            birthYear = 1980,
            temporaryIdentifier = "T-ops",
            synthetic = true,
        });
        await worker.Query("query($id: ID!) { client(id: $id) { lastName } }", new { id = Client });
        var aliases = string.Join(' ', Enumerable.Range(0, 300).Select(n => $"a{n}: me {{ role }}"));
        Assert.Equal("LIMIT_ALIASES", (await worker.Send($"{{ {aliases} }}")).Code);
    }
}
