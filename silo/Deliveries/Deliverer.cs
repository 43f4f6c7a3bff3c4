using OsstOrleans.Grains.Receiver;

namespace OsstOrleans.Silo.Deliveries;

/// <summary>How patient deliveries are.</summary>
/// <param name="MostAttempts">
/// After so many an event that the receiver refuses becomes a dead letter, and the next one's turn comes.
/// </param>
/// <param name="FirstPause">Before the second attempt; it doubles with each.</param>
/// <param name="LongestPause">No pause is longer.</param>
/// <param name="LookEvery">How often notes of other processes are looked for.</param>
/// <param name="LongestWait">
/// A receiver that is away has lost no event before it was away for so long, however often it was tried.
/// </param>
public sealed record DeliveryPatience(
    int MostAttempts, TimeSpan FirstPause, TimeSpan LongestPause, TimeSpan LookEvery, TimeSpan LongestWait = default);

/// <summary>Why a receiver did not take an event.</summary>
/// <param name="Problem">What went wrong, as a code; never the receiver's words.</param>
/// <param name="NotBefore">When the receiver wants to be asked again; null when it does not say.</param>
/// <param name="IsOfTheEvent">The receiver is there and refuses this event; others it may take.</param>
public sealed record NotTaken(string Problem, DateTimeOffset? NotBefore = null, bool IsOfTheEvent = false);

/// <summary>Sends one event to a receiver: null when it took it, else why it did not.</summary>
/// <param name="key">The receiver's key.</param>
/// <param name="receiver">Where it is, and which secret it has.</param>
/// <param name="outgoing">The event.</param>
/// <param name="stop">The process stops.</param>
public delegate ValueTask<NotTaken?> SendEvent(
    string key, ReceiverState receiver, OutgoingEvent outgoing, CancellationToken stop);

/// <summary>
/// What a process delivers with. A silo whose container has none hosts no grain that delivers, so that no receiver
/// waits for a process that would send nothing.
/// </summary>
/// <param name="Send">Sends one event.</param>
/// <param name="Patience">How patient it is.</param>
/// <param name="Jitter">Keeps many receivers that failed together from being tried together.</param>
public sealed record Deliverer(SendEvent Send, DeliveryPatience Patience, Random Jitter);
