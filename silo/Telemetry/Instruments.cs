using System.Diagnostics.Metrics;

namespace OsstOrleans.Silo.Telemetry;

/// <summary>
/// What is recorded as it happens. Without a listener an instrument is one comparison; code that must do more to know a
/// value asks <c>Enabled</c> first. What can be read at any time is in <see cref="Gauges"/>.
/// </summary>
internal static class Instruments
{
    private const string Milliseconds = "ms";

    /// <summary>From an answer out of memory to a caller that gives up.</summary>
    private static readonly InstrumentAdvice<double> Latencies = new()
    {
        HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000],
    };

    private static readonly InstrumentAdvice<int> Sizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024],
    };

    private static readonly Meter Meter = new(InstrumentNames.Meter);

    public static readonly Histogram<double> CallLatency = Latency(InstrumentNames.CallLatency);
    public static readonly Histogram<double> TurnLatency = Latency(InstrumentNames.TurnLatency);
    public static readonly Histogram<double> ActivationLatency = Latency(InstrumentNames.ActivationLatency);
    public static readonly Histogram<double> WriteLatency = Latency(InstrumentNames.WriteLatency);
    public static readonly Histogram<double> WriteQueueTime = Latency(InstrumentNames.WriteQueueTime);
    public static readonly Histogram<double> FsyncTime = Latency(InstrumentNames.FsyncTime);

    public static readonly Histogram<int> WriteGroupSize =
        Meter.CreateHistogram(InstrumentNames.WriteGroupSize, "{write}", advice: Sizes);

    public static readonly Counter<long> ActivationsCreated = Meter.CreateCounter<long>(
        InstrumentNames.ActivationsCreated);

    public static readonly Counter<long> ActivationsDestroyed = Meter.CreateCounter<long>(
        InstrumentNames.ActivationsDestroyed);

    public static readonly Counter<long> WriteErrors = Meter.CreateCounter<long>(InstrumentNames.WriteErrors);

    public static readonly Counter<long> LimitRefusals = Meter.CreateCounter<long>(InstrumentNames.LimitRefusals);

    public static readonly Counter<long> AntiEntropyChecks = Meter.CreateCounter<long>(
        InstrumentNames.AntiEntropyChecks);

    public static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>(InstrumentNames.DeadLetters);

    private static Histogram<double> Latency(string name) =>
        Meter.CreateHistogram(name, Milliseconds, advice: Latencies);
}
