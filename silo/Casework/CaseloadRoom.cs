using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Keeps the limits of workers' caseloads, and lets none but the register's staff be named on its clients. A client
/// knows neither; the caseload does, as far as the log has been read.
/// </summary>
public sealed class CaseloadRoom(GrainServices services, Caseloads caseloads, IGrainCalls grains)
{
    /// <summary>
    /// Why a worker cannot have what a command gives: none of the register's staff, or a caseload beyond the limit;
    /// null when the worker can.
    /// </summary>
    /// <param name="grain">Whom the command asks.</param>
    /// <param name="command">The command.</param>
    /// <param name="envelope">What travels with it. A retry of one that was taken is not refused.</param>
    /// <param name="over">Cancelled when the request is over.</param>
    public async ValueTask<Rejection?> Refusal(
        GrainName grain, ICommand command, Envelope envelope, CancellationToken over = default)
    {
        var refusal = (command, grain.Kind) switch
        {
            (BookMeeting { WorkerId: { } worker }, GrainKind.Client) when await MunicipalityOf(grain) is { } code =>
                await Unknown(code, worker),
            (AssignWorker asked, GrainKind.Client) when await MunicipalityOf(grain) is { } code => await Unknown(
                code, asked.WorkerId) ?? RefusalOf(
                code, MayAsk, asked.WorkerId, "workerId", known => known.Contains(grain.Key) ? 0 : 1),
            (HandOverCaseload asked, GrainKind.Municipality) => RefusalOf(
                grain.Key, MayAsk, asked.ToWorkerId, "toWorkerId",
                _ => CountOf(grain.Key, asked.FromWorkerId)),
            _ => null,
        };
        return refusal is not null && await services.Store.FindOutcome(grain, envelope.CommandId) is null
            ? refusal
            : null;

        // A mistyped worker would make a client whom no worker has.
        async ValueTask<Rejection?> Unknown(string code, string? worker)
        {
            if (worker is null || !MayAsk(code))
            {
                return null;
            }
            var register = services.RegisterOf(code);
            var known = caseloads.MunicipalityOf(register);
            var unknown = known is null ? null : StaffMembers.Refusal(known, worker, "workerId");
            if (known is { KeepsStaff: true } && unknown is null)
            {
                return null;
            }
            // What was entered a moment ago is not in what was read of the log: the municipality itself knows.
            var now = await grains.Until(over).Read<MunicipalityState>(
                GrainName.Municipality(register), new ReadRequest(envelope.Caller));
            return now.State is { } state ? StaffMembers.Refusal(state, worker, "workerId") : unknown;
        }

        bool MayAsk(string municipality) => AccessPolicy.MaySend(envelope.Caller.Role, grain.Kind, command)
            && AccessPolicy.MayReach(envelope.Caller, grain.Kind, municipality);
    }

    /// <summary>A client's municipality. One who was registered a moment ago is not in what was read of the log: the
    /// client's own events know. Null when there is no such client.</summary>
    private async ValueTask<string?> MunicipalityOf(GrainName client) => caseloads.CodeOf(client.Key)
        ?? ((await services.Store.Load(client)).Events is [.., var last]
            ? (EventCodec.DecodeCoded(last) as ClientMoved)?.Municipality ?? last.Municipality
            : null);

    private Rejection? RefusalOf(
        string code, Func<string, bool> mayAsk, string? worker, string field, Func<IReadOnlyList<string>, int> more)
    {
        // Who may not ask learns nothing of a worker's caseload.
        if (worker is null || !mayAsk(code)
            || caseloads.MunicipalityOf(services.RegisterOf(code)) is not { CaseloadLimit: not null } municipality)
        {
            return null;
        }
        var clients = ClientsOf(code, worker);
        return more(clients) is var coming and > 0
            ? CaseloadLimits.Refusal(municipality, clients.Count, coming, field)
            : null;
    }

    private int CountOf(string code, string? worker) => worker is null ? 0 : ClientsOf(code, worker).Count;

    private IReadOnlyList<string> ClientsOf(string code, string worker) =>
    [
        .. caseloads.AskEach(
                services.MunicipalitiesOf(services.RegisterOf(code)),
                caseload => caseload.ClientsOf(worker, open: true))
            .SelectMany(clients => clients),
    ];
}
