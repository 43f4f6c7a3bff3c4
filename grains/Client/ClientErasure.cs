using static OsstOrleans.Grains.RejectionCodes;

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
}

/// <summary>
/// Erases the client: every name, identifier, note and view becomes unreadable for ever, everywhere on disk, and what
/// was kept by consent with them. Codes, days and figures stay. Nothing more is recorded of the client. It cannot be
/// undone. For coordinators.
/// </summary>
/// <param name="Reason">Why; with RETENTION_ENDED the matter was closed 10 years ago.</param>
public sealed record EraseClient(ErasureReason Reason) : IClientCommand;

/// <summary>The client's words were erased.</summary>
[StoredAs("client.erased", TimelineKind.Matter)]
public sealed record ClientErased(ErasureReason Reason) : IClientEvent, IErases, IOpensWork
{
    /// <inheritdoc/>
    Erasure IErases.Erases => Erasure.Person;
}

internal static class ClientErasure
{
    /// <summary>703/2023, annex: documents of the working-age service task.</summary>
    public const int YearsAfterClosing = 10;

    public static Decision Erase(ClientState client, EraseClient command, Moment moment) =>
        Require.Member(command.Reason, "reason") is { } refused ? refused
        : command.Reason is ErasureReason.RetentionEnded && !RetentionEnded(client, moment.Today)
            ? Refuse.Step(RetentionNotEnded, "reason", "The matter was not closed ten years ago.")
        : Decision.Happened(new ClientErased(command.Reason));

    /// <summary>What is asked of a client who was erased.</summary>
    public static Decision? Gone(ClientState client, IClientCommand command) =>
        client.ErasedOn is null ? default(Decision?)
        : command is EraseClient ? Decision.Nothing
        : Refuse.Step(RejectionCodes.ClientErased, "id", "This client was erased; nothing more is recorded.");

    private static bool RetentionEnded(ClientState client, DateOnly today) =>
        client.Closed?.ClosedOn.AddYears(YearsAfterClosing) <= today;

    public static ClientState Evolve(ClientState client, DateOnly on) =>
        DropIn.Withdrawn(client) with { ErasedOn = on };
}
