using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>Clients of one municipality who have the same identifier.</summary>
internal sealed record DuplicateGroup(IReadOnlyList<CaseloadEntry> Entries);

/// <summary>A worker who is named on clients and does not belong to the register's staff.</summary>
internal sealed record UnregisteredWorker(string WorkerId, int OpenClients);

/// <summary>A hand-over, and how many clients it still has to reach.</summary>
internal sealed record HandOverView(CaseloadHandOver Of, int Remaining);

/// <summary>Duplicates and merges of a municipality, for its coordinators; hand-overs, for those who read its clients.
/// </summary>
internal sealed class CaseworkResolvers(Platform platform)
{
    private readonly DuplicateCandidates _candidates = new(platform.Services, platform.Caseloads);

    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "duplicateCandidates", Candidates)
        .Root("Query", "duplicateMerges", Merges)
        .Root("Query", "caseloadHandOvers", HandOvers)
        .Root("Query", "openingsToReview", OpeningsToReview)
        .Root("Query", "restrictions", Restricted)
        .Object<ClientRestriction>("ClientRestriction")
        .Plain<ClientRestriction, bool>("ClientRestriction", "isLate", IsLate)
        .Root("Query", "unregisteredWorkers", UnregisteredWorkers)
        .Object<UnregisteredWorker>("UnregisteredWorker")
        .Object<ClientOpening>("OpeningToReview")
        .Object<DuplicateGroup>("DuplicateGroup").Object<DuplicateMerge>("DuplicateMerge")
        .Object<HandOverView>("CaseloadHandOver")
        .Plain<HandOverView, string>("CaseloadHandOver", "handOverId", h => h.Of.HandOverId)
        .Plain<HandOverView, string>("CaseloadHandOver", "fromWorkerId", h => h.Of.FromWorkerId)
        .Plain<HandOverView, string>("CaseloadHandOver", "toWorkerId", h => h.Of.ToWorkerId)
        .Plain<HandOverView, DateOnly>("CaseloadHandOver", "decidedOn", h => h.Of.DecidedOn)
        .Plain<HandOverView, DateOnly?>("CaseloadHandOver", "endedOn", h => h.Of.EndedOn)
        .Plain<MunicipalityView, int?>("Municipality", "caseloadLimit", m => m.State.CaseloadLimit)
        .Plain<MunicipalityView, MeetingReminders?>("Municipality", "meetingReminders", m => m.State.MeetingReminders)
        .Object<MeetingReminders>("MeetingReminders")
        .Plain<ClientView, Survivor?>("Client", "mergedInto", c => c.State.MergedInto)
        .Plain<ClientView, IReadOnlyList<AbsorbedClient>>("Client", "absorbed", c => c.State.Absorbed)
        .Object<Survivor>("Survivor").Object<AbsorbedClient>("AbsorbedClient");

    private async ValueTask<IReadOnlyList<DuplicateGroup>> Candidates(FieldCall call)
    {
        var municipality = call.RegisterCoordinated();
        await CaseloadResolvers.Seen(platform, call);
        var groups = await _candidates.In(municipality, platform.Services.Clock().Today);
        await platform.Listed(
            call.Caller(), municipality, "duplicate-candidates", groups.SelectMany(group => group), sight: null);
        return [.. groups.Select(group => new DuplicateGroup(group))];
    }

    private async ValueTask<IReadOnlyList<DuplicateMerge>> Merges(FieldCall call)
    {
        var municipality = call.RegisterCoordinated();
        await CaseloadResolvers.Seen(platform, call);
        DuplicateMerge[] merges = [.. (platform.Caseloads.MunicipalityOf(municipality)?.Merges ?? []).Reverse()];
        await Listed(call, municipality, "duplicate-merges", merges.SelectMany(merge => new[]
        {
            merge.SurvivorId, merge.DuplicateId,
        }));
        return merges;
    }

    private async ValueTask<IReadOnlyList<HandOverView>> HandOvers(FieldCall call)
    {
        var municipality = call.RegisterAsked();
        await CaseloadResolvers.Seen(platform, call);
        var handOvers = platform.Caseloads.MunicipalityOf(municipality)?.HandOvers ?? [];
        return [.. handOvers.Reverse().Select(known => new HandOverView(known, Remaining(municipality, known)))];
    }

    private async ValueTask<IReadOnlyList<UnregisteredWorker>> UnregisteredWorkers(FieldCall call)
    {
        var municipality = call.RegisterCoordinated();
        await CaseloadResolvers.Seen(platform, call);
        return [.. platform.Staff.Unregistered(municipality)
            .Select(named => new UnregisteredWorker(named.WorkerId, named.OpenClients))];
    }

    private async ValueTask<IReadOnlyList<ClientOpening>> OpeningsToReview(FieldCall call)
    {
        var municipality = call.RegisterCoordinated();
        await CaseloadResolvers.Seen(platform, call);
        ClientOpening[] openings =
        [
            .. platform.Caseloads.AskEach(
                platform.Services.MunicipalitiesOf(municipality),
                caseload => caseload.Openings.Where(opening => !opening.IsReviewed).ToArray())
                .SelectMany(some => some),
        ];
        await Listed(call, municipality, "openings-to-review", openings.Select(opening => opening.ClientId));
        return openings;
    }

    private async ValueTask<IReadOnlyList<ClientRestriction>> Restricted(FieldCall call)
    {
        var (caller, register) = (call.Caller(), call.RegisterReported());
        await CaseloadResolvers.Seen(platform, call);
        ClientRestriction[] restrictions =
        [
            .. platform.Caseloads.AskEach(
                platform.Services.MunicipalitiesOf(register), caseload => caseload.Restrictions.ToArray())
                .SelectMany(some => some).OrderBy(known => known.GrantedOn is not null).ThenBy(known => known.DueOn)
                .ThenBy(known => known.ClientId, StringComparer.Ordinal),
        ];
        await (AccessPolicy.MayAudit(caller, register)
            ? platform.Uses.Audited(
                caller, register, "restrictions", "", [.. restrictions.Select(known => known.ClientId)])
            : Listed(call, register, "restrictions", restrictions.Select(known => known.ClientId)));
        return restrictions;
    }

    private bool IsLate(ClientRestriction known) =>
        known.GrantedOn is null && known.DueOn < platform.Services.Clock().Today;

    private ValueTask Listed(FieldCall call, string municipality, string what, IEnumerable<string> clients) =>
        platform.Uses.Listed(
            call.Caller(), municipality, what,
            [.. clients.Select(client => new ListedClient(client, AccessBasis.Coordination))]);

    private int Remaining(string municipality, CaseloadHandOver handOver) => handOver.EndedOn is not null ? 0
        : platform.Services.MunicipalitiesOf(municipality).Sum(code => platform.Caseloads.Ask(
            code, caseload => caseload.ClientsOf(handOver.FromWorkerId, open: false).Count));
}
