using System.Diagnostics.Metrics;
using OsstOrleans.Gateway.Telemetry;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Gateway.Operations;

/// <summary>What can be read from the HTTP side at any time.</summary>
internal sealed class GatewayGauges : IDisposable
{
    private readonly Meter _meter = new(InstrumentNames.Meter);

    public GatewayGauges(Health health, Func<int>? sockets = null)
    {
        _meter.CreateObservableGauge(GatewayInstrumentNames.Ready, () => health.IsReady ? 1 : 0);
        if (sockets is not null)
        {
            _meter.CreateObservableUpDownCounter(GatewayInstrumentNames.Sockets, sockets);
        }
    }

    public void Dispose() => _meter.Dispose();
}
