using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Records the client's explicit consent to keep his or her own visits to drop-in centres. Without it a visit is an
/// anonymous count of the centre and nothing else.
/// </summary>
public sealed record GiveDropInConsent : IClientCommand;

/// <summary>
/// Withdraws the consent (GDPR 7.3 art.). Every visit kept under it is erased: nothing shows any more whether, when or
/// how often the client came; the centre's anonymous counts stay.
/// </summary>
public sealed record WithdrawDropInConsent : IClientCommand, IEndsForGood
{
    IReadOnlyList<Type> IEndsForGood.Ends => [typeof(DropInConsentWithdrawn)];
}

/// <summary>Records one visit of the client, by consent. The day it occurred is the day of the visit.</summary>
/// <param name="DropInCentreId">The key of the centre's grain.</param>
public sealed record RecordDropInAttendance(string DropInCentreId) : IClientCommand, IConsentCommand;

/// <summary>The client consented to have visits kept.</summary>
[StoredAs("client.drop-in-consent-given", TimelineKind.DropIn)]
public sealed record DropInConsentGiven : IClientEvent, IOpensConsent;

/// <summary>The consent ended, and with it every attendance kept under it.</summary>
[StoredAs("client.drop-in-consent-withdrawn", TimelineKind.DropIn)]
public sealed record DropInConsentWithdrawn : IClientEvent, IErases
{
    /// <inheritdoc/>
    Erasure IErases.Erases => Erasure.Consent;
}

/// <summary>
/// The client visited a drop-in centre. As written into the log by earlier versions of the platform; read for ever, and
/// not written any more, because the log cannot forget.
/// </summary>
[StoredAs("client.drop-in-attended", TimelineKind.DropIn)]
public sealed record DropInAttended(string DropInCentreId) : IClientEvent;

/// <summary>The client visited a drop-in centre, kept beside the log for as long as the consent holds.</summary>
[StoredAs("client.drop-in-visit-kept", TimelineKind.DropIn)]
public sealed record DropInVisitKept(string DropInCentreId) : IClientEvent, IConsentEvent;

/// <summary>A visit kept by consent.</summary>
public sealed record DropInAttendance(string DropInCentreId, DateOnly Day);

internal static class DropIn
{
    public static Decision Consent(ClientState client) =>
        client.DropInConsentSince is null ? Decision.Happened(new DropInConsentGiven()) : Decision.Nothing;

    public static Decision Withdraw(ClientState client) =>
        client.DropInConsentSince is null ? Decision.Nothing : Decision.Happened(new DropInConsentWithdrawn());

    public static Decision Attend(ClientState client, RecordDropInAttendance command, Moment moment)
    {
        if (Require.Id(command.DropInCentreId, "dropInCentreId") is { } refused)
        {
            return refused;
        }
        if (client.DropInConsentSince is not { } since || moment.OccurredOn < since)
        {
            return Refuse.Step(NoDropInConsent, "occurredOn", "The client had not consented to have visits kept.");
        }
        var visit = new DropInAttendance(command.DropInCentreId, moment.OccurredOn);
        return client.KeptVisits.Contains(visit) || client.DropInAttendances.Contains(visit)
            ? Decision.Nothing
            : client.KeptVisits.Count >= Limits.DropInAttendances
            ? Refuse.Limit("dropInCentreId", Limits.DropInAttendances)
            : Decision.Happened(new DropInVisitKept(command.DropInCentreId));
    }

    public static ClientState Consented(ClientState client, DateOnly on) => client with { DropInConsentSince = on };

    public static ClientState Withdrawn(ClientState client) => client with
    {
        DropInConsentSince = null,
        DropInAttendances = [],
        KeptVisits = [],
    };

    public static ClientState Evolve(ClientState client, DropInAttended happened, DateOnly on) => client with
    {
        DropInAttendances = [.. client.DropInAttendances, new DropInAttendance(happened.DropInCentreId, on)],
    };

    /// <summary>In the order of days: they are kept in none.</summary>
    public static ClientState Evolve(ClientState client, DropInVisitKept happened, DateOnly on) => client with
    {
        KeptVisits =
        [
            .. client.KeptVisits.Append(new DropInAttendance(happened.DropInCentreId, on))
                .OrderBy(visit => visit.Day).ThenBy(visit => visit.DropInCentreId, StringComparer.Ordinal),
        ],
    };
}
