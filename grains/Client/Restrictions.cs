using OsstOrleans.Grains.Calls;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>Why a client asks to restrict the processing of own data (GDPR, article 18, paragraph 1).</summary>
public enum RestrictionGround
{
    /// <summary>The client contests that the data are accurate (a).</summary>
    AccuracyContested = 1,

    /// <summary>The processing is unlawful, and the client opposes the erasure (b).</summary>
    UnlawfulProcessing = 2,

    /// <summary>The register needs the data no more, and the client does for a legal claim (c).</summary>
    NeededForClaim = 3,

    /// <summary>The client has objected, and it is not decided yet whose grounds override (d).</summary>
    Objection = 4,
}

/// <summary>Why a request for restriction is refused.</summary>
public enum RestrictionRefusal
{
    /// <summary>It would seriously endanger the client or another person (703/2023 12 §).</summary>
    SeriousDanger = 1,

    /// <summary>None of the grounds of article 18 is there.</summary>
    NoGround = 2,
}

/// <summary>What became of a request for restriction.</summary>
public enum RestrictionStatus
{
    /// <summary>It waits for a decision.</summary>
    Waiting = 1,

    /// <summary>It was granted and holds.</summary>
    InForce = 2,

    /// <summary>It was refused.</summary>
    Refused = 3,

    /// <summary>It has ended, after the client had notice.</summary>
    Ended = 4,

    /// <summary>The client took it back.</summary>
    Withdrawn = 5,
}

/// <summary>A command that decides about a restriction of processing. For coordinators.</summary>
public interface IDecidesRestriction : IClientCommand;

/// <summary>
/// Records that the client asks to restrict the processing of own data (703/2023 12 §; GDPR, article 18). It is decided
/// within a month (article 12, paragraph 3). Until then nothing of the client goes to a receiver.
/// </summary>
/// <param name="Ground">The ground that the client gives.</param>
/// <param name="Words">What the client said; optional.</param>
public sealed record RequestRestriction(RestrictionGround Ground, PersonalText? Words = null) : IClientCommand;

/// <summary>
/// Grants the restriction that the client asked for: the data are kept, and read only by who opens the client for a
/// reason that the law lists (<see cref="OpenAccess"/>). For coordinators.
/// </summary>
/// <param name="Words">The decision's words; optional.</param>
public sealed record GrantRestriction(PersonalText? Words = null) : IDecidesRestriction;

/// <summary>Refuses the restriction that the client asked for, by a written decision. For coordinators.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Grounds">The decision's grounds; required.</param>
public sealed record RefuseRestriction(RestrictionRefusal Reason, PersonalText Grounds)
    : IDecidesRestriction, IMakesItLast;

/// <summary>
/// Ends a restriction. The client had notice before (GDPR, article 18, paragraph 3): the day of the notice is
/// part of the record. For coordinators.
/// </summary>
/// <param name="Grounds">Why it ends, as the notice says it; required.</param>
/// <param name="NoticeOn">The day of the notice; the day of the end when absent.</param>
public sealed record EndRestriction(PersonalText Grounds, DateOnly? NoticeOn = null)
    : IDecidesRestriction, IMakesItLast;

/// <summary>Records that the client takes the request back, or wants the restriction no more. For coordinators.
/// </summary>
public sealed record WithdrawRestriction : IDecidesRestriction, IMakesItLast;

/// <summary>The client asked to restrict the processing of own data.</summary>
[StoredAs("client.restriction-requested", TimelineKind.Registration, StaysInside = true, Words = WordClass.Basic)]
public sealed record RestrictionRequested(RestrictionGround Ground, PersonalText? Words) : IClientEvent;

/// <summary>The processing of the client's data was restricted.</summary>
[StoredAs("client.restriction-granted", TimelineKind.Registration, StaysInside = true, Words = WordClass.Basic)]
public sealed record RestrictionGranted(PersonalText? Words) : IClientEvent;

