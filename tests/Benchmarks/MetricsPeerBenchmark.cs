using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OsstOrleans.Gateway;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Tests;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// Live metrics of all 300 municipalities with 200 000 clients over HTTP, against PostGraphile over a table of the same
/// clients: each on one core, PostgreSQL together with PostGraphile, and the load on the other. Whoever has no turn is
/// idle. Both are as live: a materialized view would not be.
/// </summary>
internal static class MetricsPeerBenchmark
{
    private const int Clients = 200_000;
    private static readonly Turns Turns = new(Rounds: 5, Seconds: 10, WarmUpSeconds: 20);
    private const int Port = 5184;
    private const string Peer = "PostGraphile and PostgreSQL";

    private const string Ours = """
        { caseloadMetrics { municipalities clients byStatus { status count } byReason { reason count }
          byAgeBand { ageBand count } } }
        """;

    /// <summary>All figures in one pass over the table.</summary>
    private const string Theirs = "{ allMetrics { nodes { kind key clients } } }";

    private static readonly string Table = string.Create(CultureInfo.InvariantCulture, $$"""
        CREATE SCHEMA bench;
        CREATE TABLE bench.client AS
            SELECT 'bench-' || i AS client_id, (i % {{MetricsBenchmark.Municipalities}} + 100)::text AS municipality,
                CASE WHEN i % 3 = 0 THEN 'REFERRED' ELSE 'CONTACTED' END AS status, (i % 8 + 1)::text AS reason,
                1955 + i % 45 AS birth_year
            FROM generate_series(0, {{Clients - 1}}) i;
        ALTER TABLE bench.client ADD PRIMARY KEY (client_id);
        CREATE INDEX ON bench.client (municipality);
        CREATE VIEW bench.metric AS
            SELECT CASE grouping(status, reason, age_band) WHEN 3 THEN 'status' WHEN 5 THEN 'reason'
                WHEN 6 THEN 'ageBand' ELSE 'all' END AS kind,
                coalesce(status, reason, age_band::text) AS key, count(*)::int AS clients
            FROM (SELECT status, reason,
                width_bucket(extract(year FROM now())::int - birth_year, '{18,25,40,65}'::int[]) AS age_band
                FROM bench.client) c
            GROUP BY GROUPING SETS ((status), (reason), (age_band), ());
        ANALYZE bench.client;
        GRANT USAGE ON SCHEMA bench TO osst;
        GRANT SELECT ON ALL TABLES IN SCHEMA bench TO osst;
        """);

    public static async Task<FigureTable> Run()
    {
        if (PostgresCluster.Missing is { } missing)
        {
            throw new ToolMissing(missing);
        }
        Pinned.RequireTools("wrk", "taskset", "node", "npm");
        var peers = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../postgraphile"));
        await Pinned.RunToEnd(Path.Combine(peers, "../../../.ci/npm"), peers);
        await using var cluster = await PostgresCluster.Start();
        var database = await cluster.NewDatabase();
        await cluster.Execute(Table, database);
        var pid = (string)(await cluster.Scalar("SELECT split_part(pg_read_file('postmaster.pid'), E'\n', 1)"))!;
        await Pinned.RunToEnd("taskset", "-ap", "-c", "0", pid);

        var folder = Directory.CreateTempSubdirectory("osst-bench-");
        await using var platform = Pinned.Server(
            Port, "dotnet", Path.Combine(AppContext.BaseDirectory, "OsstOrleans.Benchmarks.dll"), "serve-metrics",
            $"{Port}", folder.FullName, $"{Clients}");
        await using var postgraphile = Pinned.Server(
            Port + 1, "node", Path.Combine(peers, "server.mjs"), $"{Port + 1}",
            $"postgres://osst@127.0.0.1:{cluster.Port}/{database}");
        await Task.WhenAll(platform.Listens(), postgraphile.Listens());
        var token = new DevelopmentIssuer(TokenKey.Open(folder.FullName), TimeProvider.System).Mint(
            Role.Coordinator, "bench", Reach.Of(MetricsBenchmark.Codes), TimeSpan.FromHours(1));
        await AssertSameClients(token);
        var table = await Measure(token);
        folder.Delete(recursive: true);
        return table;
    }

    /// <summary>Serves a platform whose caseloads are filled; see <see cref="MetricsBenchmark.Fill"/>.</summary>
    public static async Task Serve(int port, string folder, int clients)
    {
        await using var silo = await Silo.Platform.Open(new Silo.Storage.StoreAddress(folder), TimeProvider.System);
        await MetricsBenchmark.Fill(silo, clients);
        await using var server = await Server.Start(
            silo, new Tokens([new DevelopmentIssuer(TokenKey.Open(folder), TimeProvider.System)], TimeProvider.System),
            port);
        await server.Stopped(CancellationToken.None);
    }

    private static async Task<FigureTable> Measure(string token)
    {
        var table = new FigureTable("metrics-peer");
        (string Name, int Port, string Query)[] servers = [("OsstOrleans", Port, Ours), (Peer, Port + 1, Theirs)];
        await Turns.Measure(table, "live metrics", "requests/s", [.. servers.Select(one => new Contender(
            one.Name, seconds => Pinned.Load(one.Port, one.Query, "metrics", token, seconds)))]);
        return table.WithRatios(Peer);
    }

    private static async Task AssertSameClients(string token)
    {
        var ours = (await Ask(Port, Ours, token))["caseloadMetrics"]!;
        var theirs = (await Ask(Port + 1, Theirs, token))["allMetrics"]!["nodes"]!.AsArray();
        var counted = (int)theirs.Single(row => (string?)row!["kind"] == "all")!["clients"]!;
        if ((int)ours["clients"]! != Clients || counted != Clients)
        {
            throw new InvalidOperationException("The two servers do not have the same clients.");
        }
    }

    private static async Task<JsonObject> Ask(int port, string query, string token)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var answer = await http.PostAsJsonAsync(new Uri("/graphql", UriKind.Relative), new { query });
        var json = await answer.Content.ReadFromJsonAsync<JsonObject>();
        return json!["errors"] is { } errors
            ? throw new InvalidOperationException(errors.ToJsonString())
            : json["data"]!.AsObject();
    }
}
