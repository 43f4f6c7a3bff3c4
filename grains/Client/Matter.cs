using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>Why a matter was closed. No official list is known; these are the project's own.</summary>
public enum ClosingReason
{
    /// <summary>The goals were reached.</summary>
    GoalsReached = 1,

    /// <summary>The client began work or study.</summary>
    WorkOrStudy = 2,

    /// <summary>No need for services was found.</summary>
    NoNeed = 3,

    /// <summary>The client did not want to go on.</summary>
    ClientsWish = 4,

    /// <summary>The client was never reached.</summary>
    NotReached = 5,

    /// <summary>The client moved out of the municipalities served here.</summary>
    MovedAway = 6,

    /// <summary>The client went over to another service.</summary>
    OtherService = 7,

    /// <summary>The client died.</summary>
    Died = 8,

    /// <summary>Another reason.</summary>
    Other = 9,
}

/// <summary>
/// Closes the client's matter (<em>asian sulkeminen</em>). The day it occurred starts the 10-year retention clock
/// (703/2023, annex). Until it is reopened, no step in the matter is recorded; facts of registers (benefit months,
/// periods of the employment services, employment outcomes), bans, what the client says of disclosures, openings and
/// the withdrawal of a consent are. It occurred no earlier than anything else in the matter.
/// </summary>
/// <param name="Reason">Why.</param>
/// <param name="Note">The worker's words.</param>
/// <param name="Declined">Why the client did not want to go on; only with that as the reason.</param>
public sealed record CloseMatter(
    ClosingReason Reason, PersonalText? Note = null, DeclineReason? Declined = null) : IClientCommand;

/// <summary>
/// Opens a closed client again. As the same matter, since its closing was premature: that closing counts no more, and
/// the retention clock stops. Or as a new matter, for a client who comes back: the closed one stays closed, and is kept
/// for ten years from then. Where its words are destroyed already a new one begins. Not before the day of closing.
/// </summary>
/// <param name="Note">The worker's words.</param>
/// <param name="NewMatter">True where a new matter begins.</param>
public sealed record ReopenMatter(PersonalText? Note = null, bool NewMatter = false) : IClientCommand, IMakesItLast;

/// <summary>The matter was closed.</summary>
[StoredAs("client.matter-closed", TimelineKind.Matter, Words = WordClass.Matter)]
public sealed record MatterClosed(
    ClosingReason Reason, PersonalText? Note, DeclineReason? Declined = null) : IClientEvent;

/// <summary>The client was opened again.</summary>
/// <param name="Note">The worker's words.</param>
/// <param name="Begins">The number of the matter that begins; null where the closed one goes on.</param>
[StoredAs("client.matter-reopened", TimelineKind.Matter, Words = WordClass.Matter)]
public sealed record MatterReopened(PersonalText? Note, int? Begins = null) : IClientEvent;

/// <summary>A matter that was closed for good.</summary>
/// <param name="Number">Its number.</param>
/// <param name="ClosedOn">From when on it is kept: its closing, or its last document where that is later.</param>
public sealed record ClosedMatter(int Number, DateOnly ClosedOn);

/// <summary>When and why the matter was closed.</summary>
public sealed record Closing(ClosingReason Reason, DateOnly ClosedOn);

internal static class Matter
{
    /// <summary>
    /// What a closed matter refuses. A benefit, a job or a name is a fact of a register and no step in the matter; a
    /// consent can always be withdrawn, and a ban set and ended; what a municipality decided is carried out, and what
    /// an import asks for is judged as its own command is; a referral may be known already, and only its own rule can
    /// see that.
    /// </summary>
    public static Rejection? Open(ClientState client, IClientCommand command) => (client.Closed, command) switch
    {
        (null, _) => null,
        (_, ReopenMatter or RecordBenefitMonth or RecordEmploymentOutcome) => null,
        (_, WithdrawDropInConsent or WithdrawMeasureConsent or IErasesClient) => null,
        (_, EndReminders or RecordReminderOutcome) => null,
        (_, HoldForArchiving or EndArchivingHold) => null,
        (_, SetSecurityBan or EndSecurityBan or ProhibitDisclosure or WithdrawDisclosureProhibition) => null,
        (_, PermitDisclosure or WithdrawDisclosurePermission or WithdrawPartProhibition or IDisclosesByLaw) => null,
        (_, RequestRestriction or IDecidesRestriction) => null,
        (_, OpenAccess or ReviewOpening) => null, // Reading goes on after the closing.
        (_, ILogCommand) => null,
        (_, RecordEmploymentServicePeriod or ChangeClientDetails) => null,
        (_, MoveToMunicipality asked) when asked.Municipality == client.Municipality => null,
        (_, ReceiveReferral or INoMutation) => null,
        _ => MustBeReopened(),
    };

