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
/// Confirms that a time of keeping has ended. With a matter: its documents are destroyed, with those of the matters
/// before it, and the basic data stay. Without: the basic data end, too; the client is erased, with the duplicates that
/// were merged into the client. It cannot be undone. For coordinators.
/// </summary>
/// <param name="Matter">The number of the matter, as `retentionDue` has it; null for the whole client.</param>
public sealed record ConfirmRetention(int? Matter = null) : IErasesClient
{
    ICommand IEndsForGood.Again => Matter is { } through ? new EndMattersAgain(through) : new EraseAgain();

    IReadOnlyList<Type> IEndsForGood.Ends => [Matter is null ? typeof(RetentionConfirmed) : typeof(MattersEnded)];

    bool IEndsForGood.IsEndedBy(IEvent happened) => Matter is { } through
        ? happened is MattersEnded ended && ended.Through == through
        : happened is RetentionConfirmed;
}

/// <summary>Ends matters whose end was lost when the database was put back to an earlier day.</summary>
/// <param name="Through">The number of the last one.</param>
public sealed record EndMattersAgain(int Through) : IErasesClient, ICarriedOut
{
    IReadOnlyList<Type> IEndsForGood.Ends => [typeof(MattersEnded)];

    bool IEndsForGood.IsEndedBy(IEvent happened) => happened is MattersEnded ended && ended.Through == Through;
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

/// <summary>The words of closed matters were destroyed. Codes, days and figures stay, and so do basic data.</summary>
/// <param name="Through">The number of the last one; all before it have ended, too.</param>
/// <param name="IsLatest">True when the client has no later matter: the visits kept by consent end with it. The consent
/// to answers to measures ends by an event of its own.</param>
/// <param name="NextClosedOn">The day on which the next one was closed that ended by the beginning of another; null for
/// none.</param>
[StoredAs("client.matters-ended", TimelineKind.Matter)]
public sealed record MattersEnded(int Through, bool IsLatest, DateOnly? NextClosedOn)
    : IClientEvent, IErases, IOpensWork
{
    /// <inheritdoc/>
    Erasure IErases.Erases => IsLatest ? Erasure.Consent : Erasure.None;

    /// <inheritdoc/>
    int IErases.EndsMatters => Through;

    /// <summary>Where the log and snapshots are one file, the erasing transaction does it all.</summary>
    bool IOpensWork.InOneFile => false;
}

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

    internal static Decision Confirm(ClientState client, ConfirmRetention command, Moment moment) =>
        command.Matter is { } matter ? ConfirmMatter(client, matter, moment)
        : Refusal(client, moment, "id") is { } refused ? refused : Decision.Happened(new RetentionConfirmed());

    internal static Decision EndAgain(ClientState client, EndMattersAgain command) =>
        Math.Min(command.Through, Limits.Matters) is var through && through <= client.MattersEnded
            ? Decision.Nothing
            : End(client, through);

    /// <summary>
    /// True when the words of the client's last matter end with the basic data: those of a client of an earlier version
    /// are under one key, duplicates have no matters of their own here, and who has died begins none.
    /// </summary>
    internal static bool EndsWhole(ClientState client, int matter) =>
        client.Registered?.MattersApart is not true || client.Absorbed.Count > 0
        || (matter >= client.Matter && client.Closed?.Reason is ClosingReason.Died);

    private static Decision ConfirmMatter(ClientState client, int matter, Moment moment) =>
        EndsWhole(client, matter)
            ? Refuse.Step(RetentionOfWhole, "matter", "This matter ends with the whole client: name no matter.")
        : matter > 0 && matter <= client.MattersEnded ? Decision.Nothing
        : ClosedOn(client, matter) is not { } closed || EndsOn(closed) > moment.Today
            ? Refuse.Step(RetentionNotEnded, "matter", "The closing or the last document is not ten years old.")
        : Held(client, moment, "id") is { } held ? held
        : End(client, matter);

    private static Decision End(ClientState client, int through)
    {
        var isLatest = through >= client.Matter;
        var next = client.EarlierMatters.FirstOrDefault(earlier => earlier.Number > through);
        return Decision.Happened(
            [.. isLatest ? MeasureAnswers.EndOf(client) : [], new MattersEnded(through, isLatest, next?.ClosedOn)]);
    }

    private static DateOnly? ClosedOn(ClientState client, int matter) =>
        matter == client.Matter && client.Closed is { } closed ? Matter.KeptFrom(client, closed)
        : client.EarlierMatters.FirstOrDefault(earlier => earlier.Number == matter)?.ClosedOn;

    /// <summary>What an erasure waits for, whatever its reason: afterwards nothing could be answered or reviewed.
    /// </summary>
    internal static Rejection? Holds(ClientState client, string field) =>
        LogRequests.HoldsErasure(client, field) ?? Openings.HoldsErasure(client, field)
        ?? Restrictions.HoldsErasure(client, field);

    /// <summary>Why a client cannot be destroyed for the end of the time of keeping; null when it is to be.</summary>
    internal static Rejection? Refusal(ClientState client, Moment moment, string field) =>
        client.Closed is not { } closed || EndsOn(Matter.KeptFrom(client, closed)) > moment.Today
            ? Refuse.Step(RetentionNotEnded, field, "The closing or the last document is not ten years old.")
        : Held(client, moment, field);

    private static Rejection? Held(ClientState client, Moment moment, string field) =>
        client.ArchivingSince is not null
            ? Refuse.Step(RetentionHeld, field, "The client's documents are ordered to be archived.")
        : IsOfArchivedDay(client, moment.ArchivedBirthDays)
            ? Refuse.Step(RetentionHeld, field, "Documents of persons born on this day are archived.")
        : Holds(client, field);

    internal static ClientState? Evolve(ClientState client, IEvent happened, DateOnly on) => happened switch
    {
        HeldForArchiving => client with { ArchivingSince = on },
        ArchivingHoldEnded => client with { ArchivingSince = null },
        MattersEnded it => (it.IsLatest ? DropIn.Withdrawn(client) : client) with
        {
            MattersEnded = it.Through,
            RemindersAgreedSince = it.IsLatest ? null : client.RemindersAgreedSince,
            EarlierMatters = [.. client.EarlierMatters.Where(earlier => earlier.Number > it.Through)],
        },
        RetentionConfirmed => client with { ErasureDecidedFor = ErasureReason.RetentionEnded },
        ErasureDecided it => ClientErasure.Evolve(client, it),
        _ => null,
    };

    /// <summary>What cannot be known is not destroyed: it may be one of those days.</summary>
    private static bool IsOfArchivedDay(ClientState client, IReadOnlyList<int> days) => days.Count > 0
        && (PersonalIdentityCode.BirthDayOf(client.Registered?.PersonalIdentityCode?.Reveal()) is not { } day
            || days.Contains(day));
}
