using System.Collections.Frozen;

namespace OsstOrleans.Grains.Client;

/// <summary>An event that is about to leave to a receiver, as the client judges it whom it is about.</summary>
/// <param name="StoredName">Its stored name.</param>
/// <param name="Register">The receiver's register.</param>
/// <param name="ReceiverId">The receiver.</param>
/// <param name="ByPermission">The receiver gets data by the client's permission alone.</param>
public readonly record struct LeavingEvent(
    string StoredName, string Register, string ReceiverId, bool ByPermission = false)
{
    /// <summary>The municipalities whose clients are in the receiver's register; null for its own alone.</summary>
    public IReadOnlyList<string>? Municipalities { get; init; }

    /// <summary>The event's number in the history of the client that is asked; 0 for one of another history.</summary>
    public long Version { get; init; }

    /// <summary>What it says; null for a name that this version does not know.</summary>
    public IEvent? Happened { get; init; }

    /// <summary>The day on which it would leave.</summary>
    public DateOnly Today { get; init; }

    /// <summary>True for what was said in the receiver's register, by its municipality.</summary>
    internal bool IsFrom(string municipality) =>
        municipality == Register || Municipalities?.Contains(municipality) is true;
}

/// <summary>How an event of a client may leave, as its line in the disclosure log says it.</summary>
/// <param name="PermittedSince">The day of the client's permission; null where none is needed.</param>
/// <param name="DemandedBy">The provision by which it leaves in spite of what the client says; null otherwise.
/// </param>
public readonly record struct Passage(DateOnly? PermittedSince = null, string? DemandedBy = null);

/// <summary>
/// What keeps a client's data from others, and what lets them go: folded from the client's events as they are stored,
/// and judged here alone, for deliveries and the feed alike.
/// </summary>
/// <param name="IsBanned">The client has a security ban.</param>
/// <param name="IsProhibited">The client prohibits the disclosure of all own data.</param>
/// <param name="IsErased">The client was erased.</param>
/// <param name="Choices">What is prohibited in part, permitted, and demanded by law.</param>
public sealed record HeldBack(bool IsBanned, bool IsProhibited, bool IsErased, DisclosureChoices Choices)
{
    private static readonly string Erased = EventCatalogue.NameOf<ClientErased>();
    private static readonly string Ended = EventCatalogue.NameOf<MattersEnded>();

    private static readonly FrozenSet<string> s_read = FrozenSet.ToFrozenSet(
    [
        EventCatalogue.NameOf<SecurityBanSet>(), EventCatalogue.NameOf<SecurityBanEnded>(),
        EventCatalogue.NameOf<DisclosureProhibited>(), EventCatalogue.NameOf<DisclosureProhibitionWithdrawn>(),
        EventCatalogue.NameOf<DisclosurePermitted>(), EventCatalogue.NameOf<DisclosurePermissionWithdrawn>(),
        EventCatalogue.NameOf<DisclosureOfPartProhibited>(), EventCatalogue.NameOf<PartProhibitionWithdrawn>(),
        EventCatalogue.NameOf<DisclosureByLawBegun>(), EventCatalogue.NameOf<DisclosureByLawEnded>(),
        EventCatalogue.NameOf<PlanMade>(), EventCatalogue.NameOf<ClientErased>(),
        EventCatalogue.NameOf<RestrictionRequested>(), EventCatalogue.NameOf<RestrictionRefused>(),
        EventCatalogue.NameOf<RestrictionEnded>(), EventCatalogue.NameOf<RestrictionWithdrawn>(),
        .. ReminderSight.Said,
    ]);

    /// <summary>Nothing was said.</summary>
    public static HeldBack None { get; } = new(false, false, false, DisclosureChoices.None);

    /// <summary>True for an event that says something of this; all others need not be read.</summary>
    public static bool IsSaidBy(string storedName) => s_read.Contains(storedName);

    /// <summary>Which reminders of meetings may still be sent.</summary>
    internal ReminderSight Reminders { get; init; } = ReminderSight.None;

    /// <summary>True while no event of the client may go to others, whatever a law demands.</summary>
    public bool Closes => IsBanned || IsRestricted;

    /// <summary>A restriction of processing is asked for, or holds: what has left cannot be restricted any more.
    /// </summary>
    public bool IsRestricted { get; init; }

    /// <summary>
    /// How an event may leave; null while it may not. The erasure itself, and the end of matters, leave also where the
    /// permission has ended: what receivers have of the client is theirs to erase (GDPR, article 19).
    /// </summary>
    public Passage? For(in LeavingEvent leaving)
    {
        if (Closes || (IsErased && leaving.StoredName != Erased) || Reminders.Holds(leaving))
        {
            return null;
        }
        var permission = leaving.ByPermission ? PermissionFor(leaving) : null;
        var isHeld = IsProhibited || HoldsPart(leaving) || (leaving.ByPermission && permission is null);
        return !isHeld ? new Passage(permission)
            : DemandFor(leaving) is { } demand ? new Passage(DemandedBy: demand.LegalBasis)
            : null;
    }

    /// <summary>As it is after one more event of the client.</summary>
    public HeldBack After(IEvent? happened, DateOnly on) => happened switch
    {
        SecurityBanSet => this with { IsBanned = true },
        SecurityBanEnded => this with { IsBanned = false },
        DisclosureProhibited => this with { IsProhibited = true },
        DisclosureProhibitionWithdrawn => this with { IsProhibited = false },
        ClientErased => this with { IsErased = true },
        RestrictionRequested => this with { IsRestricted = true },
        RestrictionRefused or RestrictionEnded or RestrictionWithdrawn => this with { IsRestricted = false },
        _ => this with { Choices = Choices.After(happened, on), Reminders = Reminders.After(happened) },
    };

    private bool HoldsPart(LeavingEvent leaving) => leaving.Version > 0
        && Choices.Parts.Any(part => part.Has(leaving.Version, leaving.Happened));

    private DateOnly? PermissionFor(LeavingEvent leaving) => Choices.Permissions
        .Where(known => leaving.IsFrom(known.Register) && known.IsFor(leaving.ReceiverId)
            && (known.EndedOn is null || leaving.StoredName == Erased || leaving.StoredName == Ended))
        .Select(known => (DateOnly?)known.Since).Max();

    private DisclosureByLaw? DemandFor(LeavingEvent leaving) => Choices.ByLaw.FirstOrDefault(known =>
        known.ReceiverId == leaving.ReceiverId && leaving.IsFrom(known.Register));
}
