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

    /// <summary>
    /// The client had been erased, and the database was put back to an earlier day. The platform alone gives it.
    /// </summary>
    ErasedBefore = 4,
}

/// <summary>
/// A command that erases a client, or carries an erasure out: it is taken where nothing else is, of a client who was
/// merged or whose erasure was decided.
/// </summary>
public interface IErasesClient : IClientCommand, IEndsForGood;

/// <summary>
/// Erases the client: every name, identifier, note and view becomes unreadable for ever, everywhere on disk, and what
/// was kept by consent with them; duplicates that were merged into the client go first. Codes, days and figures stay.
/// Nothing more is recorded of the client. It cannot be undone, and not be done while the client waits for log lines or
/// an opening waits for its review. For coordinators.
/// </summary>
/// <param name="Reason">Why; with RETENTION_ENDED the matter was closed 10 years ago. ERASED_BEFORE is the platform's
/// own.</param>
public sealed record EraseClient(ErasureReason Reason) : IErasesClient
{
    ICommand IEndsForGood.Again => new EraseAgain();

    IReadOnlyList<Type> IEndsForGood.Ends => ClientErasure.Ends;
}

/// <summary>Erases a client whose erasure was lost when the database was put back to an earlier day.</summary>
public sealed record EraseAgain : IErasesClient, ICarriedOut
{
    IReadOnlyList<Type> IEndsForGood.Ends => ClientErasure.Ends;
}

/// <summary>Erases a client whose erasure was decided, or a duplicate that was merged into one.</summary>
/// <param name="SurvivorId">The client into whom this one was merged; null for the client who was decided on.</param>
/// <param name="Reason">Why a duplicate is erased.</param>
public sealed record CarryOutRetention(string? SurvivorId = null, ErasureReason Reason = ErasureReason.RetentionEnded)
    : IErasesClient, ICarriedOut
{
    ICommand IEndsForGood.Again => new EraseAgain();

    IReadOnlyList<Type> IEndsForGood.Ends => ClientErasure.Ends;
}

/// <summary>
/// A client with merged duplicates is to be erased: they go first, and the client when they are gone. Until then the
/// client takes nothing else.
/// </summary>
[StoredAs("client.erasure-decided", TimelineKind.Matter, StaysInside = true)]
public sealed record ErasureDecided(ErasureReason Reason) : IClientEvent, IOpensWork;

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
    public static IReadOnlyList<Type> Ends { get; } = [typeof(ClientErased), typeof(ErasureDecided)];

    public static Decision Erase(ClientState client, EraseClient command, Moment moment) =>
        Require.Member(command.Reason, "reason") is { } refused ? refused
        : command.Reason is ErasureReason.ErasedBefore
            ? Refuse.Field(RejectionCodes.ErasureReasonInvalid, "reason", "The platform alone gives this reason.")
        : command.Reason is ErasureReason.RetentionEnded && Retention.Refusal(client, moment, "reason") is { } kept
            ? kept
        : Retention.Holds(client, "id") is { } held ? held
        : Whole(client, command.Reason);

    public static Decision Again(ClientState client) => Whole(client, ErasureReason.ErasedBefore);

    /// <summary>Nothing happens where nothing was decided. One that was erased for another reason stays so.</summary>
    public static Decision CarryOut(ClientState client, CarryOutRetention command) =>
        client.ErasureDecidedFor is { } decided ? Decision.Happened(new ClientErased(decided))
        : command.SurvivorId is { } survivor && client.MergedInto?.SurvivorId == survivor
            ? Decision.Happened(new ClientErased(command.Reason))
        : Decision.Nothing;

    /// <summary>What is asked of a client who was erased, or whose erasure was decided and follows.</summary>
    public static Decision? Gone(ClientState client, IClientCommand command) =>
        !client.IsGone || (client.ErasedOn is null && command is CarryOutRetention)
            ? default(Decision?)
        : command is IErasesClient ? Decision.Nothing
        : Refuse.Step(RejectionCodes.ClientErased, "id", "This client was erased; nothing more is recorded.");

    public static ClientState Evolve(ClientState client, ErasureDecided happened) =>
        client with { ErasureDecidedFor = happened.Reason };

    public static ClientState Evolve(ClientState client, DateOnly on) =>
        DropIn.Withdrawn(client) with { ErasedOn = on };

    /// <summary>One person ends whole: who has duplicates, which have words and keys of their own, waits for them.
    /// </summary>
    private static Decision Whole(ClientState client, ErasureReason reason) =>
        Decision.Happened(client.Absorbed.Count > 0 ? new ErasureDecided(reason) : new ClientErased(reason));
}
