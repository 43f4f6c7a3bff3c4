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
/// nothing of the client goes to a receiver until it is withdrawn, but what a law demands
/// (<see cref="DiscloseByLaw"/>). For a part alone there is <see cref="ProhibitPartDisclosure"/>.
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
[StoredAs("client.disclosure-prohibited", TimelineKind.Registration, StaysInside = true, Words = WordClass.Basic)]
public sealed record DisclosureProhibited(PersonalText? Words) : IClientEvent;

/// <summary>The client withdrew the prohibition of disclosure.</summary>
[StoredAs("client.disclosure-prohibition-withdrawn", TimelineKind.Registration, StaysInside = true)]
public sealed record DisclosureProhibitionWithdrawn : IClientEvent;

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
