namespace OsstOrleans.Grains.Client;

/// <summary>Why a client's words are erased. No official list is known; these are the project's own.</summary>
public enum ErasureReason
{
    /// <summary>
    /// The time of keeping has passed: 10 years from the closing of the matter (703/2023, annex), and the documents are
    /// not ordered to be archived.
    /// </summary>
    RetentionEnded = 1,

    /// <summary>The person should never have been registered: a mistake, a test, another person's data.</summary>
    RegisteredInError = 2,

    /// <summary>A court or an authority ordered it.</summary>
    Ordered = 3,

    /// <summary>The client had been erased, and the database was put back to an earlier day.</summary>
    ErasedBefore = 4,
}

/// <summary>
/// Erases the client: every name, identifier, note and view becomes unreadable for ever, everywhere on disk, and what
/// was kept by consent with them. Codes, days and figures stay. Nothing more is recorded of the client. It cannot be
/// undone, and not be done while the client waits for log lines. For coordinators.
/// </summary>
/// <param name="Reason">Why; with RETENTION_ENDED the matter was closed 10 years ago.</param>
public sealed record EraseClient(ErasureReason Reason) : IClientCommand, IEndsForGood
{
    ICommand IEndsForGood.Again => new EraseClient(ErasureReason.ErasedBefore);
}

/// <summary>The client's words were erased.</summary>
[StoredAs("client.erased", TimelineKind.Matter)]
public sealed record ClientErased(ErasureReason Reason) : IClientEvent, IErases, IOpensWork
{
    /// <inheritdoc/>
    Erasure IErases.Erases => Erasure.Person;

    /// <summary>Where the log and snapshots are one file, the erasing transaction does it all.</summary>
    bool IOpensWork.InOneFile => false;
}

internal static class ClientErasure
{
    public static Decision Erase(ClientState client, EraseClient command, Moment moment) =>
        Require.Member(command.Reason, "reason") is { } refused ? refused
        : command.Reason is ErasureReason.RetentionEnded && Retention.Refusal(client, moment, "reason") is { } kept
            ? kept
        : command.Reason is not ErasureReason.ErasedBefore && LogRequests.HoldsErasure(client, "id") is { } held ? held
        : Decision.Happened(new ClientErased(command.Reason));

    /// <summary>What is asked of a client who was erased, or whose erasure was confirmed and follows.</summary>
    public static Decision? Gone(ClientState client, IClientCommand command) =>
        client.ErasedOn is null && (client.RetentionConfirmedOn is null || command is EraseClient or CarryOutRetention)
            ? default(Decision?)
        : command is EraseClient or ConfirmRetention or CarryOutRetention ? Decision.Nothing
        : Refuse.Step(RejectionCodes.ClientErased, "id", "This client was erased; nothing more is recorded.");

    public static ClientState Evolve(ClientState client, DateOnly on) =>
        DropIn.Withdrawn(client) with { ErasedOn = on };
}
