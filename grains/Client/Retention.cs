using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Records that the client's documents are ordered to be archived (703/2023 23-24 §): they are not destroyed when the
/// time of keeping ends. For coordinators.
/// </summary>
/// <param name="Words">The order, in the coordinator's words; optional.</param>
public sealed record HoldForArchiving(PersonalText? Words = null) : IClientCommand;

/// <summary>Records that the order to archive has ended, or was carried out. For coordinators.</summary>
public sealed record EndArchivingHold : IClientCommand;

/// <summary>
/// Confirms that the client's time of keeping has ended: the client is erased, with the duplicates that were merged
/// into the client. It cannot be undone. For coordinators.
/// </summary>
public sealed record ConfirmRetention : IErasesClient
{
    ICommand IEndsForGood.Again => new EraseAgain();

    IReadOnlyList<Type> IEndsForGood.Ends => [typeof(RetentionConfirmed)];
}

/// <summary>The client's documents are ordered to be archived.</summary>
[StoredAs("client.held-for-archiving", TimelineKind.Matter, StaysInside = true, Words = WordClass.Basic)]
public sealed record HeldForArchiving(PersonalText? Words) : IClientEvent;

/// <summary>The client's documents need not be kept for archiving any more.</summary>
[StoredAs("client.archiving-hold-ended", TimelineKind.Matter, StaysInside = true)]
public sealed record ArchivingHoldEnded : IClientEvent;

/// <summary>It was confirmed that the time of keeping has ended; the erasure follows.</summary>
[StoredAs("client.retention-confirmed", TimelineKind.Matter, StaysInside = true)]
public sealed record RetentionConfirmed : IClientEvent, IOpensWork;

/// <summary>How long a client is kept, and what holds it.</summary>
public static class Retention
{
    /// <summary>703/2023, annex: documents of the working-age service task, from the closing of the matter.</summary>
    public const int YearsAfterClosing = 10;

    /// <summary>The day from which on a client's documents are to be destroyed: the tenth year is over.</summary>
    public static DateOnly EndsOn(DateOnly closedOn) => closedOn.AddYears(YearsAfterClosing).AddDays(1);

    internal static Decision Hold(ClientState client, HoldForArchiving command) =>
        Require.Text(command.Words, "words") is { } refused ? refused
        : client.ArchivingSince is not null ? Decision.Nothing
        : Decision.Happened(new HeldForArchiving(command.Words));

    internal static Decision EndHold(ClientState client) =>
        client.ArchivingSince is null ? Decision.Nothing : Decision.Happened(new ArchivingHoldEnded());

    internal static Decision Confirm(ClientState client, Moment moment) =>
        Refusal(client, moment, "id") is { } refused ? refused : Decision.Happened(new RetentionConfirmed());

    /// <summary>What an erasure waits for, whatever its reason: afterwards nothing could be answered or reviewed.
    /// </summary>
    internal static Rejection? Holds(ClientState client, string field) =>
        LogRequests.HoldsErasure(client, field) ?? Openings.HoldsErasure(client, field);

    /// <summary>Why a client cannot be destroyed for the end of the time of keeping; null when it is to be.</summary>
    internal static Rejection? Refusal(ClientState client, Moment moment, string field) =>
        client.Closed is not { } closed || EndsOn(Later(closed.ClosedOn, Matter.LastStepOn(client))) > moment.Today
            ? Refuse.Step(RetentionNotEnded, field, "The matter was not closed ten years ago.")
        : client.ArchivingSince is not null
            ? Refuse.Step(RetentionHeld, field, "The client's documents are ordered to be archived.")
        : IsOfArchivedDay(client, moment.ArchivedBirthDays)
            ? Refuse.Step(RetentionHeld, field, "Documents of persons born on this day are archived.")
        : Holds(client, field);

    internal static ClientState? Evolve(ClientState client, IEvent happened, DateOnly on) => happened switch
    {
        HeldForArchiving => client with { ArchivingSince = on },
        ArchivingHoldEnded => client with { ArchivingSince = null },
        RetentionConfirmed => client with { ErasureDecidedFor = ErasureReason.RetentionEnded },
        ErasureDecided it => ClientErasure.Evolve(client, it),
        _ => null,
    };

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    /// <summary>What cannot be known is not destroyed: it may be one of those days.</summary>
    private static bool IsOfArchivedDay(ClientState client, IReadOnlyList<int> days) => days.Count > 0
        && (PersonalIdentityCode.BirthDayOf(client.Registered?.PersonalIdentityCode?.Reveal()) is not { } day
            || days.Contains(day));
}
