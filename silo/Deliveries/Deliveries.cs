using System.Threading.Channels;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Receiver;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Deliveries;

/// <summary>How patient deliveries are.</summary>
/// <param name="MostAttempts">After so many an event becomes a dead letter, and the next one's turn comes.</param>
/// <param name="FirstPause">Before the second attempt; it doubles with each.</param>
/// <param name="LongestPause">No pause is longer.</param>
/// <param name="LookEvery">How often notes of other processes are looked for, and a claim that another one has.</param>
public sealed record DeliveryPatience(
    int MostAttempts, TimeSpan FirstPause, TimeSpan LongestPause, TimeSpan LookEvery)
{
    public static DeliveryPatience Default { get; } =
        new(15, TimeSpan.FromSeconds(2), TimeSpan.FromHours(1), TimeSpan.FromSeconds(2));
}

/// <summary>Why a receiver did not take an event.</summary>
/// <param name="Problem">What went wrong, as a code; never the receiver's words.</param>
/// <param name="NotBefore">When the receiver wants to be asked again; null when it does not say.</param>
public sealed record NotTaken(string Problem, DateTimeOffset? NotBefore = null);

/// <summary>Sends one event to a receiver: null when it took it, else why it did not.</summary>
/// <param name="key">The receiver's key.</param>
/// <param name="receiver">Where it is, and which secret it has.</param>
/// <param name="outgoing">The event.</param>
/// <param name="stop">The process stops.</param>
public delegate ValueTask<NotTaken?> SendEvent(
    string key, ReceiverState receiver, OutgoingEvent outgoing, CancellationToken stop);

/// <summary>
/// Delivers events to receivers' endpoints, each receiver by itself and in the order of the log. One process of all
/// does it, under a claim. What was delivered is noted after the receiver took it, so that a crash in between sends an
/// event twice and never skips one.
/// </summary>
public sealed class Deliveries : IAsyncDisposable
{
    private const string Claim = "deliveries";

    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Platform _platform;
    private readonly DeliveryDesk _desk;
    private readonly Dictionary<string, ReceiverDelivery> _receivers = new(StringComparer.Ordinal);
    private readonly Task _running;

    private Deliveries(Platform platform, DeliveryDesk desk)
    {
        (_platform, _desk) = (platform, desk);
        _platform.Store.Committed += Wake;
        _running = Task.Run(Run);
    }

    /// <summary>Starts to deliver, or to wait for the claim.</summary>
    /// <param name="platform">Whose events.</param>
    /// <param name="send">Sends one event.</param>
    /// <param name="patience">How patient it is.</param>
    /// <param name="jitter">Keeps many receivers that failed together from being tried together.</param>
    /// <param name="onFault">Told of what went wrong here, not at a receiver; it is tried again.</param>
    public static Deliveries Start(
        Platform platform, SendEvent send, DeliveryPatience patience, Random jitter,
        Action<Exception>? onFault = null) =>
        new(platform, new DeliveryDesk(
            platform.Services, platform.Grains, (IDeliveryStore)platform.Store,
            new OutgoingEvents(platform.Services, "osst/deliveries"), send, patience, jitter,
            onFault ?? (_ => { })));

    /// <summary>Ends after the attempts under way.</summary>
    public async ValueTask DisposeAsync()
    {
        _platform.Store.Committed -= Wake;
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private void Wake(long position) => _wake.Writer.TryWrite(true);

    private async Task Run()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var claim = await _desk.Store.TryClaim(Claim);
                if (claim is not null)
                {
                    await Deliver(claim);
                }
            }
            catch (Exception fault)
            {
                _desk.OnFault(fault); // A server that is away comes back; the claim is then taken anew.
            }
            await Pause();
        }
    }

    private async Task Deliver(IStoreClaim claim)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            while (!_stop.IsCancellationRequested && await claim.IsHeld())
            {
                await Seen();
                foreach (var key in _platform.KnownGrains.Receivers.Where(key => !_receivers.ContainsKey(key)))
                {
                    _receivers[key] = new ReceiverDelivery(key, _desk, claim.Proof, ended.Token);
                }
                foreach (var receiver in _receivers.Values)
                {
                    receiver.Look();
                }
                await Pause();
            }
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(_receivers.Values.Select(receiver => receiver.Ended));
            _receivers.Clear();
        }
    }

    /// <summary>A receiver just registered is in the directory when the projections have seen it.</summary>
    private async Task Seen()
    {
        try
        {
            await _platform.WaitFor(_platform.Store.LastPosition, _stop.Token);
        }
        catch (Exception fault) when (fault is LimitReached or OperationCanceledException)
        {
            // The next look finds it.
        }
    }

    private async Task Pause()
    {
        using var late = new CancellationTokenSource(_desk.Patience.LookEvery, _platform.Services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _stop.Token);
        try
        {
            await _wake.Reader.WaitToReadAsync(either.Token);
            _wake.Reader.TryRead(out _);
        }
        catch (OperationCanceledException)
        {
            // It is time to look again, or to end.
        }
    }
}

/// <summary>What every receiver's delivery works with.</summary>
internal sealed record DeliveryDesk(
    GrainServices Services, IGrainCalls Grains, IDeliveryStore Store, OutgoingEvents Events, SendEvent Send,
    DeliveryPatience Patience, Random Jitter, Action<Exception> OnFault)
{
    private static readonly Caller Self = new(Role.Operator, "deliveries", null, "delivery of events");

    public DeliveryPlaces Places { get; } = new(Store);

    /// <summary>A receiver as it is now; null when there is none.</summary>
    public async ValueTask<ReceiverState?> Receiver(string key) =>
        (await Grains.Read<ReceiverState>(GrainName.Receiver(key), new ReadRequest(Self))).State;

    /// <summary>
    /// When it is tried again: after a pause that doubles with each attempt, and not before the receiver wants it, as
    /// far as that lies within the longest pause.
    /// </summary>
    public DateTimeOffset NextAttempt(int attempts, DateTimeOffset? notBefore)
    {
        var now = Services.Time.GetUtcNow();
        var (usual, latest) = (now + PauseAfter(attempts), now + Patience.LongestPause);
        return notBefore is not { } wanted || wanted < usual ? usual : wanted < latest ? wanted : latest;
    }

    /// <summary>From half to the whole of a pause that doubles with each attempt.</summary>
    private TimeSpan PauseAfter(int attempts)
    {
        var doubled = Patience.FirstPause * Math.Pow(2, Math.Min(attempts - 1, 30));
        lock (Jitter)
        {
            return TimeSpan.FromTicks((long)(
                Math.Min(doubled.Ticks, Patience.LongestPause.Ticks) * (0.5 + (Jitter.NextDouble() / 2))));
        }
    }
}
