namespace OsstOrleans.Grains.Receiver;

/// <summary>Something asked of the grain of a receiver (<em>tiedon vastaanottaja</em>): a system that gets events.
/// </summary>
public interface IReceiverCommand : ICommand;

/// <summary>Something that happened to a receiver. Names are the stored format: they may only grow.</summary>
public interface IReceiverEvent : IEvent;

/// <summary>
/// Registers a system that gets events: at its endpoint, or when it asks with the token of its subject (<c>/feed</c>).
/// It gets coded data; a person's own words only where the register's keeper, a coordinator, says so. Events that tell
/// of persons, coded or not, go only to a receiver that a coordinator of their register registers. Sent again by a
/// coordinator, the same registration lets them to a receiver that others registered, in that coordinator's name.
/// </summary>
/// <param name="Name">The receiver as the disclosure log names it: organisation and system.</param>
/// <param name="Purpose">What it uses the data for (703/2023 10 §).</param>
/// <param name="LegalBasis">The provision, consent or permit that lets it have them (703/2023 10 §).</param>
/// <param name="Municipality">The only municipality whose events it gets; all when absent. Required for events that
/// tell of persons.</param>
/// <param name="Endpoint">Where events are sent: https, or http on the machine itself in development. Absent for one
/// that asks.</param>
/// <param name="Subject">Whose token may ask for events as this receiver.</param>
/// <param name="PersonalData">It gets what can identify or describe a person, too; only within a municipality, and only
/// by a coordinator.</param>
/// <param name="ByPermission">What lets it have the data is the client's permission (<em>luovutuslupa</em>, 703/2023
/// 58 §): of what tells of persons it gets what is about clients with a permission in force, and nothing else.
/// Required beside it: the municipality.</param>
public sealed record RegisterReceiver(
    string Name,
    string Purpose,
    string LegalBasis,
    string? Municipality = null,
    string? Endpoint = null,
    string? Subject = null,
    bool PersonalData = false,
    bool ByPermission = false) : IReceiverCommand
{
    /// <summary>
    /// The stored names of the events it gets, e.g. <c>client.referral-received</c>; all when empty, which only a
    /// coordinator may ask for.
    /// </summary>
    public IReadOnlyList<string> EventTypes { get; init => field = value ?? []; } = [];
}

/// <summary>Sends events elsewhere from now on. Not where a person's own words go: that is a new decision.</summary>
/// <param name="Endpoint">https, or http on the machine itself in development; absent to send none any more.</param>
public sealed record ChangeReceiverEndpoint(string? Endpoint = null) : IReceiverCommand;

/// <summary>Signs with a new secret from now on, and with the one before beside it.</summary>
public sealed record RotateReceiverSecret : IReceiverCommand;

/// <summary>Sends nothing for now; nothing is lost.</summary>
public sealed record PauseReceiver : IReceiverCommand;

/// <summary>Goes on where it was paused.</summary>
public sealed record ResumeReceiver : IReceiverCommand;

/// <summary>Ends it for good.</summary>
public sealed record CloseReceiver : IReceiverCommand;

/// <summary>A receiver was registered.</summary>
[StoredAs("receiver.registered", TellsOfNoPerson = true)]
public sealed record ReceiverRegistered(
    string Name,
    string Purpose,
    string LegalBasis,
    string? Municipality,
    string? Endpoint,
    string? Subject,
    bool PersonalData) : IReceiverEvent, IOpensWork
{
    /// <summary>The stored names of the events it gets; all when empty.</summary>
    public IReadOnlyList<string> EventTypes { get; init => field = value ?? []; } = [];

    /// <summary>
    /// It asks for events that tell of persons, and a coordinator of their register registered it. False in what was
    /// stored before this was said, also of a coordinator.
    /// </summary>
    public bool PersonEvents { get; init; }

    /// <summary>It gets data by the client's permission alone.</summary>
    public bool ByPermission { get; init; }

    /// <summary>Who registered it, <c>role/subject</c>; null in what was stored before this was said.</summary>
    public string? RegisteredBy { get; init; }

    /// <summary>Events that tell of persons go to it. Where a person's own words go, a coordinator always decided.
    /// </summary>
    public bool MayGetPersonEvents() => Municipality is not null && (PersonEvents || PersonalData);
}

/// <summary>Events go elsewhere.</summary>
[StoredAs("receiver.endpoint-changed", TellsOfNoPerson = true)]
public sealed record ReceiverEndpointChanged(string? Endpoint) : IReceiverEvent;

/// <summary>There is a new secret. Secrets are derived from the master key and their number; none is stored.</summary>
[StoredAs("receiver.secret-rotated", TellsOfNoPerson = true)]
public sealed record ReceiverSecretRotated(int Number) : IReceiverEvent;

/// <summary>Sending was paused.</summary>
[StoredAs("receiver.paused", TellsOfNoPerson = true)]
public sealed record ReceiverPaused : IReceiverEvent;

/// <summary>Sending goes on.</summary>
[StoredAs("receiver.resumed", TellsOfNoPerson = true)]
public sealed record ReceiverResumed : IReceiverEvent;

/// <summary>The receiver's registration ended.</summary>
[StoredAs("receiver.closed", TellsOfNoPerson = true)]
public sealed record ReceiverClosed : IReceiverEvent;

/// <summary>A receiver as folded from its events.</summary>
public sealed record ReceiverState
{
    /// <summary>The registration; null until there is one.</summary>
    public ReceiverRegistered? Registered { get; init; }

    /// <summary>Where events are sent at present; null for nowhere.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The number of the secret in use, from 1.</summary>
    public int SecretNumber { get; init; } = 1;

    /// <summary>Nothing is sent for now.</summary>
    public bool Paused { get; init; }

    /// <summary>The receiver gets nothing any more.</summary>
    public bool Closed { get; init; }
}
