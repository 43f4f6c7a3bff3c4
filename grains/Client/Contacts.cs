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

    /// <summary>Outreach: street work, a drop-in centre, <em>etsivä nuorisotyö</em>, a peer expert.</summary>
    Outreach = 4,
}

/// <summary>
/// Records one attempt to reach the client. Attempts that fail count: the chain is long for a reason.
/// </summary>
/// <param name="Channel">How.</param>
/// <param name="Reached">True when the client was reached.</param>
/// <param name="ReferralId">The referral it answers, when it answers one.</param>
/// <param name="Note">The worker's words.</param>
public sealed record RecordContactAttempt(
    ContactChannel Channel,
    bool Reached,
    string? ReferralId = null,
    PersonalText? Note = null) : IClientCommand;

/// <summary>The client was approached, and reached or not.</summary>
[StoredAs("client.contact-attempted", TimelineKind.Contact, Correctable = true, Words = WordClass.Matter)]
public sealed record ContactAttempted(
    ContactChannel Channel,
    bool Reached,
    string? ReferralId,
    PersonalText? Note) : IClientEvent;

/// <summary>Attempts counted by channel, with the days that matter for the deadlines.</summary>
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
            ?? Referrals.Followable(client, command.ReferralId, moment);
        return refused is null
            ? Decision.Happened(
                new ContactAttempted(command.Channel, command.Reached, command.ReferralId, command.Note))
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
            tally.Outreach + (channel is ContactChannel.Outreach ? 1 : 0),
            tally.Reached + (happened.Reached ? 1 : 0),
            Earlier(tally.FirstOn, on),
            happened.Reached ? Earlier(tally.FirstReachedOn, on) : tally.FirstReachedOn,
            tally.LastOn > on ? tally.LastOn : on);
    }

    /// <summary>Late recording is normal: what is recorded last need not have happened last.</summary>
    private static DateOnly Earlier(DateOnly? known, DateOnly on) => known < on ? known.Value : on;
}
