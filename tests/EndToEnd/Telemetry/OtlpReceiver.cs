using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OsstOrleans.EndToEnd.Tests.Telemetry;

/// <summary>Takes what a process exports by OTLP over HTTP, as it comes.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> _taken = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>The variables that make a process send here, soon.</summary>
    public IEnumerable<(string, string)> Variables =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.First()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
        ("OTEL_BSP_SCHEDULE_DELAY", "50"),
        ("OTEL_BLRP_SCHEDULE_DELAY", "50"),
    ];

    public static async Task<OtlpReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/{signal}", receiver.Take);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The bodies of <c>traces</c>, <c>metrics</c> or <c>logs</c> so far.</summary>
    public IReadOnlyList<byte[]> Of(string signal) =>
        [.. _taken.Where(taken => taken.Signal == signal).Select(taken => taken.Body)];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> Take(string signal, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        _taken.Enqueue((signal, body.ToArray()));
        return Results.Bytes([], "application/x-protobuf");
    }
}
