using Microsoft.Extensions.Hosting;
using Orleans;
using OsstOrleans.Silo.Processes;

namespace OsstOrleans.Silo.Deliveries;

/// <summary>
/// Delivers to one receiver of events, for as long as it is registered; the key is the receiver's. Two activations may
/// both send, and only one of them moves the receiver's place.
/// </summary>
[KeepAlive] // Its work is no turn, so it would look idle, and be let go in the middle where memory is short.
[GrainType(OpenWork.OfReceiver)]
internal sealed class DeliveryGrain : ProcessGrain, IAsyncDisposable
{
    private readonly string _key;
    private readonly DeliveryDesk _desk;
    private readonly ReceiverDelivery _delivery;
    private readonly CancellationTokenRegistration _stopping;

    public DeliveryGrain(DeliveryDesk desk, IHostApplicationLifetime process)
    {
        (_key, _desk) = (GrainContext.GrainId.Key.ToString()!, desk);
        _delivery = new ReceiverDelivery(_key, desk);
        _stopping = process.ApplicationStopping.Register(_delivery.Stop);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _delivery.Start();
        return Task.CompletedTask;
    }

    /// <summary>Orleans does it when it lets go of the activation.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.DisposeAsync();
        await _delivery.DisposeAsync();
    }

    protected override async ValueTask<bool> HasWork() => await _desk.Receiver(_key) is not null;

    protected override void Look() => _delivery.Look();
}
