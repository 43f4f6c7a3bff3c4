using System.Diagnostics.Metrics;
using OsstOrleans.Silo.Hosting;

namespace OsstOrleans.Silo.Telemetry;

/// <summary>What can be read from a process at any time. Nothing is computed before somebody reads it.</summary>
internal sealed class Gauges : IDisposable
{
    private readonly Meter _meter = new(InstrumentNames.Meter);

    /// <summary>Those of any process that hosts grains.</summary>
    public Gauges(HostServices services)
    {
        var figures = services.Store.Figures;
        var store = KeyValuePair.Create<string, object?>(Tags.Store, figures.Store);
        _meter.CreateObservableUpDownCounter(InstrumentNames.Activations, () =>
            services.Figures.Activations.Now.Select(kind => new Measurement<long>(
                kind.Count, KeyValuePair.Create<string, object?>("type", kind.Kind))));
        _meter.CreateObservableUpDownCounter(
            InstrumentNames.WritesWaiting, () => new Measurement<long>(figures.Waiting, store));
        _meter.CreateObservableGauge(InstrumentNames.LogPosition, () => services.Store.LastPosition);
    }

    /// <summary>And those of one that follows the log.</summary>
    public Gauges(Platform silo)
        : this(silo.Services)
    {
        _meter.CreateObservableGauge(InstrumentNames.FeedPosition, () => silo.Caseloads.Clock.Now.Position);
        _meter.CreateObservableGauge(InstrumentNames.FeedLag, () => silo.FeedLag.TotalSeconds, "s");
        _meter.CreateObservableGauge(InstrumentNames.FeedRunning, () => silo.FeedFault is null ? 1 : 0);
        _meter.CreateObservableGauge(
            InstrumentNames.AntiEntropyDifferences, () => silo.AntiEntropy.Report.Differences.Count);
        _meter.CreateObservableGauge(
            InstrumentNames.AntiEntropyAge, () => silo.AntiEntropy.Report.CheckedAt is { } at
                ? [new Measurement<double>((silo.Services.Time.GetUtcNow() - at).TotalSeconds)]
                : Array.Empty<Measurement<double>>(), "s");
        _meter.CreateObservableUpDownCounter(InstrumentNames.Watches, () => silo.Signals.Watches);
    }

    public void Dispose() => _meter.Dispose();
}
