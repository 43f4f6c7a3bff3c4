using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// What it costs to be seen: queries over HTTP, server on one core, where nobody listens, where figures are sent, and
/// where one trace in twenty or each is sent, too. The collector is on the load's core and throws everything away.
/// </summary>
internal static class TelemetryBenchmark
{
    private const int Port = 5200;
    private const int DemoClients = 1_000;
    private const string Unseen = "nobody listens";

    /// <summary>Each with a durable line in the use log.</summary>
    private const string Persons =
        """{ caseload(municipality: "837", first: 20) { nodes { client { lastName } } } }""";

    private static readonly Turns Turns = new(Rounds: 7, Seconds: 3, WarmUpSeconds: 12);

    private static readonly (string Name, (string Name, string Value)[] Variables)[] Processes =
    [
        (Unseen, []),
        ("figures", Sampled("always_off")),
        ("figures, 1 of 20 traces", Sampled("traceidratio")),
        ("figures, all traces", Sampled("always_on")),
    ];

    public static async Task<FigureTable> Run()
    {
        Pinned.RequireTools("wrk", "taskset");
        using var collector = Collector();
        await collector.StartAsync();
        var servers = await Task.WhenAll(Processes.Select(Start));
        var table = new FigureTable("telemetry");
        foreach (var (kind, query) in new[]
        {
            ("small", GraphQLBenchmark.Small), ("nested", GraphQLBenchmark.Nested), ("20 persons", Persons),
        })
        {
            await Turns.Measure(table, kind, "requests/s", [.. servers.Select(one => new Contender(
                one.Name, seconds => Pinned.Load(one.Server.Port, query, "telemetry", one.Token, seconds)))]);
        }
        foreach (var (_, server, _, folder) in servers)
        {
            await server.DisposeAsync();
            folder.Delete(recursive: true);
        }
        return table.WithRatios(Unseen);
    }

    private static async Task<(string Name, PinnedServer Server, string Token, DirectoryInfo Folder)> Start(
        (string Name, (string Name, string Value)[] Variables) process, int number)
    {
        var folder = Directory.CreateTempSubdirectory("osst-bench-");
        var (program, port) = (Path.Combine(AppContext.BaseDirectory, "osst.dll"), Port + 1 + number);
        await Pinned.RunToEnd("dotnet", program, "simulate", "--clients", $"{DemoClients}", "--data", folder.FullName);
        var server = Pinned.Server(
            port, process.Variables, "dotnet", program, "run", "--quiet", "--port", $"{port}",
            "--data", folder.FullName);
        await server.Listens();
        var token = new DevelopmentIssuer(TokenKey.Open(folder.FullName), TimeProvider.System).Mint(
            Role.Coordinator, "bench", Reach.Of("837"), TimeSpan.FromHours(1));
        return (process.Name, server, token, folder);
    }

    private static (string Name, string Value)[] Sampled(string sampler) =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{Port}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_TRACES_SAMPLER", sampler), ("OTEL_TRACES_SAMPLER_ARG", "0.05"), ("OTEL_METRIC_EXPORT_INTERVAL", "1000"),
    ];

    private static WebApplication Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(Port));
        var app = builder.Build();
        app.MapFallback((HttpContext http) => http.Request.Body.CopyToAsync(Stream.Null));
        return app;
    }
}
