using Orleans;

namespace OsstOrleans.Grains.Calls;

/// <summary>What travels with a command on its way to a grain.</summary>
/// <param name="CommandId">The caller chooses it; a retry with the same id answers with the first outcome.</param>
/// <param name="Caller">Who sends the command.</param>
/// <param name="OccurredOn">The day it happened; today when null.</param>
/// <param name="IfVersion">When set, the command is taken only on exactly this version.</param>
[Immutable]
public sealed record Envelope(Guid CommandId, Caller Caller, DateOnly? OccurredOn = null, long? IfVersion = null)
{
    /// <summary>
    /// The register that the sender takes the client for; a client of another one does not take the command. Null when
    /// the sender does not say.
    /// </summary>
    public string? Register { get; init; }

    /// <summary>No grain ever has this version: a command that demands it is never taken.</summary>
    public const long NeverVersion = -1;
}
