using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// Ten thousand live metric subscriptions, each on a socket of its own, server on one core: how long after a durable
/// mutation was acknowledged the last subscribers have its figures, and what a subscription costs in memory.
/// </summary>
internal static class SubscribeBenchmark
{
    private const int Port = 5190;
    private const int Mutations = 20;

    private static readonly int Sockets = int.Parse(
        Environment.GetEnvironmentVariable("OSST_BENCH_SOCKETS") ?? "9900", CultureInfo.InvariantCulture);

    public static async Task<FigureTable> Run()
    {
        Pinned.RequireTools("taskset");
        var table = new FigureTable("subscribe");
        var folder = Directory.CreateTempSubdirectory("osst-bench-");
        var program = Path.Combine(AppContext.BaseDirectory, "osst.dll");
        await Pinned.RunToEnd("dotnet", program, "simulate", "--clients", "1000", "--data", folder.FullName);
        await using var server = Pinned.Server(
            Port, "dotnet", program, "run", "--quiet", "--port", $"{Port}", "--data", folder.FullName);
        await server.Listens();
        var issuer = new DevelopmentIssuer(TokenKey.Open(folder.FullName), TimeProvider.System);
        var before = server.MemoryBytes;
        await using (var swarm = await SocketSwarm.Open(
            new Uri($"ws://127.0.0.1:{Port}/graphql"), Sockets, caller => Token(issuer, $"app-{caller}")))
        {
            await Measure(table, swarm, Token(issuer, "worker"));
            table.Add(new Figure(
                "memory of a subscription and its socket", "bytes",
                [(server.MemoryBytes - before) / (double)Sockets]));
        }
        folder.Delete(recursive: true);
        return table;
    }

    private static async Task Measure(FigureTable table, SocketSwarm swarm, string token)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var (median, late, last) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < Mutations; i++)
        {
            var position = await Mutate(http, i);
            var waits = await swarm.WaitFor(position, Stopwatch.GetTimestamp());
            median.Add(waits[waits.Length / 2]);
            late.Add(waits[waits.Length * 99 / 100]);
            last.Add(waits[^1]);
        }
        var name = string.Create(CultureInfo.InvariantCulture, $"mutation to {Sockets:#,0} subscribers");
        table.Add(new Figure($"{name}, half of them", "ms", median));
        table.Add(new Figure($"{name}, 99 of 100", "ms", late));
        table.Add(new Figure($"{name}, all", "ms", last));
    }

    /// <summary>A durable change of the watched figures; its position in the log.</summary>
    private static async Task<long> Mutate(HttpClient http, int number)
    {
        const string Register = """
            mutation($id: ID!) { registerClient(input: { clientId: $id, municipality: "837", lastName: "Esimerkki",
              firstNames: "Synteettinen", birthYear: 1985, temporaryIdentifier: "T", synthetic: true }) { position } }
            """;
        var answer = await http.PostAsJsonAsync(
            new Uri("/graphql", UriKind.Relative),
            new { query = Register, variables = new { id = $"bench-{number}" } });
        var json = await answer.Content.ReadFromJsonAsync<JsonObject>();
        return json!["data"]!["registerClient"]!["position"]!.GetValue<long>();
    }

    private static string Token(DevelopmentIssuer issuer, string subject) =>
        issuer.Mint(Role.Coordinator, subject, Reach.Of("837"), TimeSpan.FromHours(1));
}