/// <summary>The restriction was refused by a written decision.</summary>
[StoredAs("client.restriction-refused", TimelineKind.Registration, StaysInside = true, Words = WordClass.Basic)]
public sealed record RestrictionRefused(RestrictionRefusal Reason, PersonalText Grounds) : IClientEvent;

/// <summary>The restriction ended, after the client had notice.</summary>
[StoredAs("client.restriction-ended", TimelineKind.Registration, StaysInside = true, Words = WordClass.Basic)]
public sealed record RestrictionEnded(DateOnly NoticeOn, PersonalText Grounds) : IClientEvent;

/// <summary>The client took the request back, or wanted the restriction no more.</summary>
[StoredAs("client.restriction-withdrawn", TimelineKind.Registration, StaysInside = true)]
public sealed record RestrictionWithdrawn : IClientEvent;

/// <summary>The latest request of a client for the restriction of processing.</summary>
/// <param name="Ground">The ground that the client gave.</param>
/// <param name="RequestedOn">The day of asking.</param>
public sealed record Restriction(RestrictionGround Ground, DateOnly RequestedOn)
{
    /// <summary>What became of it.</summary>
    public RestrictionStatus Status { get; init; } = RestrictionStatus.Waiting;

    /// <summary>The day on which it was granted or refused; null while it waits.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>The day on which it ended, or was taken back.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>True while it waits or holds: nothing of the client goes to others, and nothing is destroyed.</summary>
    internal bool IsOpen => Status is RestrictionStatus.Waiting or RestrictionStatus.InForce;
}

/// <summary>The rules of the restriction of processing.</summary>
public static class Restrictions
{
    /// <summary>How many months there are to decide (GDPR, article 12, paragraph 3).</summary>
    public const int MonthsToDecide = 1;

    /// <summary>The last day on which a request is decided in time.</summary>
    public static DateOnly DueOn(DateOnly requestedOn) => requestedOn.AddMonths(MonthsToDecide);

    /// <summary>True for what a restricted client may be opened for (GDPR, article 18, paragraph 2), and for nothing
    /// else.</summary>
    public static bool Lets(OpeningReason reason) => reason is OpeningReason.LegalClaim
        or OpeningReason.ProtectsAnother or OpeningReason.ClientConsents or OpeningReason.PublicInterest
        or OpeningReason.ChecksRestriction;

    /// <summary>True for an opening of a restricted client that lets its opener in; with a security ban only one of a
    /// coordinator does.</summary>
    internal static bool Lets(Opening opening, bool isProtected) =>
        opening.Reason is { } reason && Lets(reason)
        && (!isProtected || Actors.Of(opening.OpenedBy).Role == RoleNames.NameOf(Role.Coordinator));

    /// <summary>True while the client's data are read by a listed reason alone.</summary>
    internal static bool IsInForce(ClientState client) => client.Restriction is { Status: RestrictionStatus.InForce };

    /// <summary>What was asked to be kept is not destroyed.</summary>
    internal static Rejection? HoldsErasure(ClientState client, string field) => client.Restriction is { IsOpen: true }
        ? Refuse.Step(RestrictionUnderWay, field, "A restriction of the client's data is asked for, or holds.")
        : null;

    /// <summary>A restricted client is opened for what the law lists, and no other client is opened for that.</summary>
    internal static Rejection? MayOpen(ClientState client, OpeningReason reason) => IsInForce(client) == Lets(reason)
        ? null
        : Refuse.Field(OpeningReasonUnfit, "reason", IsInForce(client)
            ? "The processing of this client's data is restricted: only the law's reasons open it."
            : "This reason opens clients alone whose processing is restricted.");

