namespace OsstOrleans.Grains.Client;

/// <summary>
/// Records that the client has a security ban (<em>turvakielto</em>: the population register's ban on telling where a
/// person is). None but those with a relationship learns that the client is here, and nothing of the client goes to a
/// receiver.
/// </summary>
public sealed record SetSecurityBan : IClientCommand;

/// <summary>Records that the client's security ban has ended.</summary>
public sealed record EndSecurityBan : IClientCommand, IMakesItLast;

/// <summary>
/// Records that the client prohibits the disclosure of own data to others (<em>luovutuskielto</em>, 703/2023 59 §):
/// nothing of the client goes to a receiver until it is withdrawn. It is for the whole register; what is narrower is
/// not recorded.
/// </summary>
/// <param name="Words">What the client said; optional.</param>
public sealed record ProhibitDisclosure(PersonalText? Words = null) : IClientCommand;

/// <summary>Records that the client withdraws the prohibition of disclosure.</summary>
public sealed record WithdrawDisclosureProhibition : IClientCommand, IMakesItLast;

/// <summary>The client has a security ban.</summary>
[StoredAs("client.security-ban-set", TimelineKind.Registration, StaysInside = true)]
public sealed record SecurityBanSet : IClientEvent;

/// <summary>The client's security ban has ended.</summary>
[StoredAs("client.security-ban-ended", TimelineKind.Registration, StaysInside = true)]
public sealed record SecurityBanEnded : IClientEvent;

/// <summary>The client prohibited the disclosure of own data.</summary>
[StoredAs("client.disclosure-prohibited", TimelineKind.Registration, StaysInside = true)]
public sealed record DisclosureProhibited(PersonalText? Words) : IClientEvent;

/// <summary>The client withdrew the prohibition of disclosure.</summary>
[StoredAs("client.disclosure-prohibition-withdrawn", TimelineKind.Registration, StaysInside = true)]
public sealed record DisclosureProhibitionWithdrawn : IClientEvent;

/// <summary>What keeps a client's data from others, as the stored names of events say it.</summary>
/// <param name="IsBanned">The client has a security ban.</param>
/// <param name="IsProhibited">The client prohibits the disclosure of own data.</param>
/// <param name="IsErased">The client was erased.</param>
public readonly record struct HeldBack(bool IsBanned, bool IsProhibited, bool IsErased)
{
    private static readonly string Ban = EventCatalogue.NameOf<SecurityBanSet>();
    private static readonly string BanEnds = EventCatalogue.NameOf<SecurityBanEnded>();
    private static readonly string Prohibition = EventCatalogue.NameOf<DisclosureProhibited>();
    private static readonly string Erased = EventCatalogue.NameOf<ClientErased>();
    private static readonly string ProhibitionEnds = EventCatalogue.NameOf<DisclosureProhibitionWithdrawn>();

    /// <summary>
    /// True while an event of the client may not go to others. The erasure itself may: what they have of the client is
    /// theirs to erase (GDPR, article 19).
    /// </summary>
    public bool Holds(string storedName) => Protects || (IsErased && storedName != Erased);

    /// <summary>True while nothing of the client may go to others, nor of who was merged into the client.</summary>
    public bool Protects => IsBanned || IsProhibited;

    /// <summary>As it is after one more event of the client.</summary>
    public HeldBack After(string storedName) => new(
        storedName == Ban || (IsBanned && storedName != BanEnds),
        storedName == Prohibition || (IsProhibited && storedName != ProhibitionEnds),
        IsErased || storedName == Erased);
}

internal static class Bans
{
    internal static Decision SetBan(ClientState client) =>
        client.SecurityBanSince is null ? Decision.Happened(new SecurityBanSet()) : Decision.Nothing;

    internal static Decision EndBan(ClientState client) =>
        client.SecurityBanSince is null ? Decision.Nothing : Decision.Happened(new SecurityBanEnded());

    internal static Decision Prohibit(ClientState client, ProhibitDisclosure command) =>
        Require.Text(command.Words, "words") is { } refused ? refused
        : client.DisclosureProhibitedSince is null ? Decision.Happened(new DisclosureProhibited(command.Words))
        : Decision.Nothing;

    internal static Decision Withdraw(ClientState client) => client.DisclosureProhibitedSince is null
        ? Decision.Nothing : Decision.Happened(new DisclosureProhibitionWithdrawn());

    internal static ClientState? Evolve(ClientState client, IEvent happened, DateOnly on) => happened switch
    {
        SecurityBanSet => client with { SecurityBanSince = on },
        SecurityBanEnded => client with { SecurityBanSince = null },
        DisclosureProhibited => client with { DisclosureProhibitedSince = on },
        DisclosureProhibitionWithdrawn => client with { DisclosureProhibitedSince = null },
        _ => null,
    };
}
