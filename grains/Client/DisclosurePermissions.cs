using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Records that the client permits the disclosure of own data (<em>luovutuslupa</em>, 703/2023 58 §): to one receiver,
/// or to all of the register that get data by the client's permission. It is voluntary, and holds until it is
/// withdrawn. A prohibition goes before it.
/// </summary>
/// <param name="ReceiverId">The receiver; all of the register that need a permission when absent.</param>
/// <param name="Words">What the client said; optional.</param>
public sealed record PermitDisclosure(string? ReceiverId = null, PersonalText? Words = null) : IMakesItLast;

/// <summary>Records that the client withdraws a permission of disclosure.</summary>
/// <param name="ReceiverId">The receiver for which it was; every permission ends when absent.</param>
public sealed record WithdrawDisclosurePermission(string? ReceiverId = null) : IClientCommand;

/// <summary>The client permitted the disclosure of own data.</summary>
/// <param name="ReceiverId">The receiver; null for all of the register that need a permission.</param>
/// <param name="Register">The municipality in whose register it was given: it lets nothing out of another one.</param>
/// <param name="Words">What the client said.</param>
[StoredAs("client.disclosure-permitted", TimelineKind.Registration, StaysInside = true, Words = WordClass.Basic)]
public sealed record DisclosurePermitted(string? ReceiverId, string Register, PersonalText? Words) : IClientEvent;

/// <summary>The client withdrew a permission of disclosure.</summary>
/// <param name="ReceiverId">The receiver for which it was; null when every permission ended.</param>
[StoredAs("client.disclosure-permission-withdrawn", TimelineKind.Registration, StaysInside = true)]
public sealed record DisclosurePermissionWithdrawn(string? ReceiverId) : IClientEvent;

/// <summary>A permission of disclosure.</summary>
/// <param name="Register">The municipality in whose register it was given.</param>
/// <param name="ReceiverId">The receiver; null for all of the register that need a permission.</param>
/// <param name="Since">The day on which it was given.</param>
public sealed record DisclosurePermission(string Register, string? ReceiverId, DateOnly Since)
{
    /// <summary>The day on which it was withdrawn; null while it holds.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>True for a receiver of the register, whether it holds or held once.</summary>
    internal bool IsFor(string receiver) => ReceiverId is null || ReceiverId == receiver;
}

internal static class DisclosurePermissions
{
    public static Decision Permit(ClientState client, PermitDisclosure command)
    {
        var known = client.Disclosure.Permissions;
        var asked = Find(known, client.Municipality, command.ReceiverId);
        return (Require.OptionalId(command.ReceiverId, "receiverId") ?? Require.Text(command.Words, "words"))
            is { } refused ? refused
            : asked is { EndedOn: null } ? Decision.Nothing
            : asked is null && known.Count >= Limits.DisclosureChoices
                ? Refuse.Limit("receiverId", Limits.DisclosureChoices)
            : Decision.Happened(new DisclosurePermitted(command.ReceiverId, client.Municipality, command.Words));
    }

    public static Decision Withdraw(ClientState client, WithdrawDisclosurePermission command) =>
        Require.OptionalId(command.ReceiverId, "receiverId") is { } refused ? refused
        : client.Disclosure.Permissions.Any(known => Ends(known, command.ReceiverId))
            ? Decision.Happened(new DisclosurePermissionWithdrawn(command.ReceiverId))
        : Decision.Nothing;

    public static IReadOnlyList<DisclosurePermission> With(
        IReadOnlyList<DisclosurePermission> known, DisclosurePermitted happened, DateOnly on) =>
    [
        .. known.Where(other => other != Find(known, happened.Register, happened.ReceiverId)),
        new DisclosurePermission(happened.Register, happened.ReceiverId, on),
    ];

    public static IReadOnlyList<DisclosurePermission> Without(
        IReadOnlyList<DisclosurePermission> known, string? receiverId, DateOnly on) =>
        [.. known.Select(other => Ends(other, receiverId) ? other with { EndedOn = on } : other)];

    private static bool Ends(DisclosurePermission known, string? receiverId) =>
        known.EndedOn is null && (receiverId is null || known.ReceiverId == receiverId);

    private static DisclosurePermission? Find(
        IReadOnlyList<DisclosurePermission> known, string register, string? receiverId) =>
        known.FirstOrDefault(other => other.Register == register && other.ReceiverId == receiverId);
}
