namespace OsstOrleans.Grains.ExternalId;

/// <summary>Something asked of the grain of one external identifier.</summary>
public interface IExternalIdCommand : ICommand;

/// <summary>
/// Something that happened to an external identifier. Names are the stored format: they may only grow.
/// </summary>
public interface IExternalIdEvent : IEvent;

/// <summary>
/// Says whom an identifier of another system means. The grain's key is a keyed hash of system and identifier, so the
/// log shows neither; one grain for each makes two clients with one identifier impossible. The first link stays.
/// </summary>
/// <param name="ClientId">The key of the client's grain.</param>
public sealed record LinkExternalId(string ClientId) : IExternalIdCommand;

/// <summary>An external identifier came to mean a client.</summary>
[StoredAs("external-id.linked")]
public sealed record ExternalIdLinked(string ClientId) : IExternalIdEvent, INamesClients
{
    /// <inheritdoc/>
    public IReadOnlyList<string> NamedClients() => [ClientId];
}

/// <summary>Whom an external identifier means.</summary>
public sealed record ExternalIdState
{
    /// <summary>The key of the client's grain; null while it means no client.</summary>
    public string? ClientId { get; init; }
}

/// <summary>The rules of an external identifier.</summary>
public sealed class ExternalIdDecider : IDecider<ExternalIdState>
{
    private ExternalIdDecider()
    {
    }

    /// <summary>Why an identifier that means one client is not given to another.</summary>
    public static Rejection Taken { get; } = Refuse.Step(
        RejectionCodes.ExternalIdTaken, "externalId", "This identifier means another client.");

    public static ExternalIdState Initial { get; } = new();

    public static Decision Decide(ExternalIdState state, ICommand command, Moment moment) =>
        command is not LinkExternalId asked ? Refuse.NotKnown("external identifier")
        : Require.Past(moment.OccurredOn, moment, "occurredOn") is { } tooLate ? tooLate
        : Require.Id(asked.ClientId, "clientId") is { } refused ? refused
        : state.ClientId is null ? Decision.Happened(new ExternalIdLinked(asked.ClientId))
        : state.ClientId == asked.ClientId ? Decision.Nothing
        : Taken;

    public static ExternalIdState Evolve(ExternalIdState state, IEvent happened, DateOnly occurredOn) => happened switch
    {
        ExternalIdLinked it => state with { ClientId = it.ClientId },
        _ => state,
    };
}
