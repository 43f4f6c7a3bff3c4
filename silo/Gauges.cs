using System.Diagnostics.Metrics;
using OsstOrleans.Silo.Telemetry;
namespace OsstOrleans.Silo;

/// <summary>What can be read from a process at any time. Nothing is computed before it is read.</summary>
internal sealed class Gauges : IDisposable
{
    private readonly Meter _meter = new(InstrumentNames.Meter);

    public Gauges(Platform platform)
    {
        var services = platform.Services;
        var figures = services.Store.Figures;
        var store = KeyValuePair.Create<string, object?>(Tags.Store, figures.Store);
        _meter.CreateObservableUpDownCounter(InstrumentNames.Activations, () =>
            services.Figures.Activations.Now.Select(kind => new Measurement<long>(
                kind.Count, KeyValuePair.Create<string, object?>("type", kind.Kind))));
        _meter.CreateObservableUpDownCounter(
            InstrumentNames.WritesWaiting, () => new Measurement<long>(figures.Waiting, store));
        _meter.CreateObservableGauge(InstrumentNames.LogPosition, () => services.Store.LastPosition);
        _meter.CreateObservableGauge(
            InstrumentNames.DeliveryWait,
            () => services.Figures.Deliveries.LongestAt(services.Time.GetUtcNow()).TotalSeconds, "s");
        if (platform.FollowsLog)
        {
            OfFeed(platform.Projections, services.Time);
        }
    }

    private void OfFeed(Projections feed, TimeProvider time)
    {
        _meter.CreateObservableGauge(InstrumentNames.FeedPosition, () => feed.Caseloads.Clock.Now.Position);
        _meter.CreateObservableGauge(InstrumentNames.FeedLag, () => feed.Lag.TotalSeconds, "s");
        _meter.CreateObservableGauge(InstrumentNames.FeedRunning, () => feed.Fault is null ? 1 : 0);
        _meter.CreateObservableGauge(
            InstrumentNames.AntiEntropyDifferences, () => feed.AntiEntropy.Report.Differences.Count);
        _meter.CreateObservableGauge(
            InstrumentNames.AntiEntropyAge, () => feed.AntiEntropy.Report.CheckedAt is { } at
                ? [new Measurement<double>((time.GetUtcNow() - at).TotalSeconds)]
                : Array.Empty<Measurement<double>>(), "s");
        _meter.CreateObservableUpDownCounter(InstrumentNames.Watches, () => feed.Signals.Watches);
    }

    public void Dispose() => _meter.Dispose();
}
