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

/// <summary>Records one attempt to reach the client. Attempts that fail count: the chain is long for a reason.</summary>
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
    DateOnly? LastOn = null);
