using OsstOrleans.Grains.Calls;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>Why a client was opened without a relationship. No official list is known; these are the project's own.
/// </summary>
public enum OpeningReason
{
    /// <summary>The life, health or safety of a person is in danger.</summary>
    Danger = 1,

    /// <summary>The client needs help now, and neither worker nor substitute can be reached.</summary>
    WorkerAway = 2,

    /// <summary>The client is here or on the phone, and asks for it.</summary>
    ClientAsks = 3,

    /// <summary>Another reason, in words.</summary>
    Other = 4,

    /// <summary>A restricted client's data are needed to establish, exercise or defend a legal claim.</summary>
    LegalClaim = 5,

    /// <summary>A restricted client's data are needed to protect another person's rights.</summary>
    ProtectsAnother = 6,

    /// <summary>The restricted client consents to this use.</summary>
    ClientConsents = 7,

    /// <summary>A restricted client's data are needed for an important public interest.</summary>
    PublicInterest = 8,

    /// <summary>What the restricted client contests is looked into, or the end of the restriction is decided.</summary>
    ChecksRestriction = 9,
}

/// <summary>
/// Opens a client of the own register with whom the caller has nothing to do, for three hours (break the glass). A
/// client whose processing is restricted is opened for the law's reasons alone, by coordinators and the own worker,
/// too. It is in the client's timeline at once and waits for a coordinator's review; before that the same person opens
/// the client no second time, and a day has a cap for each person.
/// </summary>
/// <param name="Reason">Why.</param>
/// <param name="Words">Why, in the worker's words; required.</param>
public sealed record OpenAccess(OpeningReason Reason, PersonalText Words) : IClientCommand;

/// <summary>
/// Reviews an opening: by another person, who coordinates the register. One that was not justified ends at once.
/// </summary>
/// <param name="OpenedBy">Who opened the client, as the openings to review name it: <c>role/subject</c>.</param>
/// <param name="Justified">Whether it was justified.</param>
/// <param name="Words">What was found, in the reviewer's words.</param>
public sealed record ReviewOpening(string OpenedBy, bool Justified, PersonalText? Words = null) : IClientCommand;

/// <summary>A client was opened without a relationship. It is the register's own matter: no receiver gets it.</summary>
/// <param name="OpenedBy">Who, <c>role/subject</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">The instant at which it ends.</param>
/// <param name="Words">Why, in the worker's words.</param>
[StoredAs("client.access-opened", TimelineKind.Worker, StaysInside = true, Words = WordClass.Matter)]
public sealed record AccessOpened(string OpenedBy, OpeningReason Reason, DateTimeOffset Until, PersonalText Words)
    : IClientEvent;

/// <summary>An opening was reviewed.</summary>
[StoredAs("client.opening-reviewed", TimelineKind.Worker, StaysInside = true, Words = WordClass.Matter)]
public sealed record OpeningReviewed(string OpenedBy, bool Justified, PersonalText? Words) : IClientEvent;

/// <summary>A person's latest opening of a client.</summary>
/// <param name="OpenedBy">Who, <c>role/subject</c>.</param>
/// <param name="Until">The instant at which it ends.</param>
/// <param name="Register">The municipality in whose register it was; it opens the client in no other.</param>
/// <param name="IsReviewed">True once it was found justified.</param>
/// <param name="Reason">Why; null in a state of an earlier version.</param>
public sealed record Opening(
    string OpenedBy, DateTimeOffset Until, string Register, bool IsReviewed = false, OpeningReason? Reason = null);

/// <summary>The rules of opening a client without a relationship.</summary>
public static class Openings
{
    /// <summary>How long an opening lasts.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromHours(3);

    /// <summary>Why a person opens no more clients today; null when there may be another one.</summary>
    /// <param name="today">Clients whom the person has opened today.</param>
    public static Rejection? Refusal(int today) => today < Limits.OpeningsPerDay ? null : Refuse.Step(
        OpeningsOfDay, "id", $"A day has at most {Limits.OpeningsPerDay} openings of one person.");

    internal static Decision Open(ClientState client, OpenAccess command, Moment moment) =>
        (Require.Member(command.Reason, "reason") ?? Require.Words(command.Words, "words")) is { } refused ? refused
        : Restrictions.MayOpen(client, command.Reason) is { } unfit ? unfit
        : Unreviewed(client, moment.Actor) is not null
            ? Refuse.Step(OpeningNotReviewed, "id", "Your opening of this client was not reviewed yet.")
        : client.Openings.Count >= Limits.Openings ? Refuse.Limit("id", Limits.Openings)
        : Decision.Happened(new AccessOpened(
            moment.Actor, command.Reason, moment.RecordedAt + Length, command.Words));

    internal static Decision Review(ClientState client, ReviewOpening command, Moment moment) =>
        Require.Text(command.Words, "words") is { } refused ? refused
        : Unreviewed(client, command.OpenedBy) is null
            ? Refuse.Step(OpeningUnknown, "openedBy", "No opening of this person waits for a review.")
        : Actors.Of(command.OpenedBy).Subject == Actors.Of(moment.Actor).Subject
            ? Refuse.Step(ReviewOfSelf, "openedBy", "Another person reviews an opening.")
        : Decision.Happened(new OpeningReviewed(command.OpenedBy, command.Justified, command.Words));

    /// <summary>Nothing more is recorded of an erased client: an opening could not be reviewed any more.</summary>
    internal static Rejection? HoldsErasure(ClientState client, string field) =>
        client.Openings.Any(known => !known.IsReviewed)
            ? Refuse.Step(OpeningNotReviewed, field, "An opening of this client was not reviewed yet.")
            : null;

    internal static ClientState Evolve(ClientState client, AccessOpened happened) => client with
    {
        Openings =
        [
            .. Others(client, happened.OpenedBy),
            new Opening(happened.OpenedBy, happened.Until, client.Municipality, Reason: happened.Reason),
        ],
    };

    internal static ClientState Evolve(ClientState client, OpeningReviewed happened) => client with
    {
        Openings =
        [
            .. Others(client, happened.OpenedBy),
            .. client.Openings.Where(known => known.OpenedBy == happened.OpenedBy && happened.Justified)
                .Select(known => known with { IsReviewed = true }),
        ],
    };

    private static Opening? Unreviewed(ClientState client, string actor) =>
        client.Openings.FirstOrDefault(known => known.OpenedBy == actor && !known.IsReviewed);

    private static IEnumerable<Opening> Others(ClientState client, string actor) =>
        client.Openings.Where(known => known.OpenedBy != actor);
}
