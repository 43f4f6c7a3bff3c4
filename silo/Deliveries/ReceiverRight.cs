using OsstOrleans.Grains.Receiver;

namespace OsstOrleans.Silo.Deliveries;

/// <summary>Whether the system behind a receiver holds its right, at most as old as what tokens are cut by.</summary>
internal sealed class ReceiverRight(DeliveryDesk desk)
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(1);

    private (bool IsHeld, long At)? _known;

    public async ValueTask<bool> IsHeldBy(ReceiverState receiver)
    {
        if (_known is not { } known || desk.Time.GetElapsedTime(known.At) >= AtMost)
        {
            _known = known = (await desk.HoldsRight(receiver.Registered!), desk.Time.GetTimestamp());
        }
        return known.IsHeld;
    }
}
