using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// A small and a nested query over HTTP, one core for the server and one for the load, against a bare Kestrel endpoint
/// that answers the same bytes and against GraphQL servers for Node.js on the same data.
/// </summary>
internal static class GraphQLBenchmark
{
    public const string Small = """{ municipality(code: "837") { code name reviewIntervalDays } }""";

    public const string Nested =
        """{ caseload(municipality: "837", first: 100) { nodes { clientId status birthYear } } }""";

    private const int DemoClients = 1_000;

    /// <summary>Seconds of load before anything counts; the design says 60.</summary>
    private static readonly int WarmUpSeconds = int.Parse(
        Environment.GetEnvironmentVariable("OSST_BENCH_WARMUP_S") ?? "60", CultureInfo.InvariantCulture);

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

        await using (var platform = Pinned.Server(
            5180, "dotnet", program, "run", "--quiet", "--port", "5180", "--data", folder.FullName))
        {
            await platform.Listens();
            await SaveAnswers(token, data);
            await Measure(table, "OsstOrleans, embedded engine", 5180, token);
        }
        await using (var bare = Pinned.Server(
            5181, "dotnet", Path.Combine(Here, "OsstOrleans.Benchmarks.dll"), "serve-bare", "5181", data))
        {
            await bare.Listens();
            await Measure(table, "bare Kestrel, canned bytes", 5181, token);
        }
        foreach (var (name, script, port) in new[]
        {
            ("Mercurius with JIT", "mercurius.mjs", 5182), ("GraphQL Yoga", "yoga.mjs", 5183),
        })
        {
            await using var peer = Pinned.Server(port, "node", Path.Combine(Peers, script), data, $"{port}");
            await peer.Listens();
            await Measure(table, name, port, token);
        }
        folder.Delete(recursive: true);
        return table.WithRatios("bare Kestrel, canned bytes", "Mercurius with JIT");
    }

    private static async Task Measure(FigureTable table, string name, int port, string token)
    {
        foreach (var (kind, query) in new[] { ("small", Small), ("nested", Nested) })
        {
            await Pinned.Load(port, query, kind, token, WarmUpSeconds);
            await table.Measure(
                $"{name}: {kind}", "requests/s", () => Pinned.Load(port, query, kind, token, seconds: 4));
        }
    }

    /// <summary>The platform's own answers become the data of every peer.</summary>
    private static async Task SaveAnswers(string token, string file)
    {
        using var http = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:5180") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
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
