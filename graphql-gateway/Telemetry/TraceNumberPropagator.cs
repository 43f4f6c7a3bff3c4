using System.Diagnostics;

namespace OsstOrleans.Gateway.Telemetry;

/// <summary>
/// Takes a caller's <c>traceparent</c>, which is a number and flags, and neither <c>tracestate</c> nor
/// <c>baggage</c>, where a caller may have written anything.
/// </summary>
internal sealed class TraceNumberPropagator : DistributedContextPropagator
{
    private readonly DistributedContextPropagator _standard = CreateDefaultPropagator();

    public override IReadOnlyCollection<string> Fields { get; } = ["traceparent"];

    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        _standard.ExtractTraceIdAndState(carrier, getter, out traceId, out _);
        traceState = null;
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(
        object? carrier, PropagatorGetterCallback? getter) => null;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) =>
        _standard.Inject(activity, carrier, setter);
}
