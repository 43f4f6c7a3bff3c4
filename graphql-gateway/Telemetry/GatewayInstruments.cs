using System.Diagnostics;
using System.Diagnostics.Metrics;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Gateway.Telemetry;

/// <summary>What the HTTP side records as it happens, and its spans.</summary>
internal static class GatewayInstruments
{
    /// <summary>The source of this floor's spans.</summary>
    public const string SourceName = "OsstOrleans.GraphQL";

    private static readonly InstrumentAdvice<double> Latencies = new()
    {
        HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000],
    };

    private static readonly Meter Meter = new(InstrumentNames.Meter);

    public static readonly ActivitySource Source = new(SourceName);

    public static readonly Histogram<double> GraphQLLatency =
        Meter.CreateHistogram(GatewayInstrumentNames.GraphQLLatency, "ms", advice: Latencies);

    public static readonly Counter<long> SubscriptionEvents =
        Meter.CreateCounter<long>(GatewayInstrumentNames.SubscriptionEvents);
}