    public static Rejection MustBeReopened() =>
        Refuse.Step(MatterIsClosed, "id", "The client's matter is closed; reopen it first.");

    /// <summary>The time of keeping counts from the closing: a step after it would be destroyed too early.</summary>
    public static Decision Close(ClientState client, CloseMatter command, Moment moment) =>
        (Require.Member(command.Reason, "reason")
            ?? Require.Text(command.Note, "note")
            ?? Dose.Declined(
                command.Declined, command.Reason is ClosingReason.ClientsWish, "declined",
                "The matter is closed for another reason.")) is { } refused ? refused
        : moment.OccurredOn < LastStepOn(client)
            ? Refuse.Field(ClosingBeforeStep, "occurredOn", "Something happened in the matter after this day.")
        : Decision.Happened(new MatterClosed(command.Reason, command.Note, command.Declined));

    public static Decision Reopen(ClientState client, ReopenMatter command, Moment moment) =>
        client.Closed is null ? Refuse.Step(MatterIsOpen, "id", "The client's matter is open.")
        : moment.OccurredOn < client.Closed.ClosedOn
            ? Refuse.Field(ReopeningBeforeClosing, "occurredOn", "The matter was closed after this day.")
        : Require.Text(command.Note, "note") is { } refused ? refused
        : !command.NewMatter && client.MattersEnded < client.Matter
            ? Decision.Happened(new MatterReopened(command.Note))
        : NumberOf(client) >= Limits.Matters ? Refuse.Limit("newMatter", Limits.Matters)
        : Decision.Happened(new MatterReopened(command.Note, Math.Max(client.Matter, client.MattersEnded) + 1));

    /// <summary>To which matter new words belong: those after the end of the last one to the next.</summary>
    public static int NumberOf(ClientState client) => Math.Max(client.Matter, client.MattersEnded + 1);

    public static ClientState Evolve(ClientState client, MatterClosed happened, DateOnly on) => client with
    {
        Closed = new Closing(happened.Reason, on),
    };

    public static ClientState Evolve(ClientState client, MatterReopened happened, DateOnly on) => client with
    {
        Matter = happened.Begins ?? client.Matter,
        EarlierMatters = happened.Begins is null || client.Closed is null || client.MattersEnded >= client.Matter
            ? client.EarlierMatters
            : [.. client.EarlierMatters, new ClosedMatter(client.Matter, KeptFrom(client, client.Closed))],
        Closed = null,
        ReopenedOn = on,
        RemindersAgreedSince = happened.Begins is null ? client.RemindersAgreedSince : null,
    };

    /// <summary>After a document of a matter. One recorded in error is kept as long as the others (703/2023 22 §).
    /// </summary>
    public static ClientState AfterWords(ClientState client, IEvent happened, DateOnly on) =>
        EventCatalogue.WordsOf(happened) is WordClass.Matter && !(on <= client.LastWordsOn)
            ? client with { LastWordsOn = on }
            : client;

    /// <summary>From when on the time of keeping counts: the closing, or the last document where that is later.
    /// </summary>
    public static DateOnly KeptFrom(ClientState client, Closing closing) =>
        LastStepOn(client) is var last && last > closing.ClosedOn ? last : closing.ClosedOn;

    /// <summary>
    /// The latest day on which something in the matter happened, or was said to have. No day that was chosen for a
    /// closing is before it, and no mark that an entry is in error makes it earlier: either would destroy young words.
    /// </summary>
    public static DateOnly LastStepOn(ClientState client)
    {
        IEnumerable<DateOnly?> days =
        [
            client.RegisteredOn, client.LastWordsOn, client.ReopenedOn, client.Contacts.LastOn,
            client.Assessment?.AssessedOn, client.LatestAssessmentStartOn,
            .. client.Referrals.Select(referral => (DateOnly?)LastStepOf(referral)),
            .. client.Meetings.Select(meeting => (DateOnly?)Meetings.LastStepOf(meeting)),
            .. client.Discussions.SelectMany(asked => new[] { asked.RequestedOn, asked.AnsweredOn }),
            .. client.Plans.SelectMany(plan => new[] { plan.MadeOn, plan.LatestReviewOn }),
            .. client.EmploymentPlans.Select(plan => (DateOnly?)plan.MadeOn),
            .. client.EmploymentDecisions.Select(decision => (DateOnly?)decision.MadeOn),
        ];
        return days.Max() ?? default;
    }

    /// <summary>The latest day on which something was done about a referral.</summary>
    public static DateOnly LastStepOf(Referral referral) => new[]
    {
        referral.ReceivedOn, referral.NotInvestigatedOn, referral.Registration?.RegisteredOn, referral.UnreachedOn,
        referral.AssessmentStartedOn, referral.AssessedOn,
    }.Max() ?? default;
}
