using Microsoft.Extensions.Logging;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Deliveries;

/// <summary>What every receiver's delivery in this process works with.</summary>
internal sealed partial class DeliveryDesk(
    GrainServices services, IGrainCalls grains, Deliverer deliverer, ILogger<DeliveryDesk> log)
{
    private static readonly Caller Self = new(Role.Operator, "deliveries", Reach.All);

    public IEventStore Log => services.Store;

    public TimeProvider Time => services.Time;

    public IDeliveryStore Store { get; } = (IDeliveryStore)services.Store;

    public DeliveryPlaces Places { get; } = new((IDeliveryStore)services.Store);

    public OutgoingEvents Events { get; } = new(services, "osst/deliveries");

    public WaitingDeliveries Waiting => services.Figures.Deliveries;

    public DeliveryPatience Patience => deliverer.Patience;

    public SendEvent Send => deliverer.Send;

    /// <summary>A receiver as it is now; null when there is none, or none any more.</summary>
    public async ValueTask<ReceiverState?> Receiver(string key) =>
        (await grains.Read<ReceiverState>(GrainName.Receiver(key), new ReadRequest(Self))).State is
        { Registered: not null, Closed: false } receiver
            ? receiver
            : null;

    /// <summary>
    /// False while a register that grants rights grants none to the system behind the receiver: what its token may not
    /// ask for is not sent to it either, nor while a register has granted none and a municipality of its own had. A
    /// receiver that is no system's by name is its register's to close.
    /// </summary>
    public async ValueTask<bool> HoldsRight(ReceiverRegistered receiver)
    {
        if (receiver is not { Municipality: { } code, Subject: { } subject })
        {
            return true;
        }
        var (register, today) = (services.RegisterOf(code), services.Clock().Today);
        var own = await MunicipalityOf(register);
        return own is { KeepsRights: true } || services.Registers.IsAlone(register, today)
            ? own is null || Rights.Hold(own, subject, Role.Integration, today)
            : !Rights.AreAwaited(
                own, await Task.WhenAll(services.MunicipalitiesOf(register).Select(MunicipalityOf)));
    }

    private async Task<MunicipalityState?> MunicipalityOf(string code) =>
        (await grains.Read<MunicipalityState>(GrainName.Municipality(code), new ReadRequest(Self))).State;

    /// <summary>
    /// When it is tried again: after a pause that doubles with each attempt, and not before the receiver wants it, as
    /// far as that lies within the longest pause.
    /// </summary>
    public DateTimeOffset NextAttempt(int attempts, DateTimeOffset? notBefore)
    {
        var now = Time.GetUtcNow();
        var (usual, latest) = (now + PauseAfter(attempts), now + Patience.LongestPause);
        return notBefore is not { } wanted || wanted < usual ? usual : wanted < latest ? wanted : latest;
    }

    /// <summary>Something went wrong here, not at the receiver: it is tried again.</summary>
    public void Pauses(Exception fault) => Pauses(fault.GetType().Name);

    /// <summary>From half to the whole of a pause that doubles with each attempt.</summary>
    private TimeSpan PauseAfter(int attempts)
    {
        var doubled = Patience.FirstPause * Math.Pow(2, Math.Min(attempts - 1, 30));
        lock (deliverer.Jitter)
        {
            return TimeSpan.FromTicks((long)(Math.Min(doubled.Ticks, Patience.LongestPause.Ticks)
                * (0.5 + (deliverer.Jitter.NextDouble() / 2))));
        }
    }

    [LoggerMessage(LogLevel.Warning, "Deliveries pause: {Fault}.")]
    private partial void Pauses(string fault);
}
