using System.Diagnostics;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Gateway.Telemetry;

/// <summary>
/// Sends traces, metrics and logs by OTLP where OpenTelemetry's standard variables name an endpoint. Else nothing
/// listens, and nothing is made to be thrown away.
/// </summary>
internal static class TelemetryExport
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] EndpointVariables =
    [
        EndpointVariable, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
    ];

    /// <summary>Meters of the runtime and the web server; their tags are routes, codes and numbers.</summary>
    private static readonly string[] OtherMeters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Microsoft.Orleans"];

    private static readonly string[] OtherSources = ["Microsoft.AspNetCore"];

    /// <summary>True where an endpoint is named.</summary>
    public static bool IsWanted =>
        EndpointVariables.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 })
        && !string.Equals(
            Environment.GetEnvironmentVariable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);

    /// <param name="builder">The process's host.</param>
    /// <param name="role">What the process is: <c>run</c>, <c>silo</c> or <c>gateway</c>.</param>
    public static void AddTo(WebApplicationBuilder builder, string role)
    {
        // What a caller writes into tracestate or baggage would leave with our spans; only the trace's number counts.
        builder.Services.AddSingleton<DistributedContextPropagator>(new TraceNumberPropagator());
        if (!IsWanted)
        {
            return;
        }
        // The web server's spans say which route was asked; what else they say is taken away again.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Name(resource, role))
            .WithTracing(traces => traces
                .AddSource([Spans.SourceName, GatewayInstruments.SourceName, .. OtherSources])
                .AddProcessor(new SpanScrubber())
                .AddOtlpExporter())
            .WithMetrics(metrics => metrics
                .AddMeter([InstrumentNames.Meter, .. OtherMeters])
                .AddView(DropMirrored)
                .AddOtlpExporter())
            .WithLogging(logs => logs
                .AddProcessor(new LogScrubber())
                .AddOtlpExporter());
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(LogScrubber.OwnCategory, LogLevel.Information);
    }

    /// <summary>Names each request's span by its route, which is ours, and not by its address, which is not.</summary>
    public static void NameRoutes(WebApplication app)
    {
        if (IsWanted)
        {
            app.Use((http, next) =>
            {
                if (Activity.Current is { } span && http.GetEndpoint() is RouteEndpoint { RoutePattern: var route })
                {
                    span.SetTag("http.route", route.RawText);
                }
                return next(http);
            });
        }
    }

    private static void Name(ResourceBuilder resource, string role) => resource
        .AddService(
            Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME") is { Length: > 0 } name ? name : "osst",
            serviceVersion: BuildInfo.Version)
        .AddAttributes([KeyValuePair.Create<string, object>("osst.role", role)]);

    /// <summary>
    /// Where Orleans itself has an instrument of the same name, ours is the one that is sent: by kind of grain.
    /// </summary>
    private static MetricStreamConfiguration? DropMirrored(System.Diagnostics.Metrics.Instrument instrument) =>
        instrument.Meter.Name == "Microsoft.Orleans" && Mirrored.Any(
            name => instrument.Name.StartsWith(name, StringComparison.Ordinal))
            ? MetricStreamConfiguration.Drop
            : null;

    private static readonly string[] Mirrored =
    [
        InstrumentNames.CallLatency, InstrumentNames.Activations, InstrumentNames.ActivationsCreated,
        InstrumentNames.ActivationsDestroyed, InstrumentNames.ActivationLatency, InstrumentNames.WriteLatency,
        InstrumentNames.WriteErrors,
    ];
}
