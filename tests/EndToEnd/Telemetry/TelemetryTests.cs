using System.Text;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.EndToEnd.Tests.Telemetry;

/// <summary>What leaves the process for those who watch it: all that they need, and nothing of anybody.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private const string Client = "c-salainen-4711";
    private const string LastName = "Salaisenniemi-Näkymätön";
    private const string Words = "Ilmiantamaton";
    private const string Subject = "tester";

    private static readonly string[] Secrets =
        [Client, LastName, Words, Subject, "kaniini-5", "clientId", "registerClient", "lastName", "eyJ"];

    private readonly TestFolder _folder = new();
    private OtlpReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await OtlpReceiver.Start();

    public async Task DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task No_name_no_id_and_no_word_of_a_request_is_in_what_is_exported()
    {
        await using (var server = await Start())
        {
            await Work(server);
            Assert.Equal(0, (await server.Process.Stop()).ExitCode);
        }
        foreach (var signal in (string[])["traces", "metrics", "logs"])
        {
            var bodies = _receiver.Of(signal);
            Assert.NotEmpty(bodies);
            foreach (var secret in Secrets.SelectMany(Spellings))
            {
                Assert.All(bodies, body => Assert.True(
                    body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{signal} tell '{secret}'"));
            }
        }
    }

    [Fact]
    public async Task One_trace_goes_from_the_request_to_the_disk_and_metrics_have_their_names()
    {
        const string Trace = "0AF7651916CD43DD8448EB211C80319C";
        await using (var server = await Start())
        {
            await Register(server, $"00-{Trace.ToLowerInvariant()}-b7ad6b7169203331-01");
            Assert.Equal(0, (await server.Process.Stop()).ExitCode);
        }
        var spans = _receiver.Of("traces").SelectMany(ExportedSpan.In).Where(span => span.Trace == Trace).ToArray();
        string[] path = ["POST /graphql", "graphql mutation", "call", "turn", "append", "fsync"];
        var parent = "B7AD6B7169203331";
        foreach (var name in path)
        {
            var found = spans.Where(span => span.Name == name && span.Parent == parent).ToArray();
            Assert.True(found.Length == 1, $"{name}: {string.Join(", ", spans.Select(span => span.Name))}");
            parent = found[0].Id;
        }
        var metrics = _receiver.Of("metrics").Select(Encoding.UTF8.GetString).ToArray();
        foreach (var name in (string[])[
            InstrumentNames.CallLatency, InstrumentNames.FsyncTime, InstrumentNames.Activations,
            InstrumentNames.FeedLag, "osst-graphql-latency", "http.server.request.duration"])
        {
            Assert.Contains(metrics, text => text.Contains(name));
        }
        Assert.Contains(metrics, text => text.Contains("RegisterClient") && text.Contains("service.version"));
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_sent()
    {
        await using (var server = await RunningServer.Start(_folder, "--quiet"))
        {
            await Register(server);
            Assert.Equal(0, (await server.Process.Stop()).ExitCode);
        }
        Assert.Empty(_receiver.Of("traces").Concat(_receiver.Of("metrics")).Concat(_receiver.Of("logs")));
    }

    private Task<RunningServer> Start() => RunningServer.Answering(
        OsstProcess.Start(_receiver.Variables, [.. RunningServer.Verb(_folder.Data), "--quiet"]), _folder.Data);

    /// <summary>Everything that could carry a word to where it does not belong.</summary>
    private static async Task Work(RunningServer server)
    {
        await Register(server, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        var worker = server.As(Role.Coordinator);
        await worker.Query(
            "query Ilmiantamaton($id: ID!) { client(id: $id) { lastName history { version } } }",
            new { id = Client });
        await worker.TryMutate("receiveReferral", new
        {
            clientId = Client,
            referralId = Words,
            source = "KELA",
            reason = "REDUCTION20",
            urgency = 99,
        });
        await worker.Send($"{{ client(id: \"{Client}\") {{ {Words} }} }}");
        await worker.Send($"{{ {LastName} ");
        await worker.SendBody($"{{\"query\": \"{LastName}");
        await worker.Send(new HttpRequestMessage(HttpMethod.Get, "/graphql?query="
            + Uri.EscapeDataString($"{{ client(id: \"{Client}\") {{ lastName }} }}") + $"&operationName={Words}"));
        await worker.Send(new HttpRequestMessage(HttpMethod.Get, $"/{Words}/{Client}?name={LastName}"));
        await worker.Send(new HttpRequestMessage(new HttpMethod("KANIINI-5"), "/graphql"));
        await server.With($"eyJ{Words}").Send("{ me { role } }");
    }

    private static async Task Register(RunningServer server, string? traceParent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent(
                "{\"query\":\"mutation { registerClient(input: {clientId: \\\"" + Client + "\\\", lastName: \\\""
                + LastName + "\\\", firstNames: \\\"" + Words + "\\\", municipality: \\\"320\\\", birthYear: 1980, "
                + "temporaryIdentifier: \\\"T-kaniini-5\\\", synthetic: true}) { accepted } }\"}",
                Encoding.UTF8, "application/json"),
        };
        if (traceParent is not null)
        {
            request.Headers.Add("traceparent", traceParent);
            request.Headers.Add("tracestate", $"osst={Client}");
            request.Headers.Add("baggage", $"name={Uri.EscapeDataString(LastName)},word={Words}");
        }
        var answer = await server.As(Role.Coordinator).Send(request);
        Assert.Contains("\"accepted\":true", answer.Text);
    }

    private static IEnumerable<string> Spellings(string secret) =>
    [
        secret, Uri.EscapeDataString(secret), secret.ToUpperInvariant(),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(secret + "   "))[..(secret.Length / 3 * 4)],
    ];
}
