using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Benchmarks;

/// <summary>The part of <see cref="HouseBenchmark"/> that starts processes.</summary>
internal static class HouseProcesses
{
    private const int Port = 5220;
    private const int Clients = 256;

    private static string Program => Path.Combine(AppContext.BaseDirectory, "osst.dll");

    /// <summary>Server on one core, load on the other; each request is another client's, with a durable line each.
    /// </summary>
    public static async Task Http(FigureTable table, Turns turns, string name)
    {
        Pinned.RequireTools("wrk", "taskset");
        var (server, token, folder) = await Serve();
        try
        {
            foreach (var (kind, query) in new (string, Func<int, string>)[]
            {
                ("mutation", Command), ("read of a person", Person),
            })
            {
                var queries = Enumerable.Range(0, Clients).Select(query).ToArray();
                await turns.Measure(table, $"{kind} over HTTP, connections 32", "requests/s", new Contender(
                    name, seconds => Pinned.Load(server.Port, queries, "house", token, seconds)));
            }
        }
        finally
        {
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(PinnedServer Server, string Token, string Folder)> Serve()
    {
        var address = Workplace.NewAddress();
        await using (var place = await Workplace.Open(address))
        {
            await place.RegisterClients(Clients);
            place.KeepFolder = true;
        }
        var server = Pinned.Server(
            Port, "dotnet", [Program, "run", "--quiet", "--port", $"{Port}", "--data", address.Folder]);
        await server.Listens();
        var token = new DevelopmentIssuer(TokenKey.Open(address.Folder), TimeProvider.System).Mint(
            Role.Coordinator, "bench", Reach.Of("837"), TimeSpan.FromHours(1));
        await AssertAnswers(Port, token, Command(0), "recordContactAttempt");
        await AssertAnswers(Port, token, Person(0), "client");
        return (server, token, address.Folder);
    }

    /// <summary>An empty folder, and the one that OSST_BENCH_DATA names, filled by ./osst simulate and this build.
    /// </summary>
    public static async Task Starts(FigureTable table, int rounds, string name)
    {
        var turns = new Turns(rounds, Seconds: 0, WarmUpSeconds: 0);
        var empty = Directory.CreateTempSubdirectory("osst-bench-").FullName;
        await Of("start, empty folder", empty);
        Directory.Delete(empty, recursive: true);
        if (Environment.GetEnvironmentVariable("OSST_BENCH_DATA") is { } filled)
        {
            var bytes = new DirectoryInfo(filled).EnumerateFiles().Sum(file => file.Length);
            await Of(string.Create(CultureInfo.InvariantCulture, $"start, folder of {bytes / 1e9:0.0} GB"), filled);
        }

        async Task Of(string kind, string folder)
        {
            var token = (await Pinned.RunToEnd(
                "dotnet", Program, "token", "--role", "researcher", "--data", folder)).Trim();
            await turns.Measure(
                table, kind, "ms", new Contender(name, _ => StartBenchmark.FirstAnswer(folder, token)));
        }
    }

    private static string Command(int client) => $$"""
        mutation { recordContactAttempt(input: { clientId: "bench-{{client}}", channel: PHONE, reached: true }) {
        accepted version } }
        """;

    private static string Person(int client) =>
        $$"""{ client(id: "bench-{{client}}") { lastName firstNames version } }""";

    /// <summary>An error is answered with 200, too, and would be measured as fast work.</summary>
    private static async Task AssertAnswers(int port, string token, string query, string field)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.Add("Osst-Purpose", "client-work");
        using var answer = await http.PostAsJsonAsync(new Uri("/graphql", UriKind.Relative), new { query });
        var json = await answer.Content.ReadFromJsonAsync<JsonObject>();
        if (json?["errors"] is not null || json?["data"]?[field] is null)
        {
            throw new InvalidOperationException($"{field} is not answered: {json?.ToJsonString()}");
        }
    }
}
