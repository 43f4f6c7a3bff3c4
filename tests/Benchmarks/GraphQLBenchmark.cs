using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OsstOrleans.Conformance.Tests;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// A small and a nested query over HTTP, one core for the server and one for the load, against a bare Kestrel endpoint
/// that answers the same bytes, against GraphQL.NET on Kestrel and against GraphQL servers for Node.js, all on the same
/// data.
/// </summary>
internal static class GraphQLBenchmark
{
    public const string Small = """{ municipality(code: "837") { code name reviewIntervalDays } }""";

    public const string Nested =
        """{ caseload(municipality: "837", first: 100) { nodes { clientId status birthYear } } }""";

    private const string Bare = "bare Kestrel, canned bytes";
    private const string Mercurius = "Mercurius with JIT";
    private const string GraphQLDotNet = "GraphQL.NET 8.8.5";
    private const int DemoClients = 1_000;

    /// <summary>The design says 60 s of load before anything counts.</summary>
    private static readonly Turns Turns = new(Rounds: 9, Seconds: 4, WarmUpSeconds: int.Parse(
        Environment.GetEnvironmentVariable("OSST_BENCH_WARMUP_S") ?? "60", CultureInfo.InvariantCulture));

    private static string Here => AppContext.BaseDirectory;

    private static string Peers => Path.GetFullPath(Path.Combine(Here, "../../../peers"));

    public static async Task<FigureTable> Run()
    {
        var table = new FigureTable("graphql");
        Pinned.RequireTools("wrk", "taskset", "node", "npm");
        await Pinned.RunToEnd(Path.Combine(Peers, "../../../.ci/npm"), Peers);
        var folder = Directory.CreateTempSubdirectory("osst-bench-");
        var program = Path.Combine(Here, "osst.dll");
        await Pinned.RunToEnd("dotnet", program, "simulate", "--clients", $"{DemoClients}", "--data", folder.FullName);
        var token = (await Pinned.RunToEnd("dotnet", program, "token", "--role", "coordinator", "--municipality", "837",
            "--data", folder.FullName)).Trim();
        var data = Path.Combine(folder.FullName, "answers.json");

        await using var platform = Pinned.Server(
            5180, "dotnet", program, "run", "--quiet", "--port", "5180", "--data", folder.FullName,
            "--graphql", "own");
        await platform.Listens();
        await SaveAnswers(token, data);
        await using var bare = Pinned.Server(
            5181, "dotnet", Path.Combine(Here, "OsstOrleans.Benchmarks.dll"), "serve-bare", "5181", data);
        await using var mercurius = Pinned.Server(5182, "node", Path.Combine(Peers, "mercurius.mjs"), data, "5182");
        await using var yoga = Pinned.Server(5183, "node", Path.Combine(Peers, "yoga.mjs"), data, "5183");
        await using var dotNet = Pinned.Server(
            5184, "dotnet", Path.Combine(Here, "OsstOrleans.Benchmarks.dll"), "serve-graphql-net", "5184", data);
        (string Name, PinnedServer Server)[] servers =
        [
            ("OsstOrleans, own engine", platform), (Bare, bare), (GraphQLDotNet, dotNet), (Mercurius, mercurius),
            ("GraphQL Yoga", yoga),
        ];
        await Task.WhenAll(servers.Select(server => server.Server.Listens()));
        foreach (var (kind, query) in new[] { ("small", Small), ("nested", Nested) })
        {
            await Turns.Measure(table, kind, "requests/s", [.. servers.Select(one => new Contender(
                one.Name, seconds => Pinned.Load(one.Server.Port, query, kind, token, seconds)))]);
        }
        folder.Delete(recursive: true);
        return table.WithRatios(Bare, Mercurius, GraphQLDotNet);
    }

    /// <summary>The platform's own answers become the data of every peer.</summary>
    private static async Task SaveAnswers(string token, string file)
    {
        using var http = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:5180") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Add("Osst-Purpose", TokenPurpose.Of(token));
        var answers = new JsonObject();
        foreach (var query in new[] { Small, Nested })
        {
            var answer = await http.PostAsJsonAsync(new Uri("/graphql", UriKind.Relative), new { query });
            var json = await answer.Content.ReadFromJsonAsync<JsonObject>();
            foreach (var (field, value) in json!["data"]!.AsObject())
            {
                answers[field] = value!.DeepClone();
            }
        }
        await File.WriteAllTextAsync(file, answers.ToJsonString());
    }
}
