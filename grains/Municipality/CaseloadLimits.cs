using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Municipality;

/// <summary>
/// Sets how many clients with an open matter one worker may have; without a number there is no limit. No law gives one:
/// it belongs to the municipality's model. Assigning or handing over beyond it is refused with CASELOAD_FULL.
/// </summary>
/// <param name="Clients">The most clients, 1-10 000; null for no limit.</param>
public sealed record SetCaseloadLimit(int? Clients = null) : IRegisterCommand;

/// <summary>The limit of a worker's caseload changed; null for no limit.</summary>
[StoredAs("municipality.caseload-limit-set", TellsOfNoPerson = true)]
public sealed record CaseloadLimitSet(int? Clients) : IMunicipalityEvent;

/// <summary>The rule of a worker's caseload.</summary>
public static class CaseloadLimits
{
    private const int MostClients = 10_000;

    /// <summary>
    /// Null when a worker may have so many clients more. The caseload is counted from the log as far as it has been
    /// read: assignments at the very same time may pass the limit by as many as there are.
    /// </summary>
    /// <param name="municipality">The municipality.</param>
    /// <param name="clients">The worker's clients with an open matter now.</param>
    /// <param name="more">How many would come.</param>
    /// <param name="field">The input field that names the worker.</param>
    public static Rejection? Refusal(MunicipalityState municipality, int clients, int more, string field) =>
        municipality.CaseloadLimit is { } most && clients + more > most
            ? Refuse.Step(CaseloadFull, field, $"A worker of this municipality has at most {most} clients.")
            : null;

    internal static Decision Set(MunicipalityState municipality, SetCaseloadLimit command) =>
        command.Clients is { } asked && Require.Within(asked, 1, MostClients, "clients") is { } refused ? refused
        : municipality.CaseloadLimit == command.Clients ? Decision.Nothing
        : Decision.Happened(new CaseloadLimitSet(command.Clients));
}
