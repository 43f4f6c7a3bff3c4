namespace OsstOrleans.Grains.Client;

/// <summary>
/// What a client, and the law, say of the disclosure of the client's data beyond a prohibition for all of it (703/2023
/// 58-59 §): as the client's state has it, and as it is judged when an event is about to leave.
/// </summary>
public sealed record DisclosureChoices
{
    /// <summary>Nothing was said.</summary>
    public static DisclosureChoices None { get; } = new();

    /// <summary>Permissions, the ended ones too; the latest of each register and receiver.</summary>
    public IReadOnlyList<DisclosurePermission> Permissions { get; init => field = value ?? []; } = [];

    /// <summary>The parts whose disclosure is prohibited now.</summary>
    public IReadOnlyList<ProhibitedPart> Parts { get; init => field = value ?? []; } = [];

    /// <summary>The disclosures that a law demands now.</summary>
    public IReadOnlyList<DisclosureByLaw> ByLaw { get; init => field = value ?? []; } = [];

    /// <summary>True when nothing is said that a merge would lose.</summary>
    internal bool AreNone =>
        Parts.Count == 0 && ByLaw.Count == 0 && Permissions.All(known => known.EndedOn is not null);

    /// <summary>As they are after one more event of the client; the same where it says nothing of them.</summary>
    public DisclosureChoices After(IEvent? happened, DateOnly on) => happened switch
    {
        DisclosurePermitted it => this with { Permissions = DisclosurePermissions.With(Permissions, it, on) },
        DisclosurePermissionWithdrawn it => this with
        {
            Permissions = DisclosurePermissions.Without(Permissions, it.ReceiverId, on),
        },
        DisclosureOfPartProhibited it => this with { Parts = ProhibitedParts.With(Parts, it, on) },
        PlanMade it => this with { Parts = ProhibitedParts.With(Parts, it) },
        PartProhibitionWithdrawn it => this with { Parts = ProhibitedParts.Without(Parts, it) },
        DisclosureByLawBegun it => this with { ByLaw = DisclosuresByLaw.With(ByLaw, it, on) },
        DisclosureByLawEnded it => this with { ByLaw = DisclosuresByLaw.Without(ByLaw, it) },
        _ => this,
    };
}
