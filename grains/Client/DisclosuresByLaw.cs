using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>A command about disclosures that a law demands whatever the client says. For coordinators.</summary>
public interface IDisclosesByLaw : IClientCommand;

/// <summary>
/// Lets the client's data go to a receiver of the register because a law demands it, in spite of a prohibition, and
/// without the client's permission. The disclosure log says so, with this basis, for each event. A security ban, a
/// restriction of processing and an erasure go before it. For coordinators.
/// </summary>
/// <param name="ReceiverId">The receiver.</param>
/// <param name="LegalBasis">The provision that demands it (703/2023 10 §).</param>
/// <param name="Words">Why, in the coordinator's words; required.</param>
public sealed record DiscloseByLaw(string ReceiverId, string LegalBasis, PersonalText Words)
    : IDisclosesByLaw, IMakesItLast;

/// <summary>Ends what a law demanded: what the client says holds again. For coordinators.</summary>
/// <param name="ReceiverId">The receiver.</param>
public sealed record EndDisclosureByLaw(string ReceiverId) : IDisclosesByLaw;

/// <summary>A law demands the disclosure of the client's data to a receiver.</summary>
/// <param name="ReceiverId">The receiver.</param>
/// <param name="Register">The municipality in whose register it was decided: it lets nothing out of another one.
/// </param>
/// <param name="LegalBasis">The provision.</param>
/// <param name="Words">Why.</param>
[StoredAs("client.disclosure-by-law-begun", TimelineKind.Registration, StaysInside = true, Words = WordClass.Basic)]
public sealed record DisclosureByLawBegun(string ReceiverId, string Register, string LegalBasis, PersonalText Words)
    : IClientEvent;

/// <summary>No law demands the disclosure to a receiver any more.</summary>
[StoredAs("client.disclosure-by-law-ended", TimelineKind.Registration, StaysInside = true)]
public sealed record DisclosureByLawEnded(string ReceiverId) : IClientEvent;

/// <summary>A disclosure that a law demands.</summary>
/// <param name="ReceiverId">The receiver.</param>
/// <param name="Register">The municipality in whose register it was decided.</param>
/// <param name="LegalBasis">The provision.</param>
/// <param name="Since">The day since which.</param>
public sealed record DisclosureByLaw(string ReceiverId, string Register, string LegalBasis, DateOnly Since);

internal static class DisclosuresByLaw
{
    public static Decision Begin(ClientState client, DiscloseByLaw command)
    {
        var refused = Require.Id(command.ReceiverId, "receiverId")
            ?? Require.Name(command.LegalBasis, "legalBasis") ?? Require.Words(command.Words, "words");
        return refused is not null ? refused
            : client.Disclosure.ByLaw.Any(known => known.ReceiverId == command.ReceiverId
                && known.Register == client.Municipality && known.LegalBasis == command.LegalBasis)
                ? Decision.Nothing
            : client.Disclosure.ByLaw.Count >= Limits.DisclosureChoices
                ? Refuse.Limit("receiverId", Limits.DisclosureChoices)
            : Decision.Happened(new DisclosureByLawBegun(
                command.ReceiverId, client.Municipality, command.LegalBasis, command.Words));
    }

    public static Decision End(ClientState client, EndDisclosureByLaw command) =>
        Require.Id(command.ReceiverId, "receiverId") is { } refused ? refused
        : client.Disclosure.ByLaw.Any(known => known.ReceiverId == command.ReceiverId)
            ? Decision.Happened(new DisclosureByLawEnded(command.ReceiverId))
        : Decision.Nothing;

    /// <summary>Another provision for the same receiver takes the place of the one before.</summary>
    public static IReadOnlyList<DisclosureByLaw> With(
        IReadOnlyList<DisclosureByLaw> known, DisclosureByLawBegun happened, DateOnly on) =>
    [
        .. known.Where(other => other.ReceiverId != happened.ReceiverId),
        new DisclosureByLaw(happened.ReceiverId, happened.Register, happened.LegalBasis, on),
    ];

    public static IReadOnlyList<DisclosureByLaw> Without(
        IReadOnlyList<DisclosureByLaw> known, DisclosureByLawEnded happened) =>
        [.. known.Where(other => other.ReceiverId != happened.ReceiverId)];
}