    internal static Decision Request(ClientState client, RequestRestriction command) =>
        (Require.Member(command.Ground, "ground") ?? Require.Text(command.Words, "words")) is { } refused ? refused
        : client.Restriction is not { IsOpen: true } open
            ? Decision.Happened(new RestrictionRequested(command.Ground, command.Words))
        : open.Ground == command.Ground ? Decision.Nothing
        : Refuse.Step(RestrictionUnderWay, "ground", "Another request of the client waits, or holds.");

    internal static Decision Grant(ClientState client, GrantRestriction command, Moment moment) =>
        Require.Text(command.Words, "words") is { } refused ? refused
        : Decide(client, RestrictionStatus.InForce, moment, new RestrictionGranted(command.Words));

    internal static Decision Deny(ClientState client, RefuseRestriction command, Moment moment) =>
        (Require.Member(command.Reason, "reason") ?? Require.Words(command.Grounds, "grounds")) is { } refused
            ? refused
        : Decide(client, RestrictionStatus.Refused, moment, new RestrictionRefused(command.Reason, command.Grounds));

    internal static Decision End(ClientState client, EndRestriction command, Moment moment)
    {
        var notice = command.NoticeOn ?? moment.OccurredOn;
        return (Require.Past(notice, moment, "noticeOn") ?? Require.Words(command.Grounds, "grounds"))
            is { } refused ? refused
            : client.Restriction is { Status: RestrictionStatus.Ended } ? Decision.Nothing
            : client.Restriction is not { Status: RestrictionStatus.InForce, DecidedOn: { } since }
                ? Refuse.Step(RestrictionUnknown, "id", "No restriction of this client's data holds.")
            : notice > moment.OccurredOn || notice < since
                ? Refuse.Field(OutOfRange, "noticeOn", "The client has notice while it holds, and before it ends.")
            : Decision.Happened(new RestrictionEnded(notice, command.Grounds));
    }

    internal static Decision Withdraw(ClientState client, Moment moment) =>
        client.Restriction is not { IsOpen: true } open ? Decision.Nothing
        : moment.OccurredOn < (open.DecidedOn ?? open.RequestedOn)
            ? Refuse.Field(OutOfRange, "occurredOn", "The client asked, or it was decided, after this day.")
        : Decision.Happened(new RestrictionWithdrawn());

    internal static ClientState? Evolve(ClientState client, IEvent happened, DateOnly on) => happened switch
    {
        RestrictionRequested it => client with { Restriction = new Restriction(it.Ground, on) },
        RestrictionGranted => Now(client, RestrictionStatus.InForce, on) with
        {
            // An opening from before lets none in by this restriction, for whatever reason it was made.
            Openings = [.. client.Openings.Select(opening => opening with { Reason = null })],
        },
        RestrictionRefused => Now(client, RestrictionStatus.Refused, on),
        RestrictionEnded => Now(client, RestrictionStatus.Ended, on),
        RestrictionWithdrawn => Now(client, RestrictionStatus.Withdrawn, on),
        _ => null,
    };

    private static ClientState Now(ClientState client, RestrictionStatus status, DateOnly on) =>
        client.Restriction is not { } known ? client
        : client with
        {
            Restriction = status is RestrictionStatus.InForce or RestrictionStatus.Refused
                ? known with { Status = status, DecidedOn = on }
                : known with { Status = status, EndedOn = on },
        };

    private static Decision Decide(
        ClientState client, RestrictionStatus status, Moment moment, IClientEvent happened) =>
        client.Restriction is not { } known || known.Status is RestrictionStatus.Ended or RestrictionStatus.Withdrawn
            ? Refuse.Step(RestrictionUnknown, "id", "The client does not wait for such a decision.")
        : known.Status == status ? Decision.Nothing
        : known.Status is not RestrictionStatus.Waiting
            ? Refuse.Step(RestrictionUnderWay, "id", "The request was decided otherwise.")
        : moment.OccurredOn < known.RequestedOn
            ? Refuse.Field(OutOfRange, "occurredOn", "The client asked after this day.")
        : Decision.Happened(happened);
}
