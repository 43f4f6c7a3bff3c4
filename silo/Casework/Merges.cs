using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Carries out merges of duplicates: the duplicate is ended, then its referrals and contacts go to the survivor. Each
/// thing on which runs could judge differently is decided once, in one stream: that the merge begins in the
/// municipality's, that the duplicate is ended or is not in the duplicate's, that the survivor takes over or does not
/// in the survivor's. Every step has the same command id in every attempt, and what follows from it is read from the
/// grain that decided. So two runs, or one that goes on after a crash, come to the same end.
/// </summary>
internal sealed class Merges(GrainServices services, IGrainCalls grains, string code, Reach reach)
{
    private readonly StepIds _ids = new(services.MasterKey);

    public async Task CarryOut(DuplicateMerge merge)
    {
        var caller = new Caller(Role.Coordinator, $"merge-{merge.MergeId}", reach, Purposes.ClientWork);
        if (!merge.Begun && !await Begin(merge, caller))
        {
            return;
        }
        // In every register: who moved since the beginning answers for the merge all the same.
        var refusal = await Retire(merge, caller with { Reach = Reach.All });
        await End(merge, refusal, begun: true, caller);
    }

    /// <summary>False when the merge is not possible, which the municipality was told.</summary>
    private async Task<bool> Begin(DuplicateMerge merge, Caller caller)
    {
        var refusal = DuplicateCheck.Refusal(
            await Read(merge.SurvivorId, caller), await Read(merge.DuplicateId, caller), IsOwn, merge);
        if (refusal is not null)
        {
            await End(merge, refusal, begun: false, caller);
            return false;
        }
        Steps.DemandDone(await Send(GrainName.Municipality(code), new BeginMerge(merge.MergeId), caller, merge));
        return true;
    }

    private bool IsOwn(string municipality) => services.RegisterOf(municipality) == services.RegisterOf(code);

    private async Task End(DuplicateMerge merge, MergeRefusal? refusal, bool begun, Caller caller) =>
        Steps.DemandDone(await Send(
            GrainName.Municipality(code), new EndMerge(merge.MergeId, refusal, begun), caller, merge,
            begun ? nameof(EndMerge) : "RefuseMerge"));

    /// <summary>Null when the merge is done; otherwise why it is not, and the duplicate has what it had.</summary>
    private async Task<MergeRefusal?> Retire(DuplicateMerge merge, Caller caller)
    {
        var reply = await Send(
            GrainName.Client(merge.DuplicateId),
            new RetireDuplicate(merge.MergeId, merge.SurvivorId, merge.Number, code), caller, merge);
        Steps.Demand([reply], RejectionCodes.ClientErased);
        return await Read(merge.DuplicateId, caller) switch
        {
            { } duplicate when DuplicateCheck.HasEnded(duplicate, merge) => await Absorb(merge, duplicate, caller),
            var duplicate => WhyNot(duplicate, merge, merge.SurvivorId),
        };
    }

    private async Task<MergeRefusal?> Absorb(DuplicateMerge merge, ClientState duplicate, Caller caller)
    {
        var reply = await Send(
            GrainName.Client(merge.SurvivorId),
            new AbsorbDuplicate(merge.MergeId, merge.DuplicateId, duplicate.Contacts, merge.Number)
            {
                Referrals = duplicate.Referrals,
                BenefitMonths = duplicate.BenefitMonths,
                EmploymentServicePeriods = duplicate.EmploymentServicePeriods,
            },
            caller, merge);
        Steps.Demand([reply], RejectionCodes.ClientErased);
        var survivor = await Read(merge.SurvivorId, caller);
        // Earlier versions sent the step by another id, so it may be done by a run that this one knows nothing of.
        if (survivor?.Absorbed.Any(done => done.DuplicateId == merge.DuplicateId) is true)
        {
            return null;
        }
        var refusal = WhyNot(survivor, merge, merge.DuplicateId);
        // A duplicate that was erased meanwhile stays ended: nothing more is recorded of it.
        Steps.Demand(
            [
                await Send(
                    GrainName.Client(merge.DuplicateId),
                    new UndoMerge(merge.MergeId, merge.SurvivorId, refusal, merge.Number), caller, merge),
            ],
            RejectionCodes.ClientErased);
        return refusal;
    }

    /// <summary>Why a client did not do its part, as its own history says.</summary>
    /// <exception cref="StoreFault">What was read does not say: passing.</exception>
    private static MergeRefusal WhyNot(ClientState? client, DuplicateMerge merge, string otherId) =>
        DuplicateCheck.Declined(client, merge, otherId)
        ?? (client?.IsGone is true ? MergeRefusal.ClientErased : throw new StoreFault(
            "A client's grain lags behind its log; the merge goes on later.")
        {
            IsPassing = true,
        });

    /// <summary>A read like any other: with its line in the use log.</summary>
    private async Task<ClientState?> Read(string client, Caller caller) =>
        (await grains.Read<ClientState>(GrainName.Client(client), new ReadRequest(caller, ReadKind.Merges))).State;

    private async Task<CommandReply> Send(
        GrainName grain, ICommand command, Caller caller, DuplicateMerge merge, string? step = null) =>
        await grains.Execute(grain, command, new Envelope(
            _ids.Of($"merge/{code}/{merge.Number}/{step ?? command.GetType().Name}"), caller));
}
