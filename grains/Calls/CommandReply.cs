using Orleans;

namespace OsstOrleans.Grains.Calls;

/// <summary>How a grain answered a command.</summary>
public enum ReplyKind
{
    /// <summary>Durable; also when a retry was recognised, or when there was nothing to change.</summary>
    Accepted = 1,

    /// <summary>Refused by the domain; see the rejection. Nothing was stored.</summary>
    Rejected = 2,

    /// <summary>The grain is not at <see cref="Envelope.IfVersion"/>. Nothing was stored.</summary>
    VersionConflict = 3,

    /// <summary>The caller's role or municipality does not allow it. Nothing was stored.</summary>
    Forbidden = 4,
}

/// <summary>
/// A grain's answer to a command. The state is not in it: a state leaves only by a read, which checks the reader and,
/// for a client, writes the use log.
/// </summary>
/// <param name="Kind">How it was answered.</param>
/// <param name="Version">The grain's version now; for a recognised retry the version of its first outcome.</param>
/// <param name="Position">The log position of that version: the <c>minPosition</c> of a read that must see it.</param>
/// <param name="Rejection">Why the domain refused; null unless rejected.</param>
[Immutable]
public sealed record CommandReply(ReplyKind Kind, long Version, long Position, Rejection? Rejection = null)
{
    /// <summary>The command had been accepted before; this is its first outcome.</summary>
    public bool IsRetry { get; init; }

    /// <summary>
    /// There was nothing to change: the grain was already as the command wants it. False for a recognised retry.
    /// </summary>
    public bool IsUnchanged { get; init; }
}
