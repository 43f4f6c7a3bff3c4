using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Records that data about this client were asked for and came from elsewhere (703/2023 39 §), where no standing
/// source of the register says it: which, from whom, who asked, for what purpose, and on what basis.
/// </summary>
/// <param name="What">Which data, in the worker's words; required.</param>
/// <param name="Giver">Who gave them: organisation and register.</param>
/// <param name="Purpose">What they are for.</param>
/// <param name="Link">The technical link by which they came; absent where there is none.</param>
/// <param name="LegalBasis">The provision that lets the register have them; required without the client's consent.
/// </param>
/// <param name="ByConsent">True when the client consented.</param>
/// <param name="AskedBy">The worker who asked, by identifier; who records it when absent.</param>
public sealed record RecordObtainedData(
    PersonalText What, string Giver, string Purpose, string? Link = null, string? LegalBasis = null,
    bool ByConsent = false, string? AskedBy = null) : IClientCommand;

/// <summary>Data about the client were asked for and came from elsewhere.</summary>
[StoredAs("client.data-obtained", TimelineKind.Registration, StaysInside = true, Words = WordClass.Matter)]
public sealed record DataObtained(
    PersonalText What, string Giver, string Purpose, string? Link, string? LegalBasis, bool ByConsent, string AskedBy)
    : IClientEvent;

internal static class ObtainedData
{
    public static Decision Record(RecordObtainedData command, Moment moment) =>
        (Require.Words(command.What, "what") ?? Require.Name(command.Giver, "giver")
            ?? Require.Name(command.Purpose, "purpose")
            ?? (command.Link is { } link ? Require.Name(link, "link") : null)
            ?? (command.LegalBasis is { } basis ? Require.Name(basis, "legalBasis")
                : command.ByConsent ? null
                : Refuse.Field(FieldRequired, "legalBasis", "Say the provision, or that the client consented."))
            ?? Require.OptionalId(command.AskedBy, "askedBy")) is { } refused ? refused
        : Decision.Happened(new DataObtained(
            command.What, command.Giver, command.Purpose, command.Link, command.LegalBasis, command.ByConsent,
            command.AskedBy ?? moment.Actor));
}
