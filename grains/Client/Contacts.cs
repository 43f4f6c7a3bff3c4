using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>How the client was approached (<em>yhteydenottotapa</em>; the values of list 1250 are not known).</summary>
public enum ContactChannel
{
    /// <summary><em>Kirje</em>.</summary>
    Letter = 1,

    /// <summary><em>Puhelinsoitto</em>.</summary>
    Phone = 2,

    /// <summary><em>Käynti asiakkaan luona</em>.</summary>
    Visit = 3,

    /// <summary>Outreach: street work, or one of the kinds below where it was not recorded which.</summary>
    Outreach = 4,

    /// <summary>Outreach by a peer expert (<em>kokemusasiantuntija</em>).</summary>
    PeerExpert = 5,

    /// <summary>Outreach youth work (<em>etsivä nuorisotyö</em>).</summary>
    YouthWork = 6,

    /// <summary>At a drop-in centre (<em>asukastupa, asiakastupa</em>).</summary>
    DropInCentre = 7,
}

/// <summary>
/// Records one attempt to reach the client. Attempts that fail count: the chain is long for a reason.
/// </summary>
/// <param name="Channel">How.</param>
/// <param name="Reached">True when the client was reached.</param>
/// <param name="ReferralId">The referral it answers, when it answers one.</param>
/// <param name="Note">The worker's words.</param>
/// <param name="Minutes">Minutes with the client, 1-1440; only where the client was reached.</param>
/// <param name="Setting">Where, as a coded kind of place, where the channel does not say it.</param>
/// <param name="Method"><em>Menetelmä</em>, a code of list 1293 or its local placeholder.</param>
/// <param name="Declined">Why the client, when reached, declined a meeting.</param>
public sealed record RecordContactAttempt(
    ContactChannel Channel,
    bool Reached,
    string? ReferralId = null,
    PersonalText? Note = null,
    int? Minutes = null,
    MeetingSetting? Setting = null,
    CodedValue? Method = null,
    DeclineReason? Declined = null) : IClientCommand;

/// <summary>The client was approached, and reached or not.</summary>
[StoredAs("client.contact-attempted", TimelineKind.Contact, Correctable = true, Words = WordClass.Matter)]
public sealed record ContactAttempted(
    ContactChannel Channel,
    bool Reached,
    string? ReferralId,
    PersonalText? Note,
    int? Minutes = null,
    MeetingSetting? Setting = null,
    CodedValue? Method = null,
    DeclineReason? Declined = null) : IClientEvent;

/// <summary>Attempts counted by channel, outreach of all kinds together, with the days that matter for the deadlines.
/// </summary>
public sealed record ContactTally(
    int Letters = 0,
    int PhoneCalls = 0,
    int Visits = 0,
    int Outreach = 0,
    int Reached = 0,
    DateOnly? FirstOn = null,
    DateOnly? FirstReachedOn = null,
    DateOnly? LastOn = null)
{
    internal int Most => Math.Max(Reached, Math.Max(Math.Max(Letters, PhoneCalls), Math.Max(Visits, Outreach)));

    internal int Least => Math.Min(Reached, Math.Min(Math.Min(Letters, PhoneCalls), Math.Min(Visits, Outreach)));

    /// <summary>Both tallies together.</summary>
    internal ContactTally And(ContactTally more) => new(
        Letters + more.Letters,
        PhoneCalls + more.PhoneCalls,
        Visits + more.Visits,
        Outreach + more.Outreach,
        Reached + more.Reached,
        FirstOn is null || more.FirstOn < FirstOn ? more.FirstOn : FirstOn,
        FirstReachedOn is null || more.FirstReachedOn < FirstReachedOn ? more.FirstReachedOn : FirstReachedOn,
        LastOn is null || more.LastOn > LastOn ? more.LastOn : LastOn);
}

internal static class Contacts
{
    public static Decision Record(ClientState client, RecordContactAttempt command, Moment moment)
    {
        var refused = Require.Member(command.Channel, "channel")
            ?? Require.Text(command.Note, "note")
            ?? Dose.Check(command.Minutes, command.Setting, command.Method, moment)
            ?? (command is { Minutes: not null, Reached: false }
                ? Refuse.Field(MinutesUnreached, "minutes", "Minutes are those with a client who was reached.")
                : null)
            ?? Dose.Declined(command.Declined, command.Reached, "declined", "Who declines was reached.")
            ?? Referrals.Followable(client, command.ReferralId, moment);
        return refused is null
            ? Decision.Happened(new ContactAttempted(
                command.Channel, command.Reached, command.ReferralId, command.Note, command.Minutes, command.Setting,
                command.Method, command.Declined))
            : refused;
    }

    public static ClientState Evolve(ClientState client, ContactAttempted happened, DateOnly on)
    {
        var counted = client with { Contacts = Count(client.Contacts, happened, on) };
        return Referrals.Change(counted, happened.ReferralId, referral => referral with
        {
            ContactAttempts = referral.ContactAttempts + 1,
            FirstContactOn = Earlier(referral.FirstContactOn, on),
            FirstReachedOn = happened.Reached ? Earlier(referral.FirstReachedOn, on) : referral.FirstReachedOn,
        });
    }

    private static ContactTally Count(ContactTally tally, ContactAttempted happened, DateOnly on)
    {
        var channel = happened.Channel;
        return new ContactTally(
            tally.Letters + (channel is ContactChannel.Letter ? 1 : 0),
            tally.PhoneCalls + (channel is ContactChannel.Phone ? 1 : 0),
            tally.Visits + (channel is ContactChannel.Visit ? 1 : 0),
            tally.Outreach + (channel >= ContactChannel.Outreach ? 1 : 0),
            tally.Reached + (happened.Reached ? 1 : 0),
            Earlier(tally.FirstOn, on),
            happened.Reached ? Earlier(tally.FirstReachedOn, on) : tally.FirstReachedOn,
            tally.LastOn > on ? tally.LastOn : on);
    }

    /// <summary>Late recording is normal: what is recorded last need not have happened last.</summary>
    private static DateOnly Earlier(DateOnly? known, DateOnly on) => known < on ? known.Value : on;
}
