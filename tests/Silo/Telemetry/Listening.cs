using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Tests.Telemetry;

/// <summary>Somebody who wants to know everything: all spans and all measurements while it lives.</summary>
internal sealed class Listening : IDisposable
{
    private readonly ActivityListener _spans;
    private readonly MeterListener _metrics = new();

    public Listening()
    {
        _spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Spans.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => Ended.Enqueue(span),
        };
        ActivitySource.AddActivityListener(_spans);
        _metrics.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == InstrumentNames.Meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _metrics.SetMeasurementEventCallback<double>(Take);
        _metrics.SetMeasurementEventCallback<long>(Take);
        _metrics.SetMeasurementEventCallback<int>(Take);
        _metrics.Start();
    }

    public ConcurrentQueue<Activity> Ended { get; } = new();

    public ConcurrentQueue<(string Name, double Value, string Tags)> Measured { get; } = new();

    /// <summary>Also what is only told to those who ask.</summary>
    public void Observe() => _metrics.RecordObservableInstruments();

    public void Dispose()
    {
        _spans.Dispose();
        _metrics.Dispose();
    }

    private void Take<T>(
        Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        where T : struct => Measured.Enqueue((
            instrument.Name, (double)Convert.ChangeType(value, typeof(double)),
            string.Join(",", tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
}
