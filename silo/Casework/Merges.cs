using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Carries out merges of duplicates: the duplicate is ended, then its referrals and contacts go to the survivor. What
/// the survivor refuses for good, the duplicate keeps: it goes on, and the merge ends as refused. The municipality's
/// event is the decision; it takes part in one merge at a time for each client, and every step has the same command id
/// in every attempt. Cut off between two steps, the next run goes on: an ended duplicate does not change any more, so
/// what is read of it then is what was read before.
/// </summary>
internal sealed class Merges(IGrainCalls grains, StepIds ids, string code)
{
    public async Task CarryOut(DuplicateMerge merge)
    {
        var caller = new Caller(Role.Coordinator, $"merge-{merge.MergeId}", Reach.Of(code), Purposes.ClientWork);
        // Something may have happened to either of them since it was read: then it says so itself.
        var refusal = DuplicateCheck.Refusal(
                await Read(merge.SurvivorId, caller), await Read(merge.DuplicateId, caller), code, merge)
            ?? RefusalIn(await Send(
                GrainName.Client(merge.DuplicateId), new RetireDuplicate(merge.MergeId, merge.SurvivorId), caller,
                merge))
            ?? await Absorb(merge, caller);
        Steps.DemandDone(
            await Send(GrainName.Municipality(code), new EndMerge(merge.MergeId, refusal), caller, merge));
    }

    /// <summary>Null when the survivor has everything; otherwise the duplicate has it, and why.</summary>
    private async Task<MergeRefusal?> Absorb(DuplicateMerge merge, Caller caller)
    {
        if (await Read(merge.DuplicateId, caller) is not { } duplicate || !DuplicateCheck.HasEnded(duplicate, merge))
        {
            throw new StoreFault("The duplicate's grain lags behind its log; the merge goes on later.")
            {
                IsPassing = true,
            };
        }
        // In every register: a survivor who moved meanwhile takes them along, or they would be lost.
        var refusal = RefusalIn(await Send(
            GrainName.Client(merge.SurvivorId),
            new AbsorbDuplicate(merge.MergeId, merge.DuplicateId, duplicate.Contacts)
            {
                Referrals = duplicate.Referrals,
            },
            caller with { Reach = Reach.All },
            merge));
        if (refusal is { } why)
        {
            // Earlier versions sent the same step by another id, so it may be done and not be recognised.
            if (await Read(merge.SurvivorId, caller with { Reach = Reach.All }) is { } survivor
                && survivor.Absorbed.Any(done => done.DuplicateId == merge.DuplicateId))
            {
                return null;
            }
            // A duplicate that was erased meanwhile stays ended: nothing more is recorded of it.
            Steps.Demand(
                [
                    await Send(
                        GrainName.Client(merge.DuplicateId), new UndoMerge(merge.MergeId, merge.SurvivorId, why),
                        caller, merge),
                ],
                RejectionCodes.ClientErased);
        }
        return refusal;
    }

    /// <summary>Null when a client did its part; otherwise why it never will.</summary>
    /// <exception cref="StoreFault">It may do so later; passing.</exception>
    private static MergeRefusal? RefusalIn(CommandReply reply) => (reply.Kind, reply.Rejection?.Code) switch
    {
        (ReplyKind.Accepted, _) => null,
        (ReplyKind.Forbidden, _) => MergeRefusal.OtherMunicipality,
        (_, RejectionCodes.ClientErased) => MergeRefusal.ClientErased,
        (_, RejectionCodes.ClientMerged) => MergeRefusal.AlreadyMerged,
        (_, RejectionCodes.DuplicateHasCasework) => MergeRefusal.DuplicateHasCasework,
        (_, RejectionCodes.LimitReached) => MergeRefusal.TooManyReferrals,
        _ => throw Steps.NotTaken(reply),
    };

    /// <summary>A read like any other: with its line in the use log.</summary>
    private async Task<ClientState?> Read(string client, Caller caller) =>
        (await grains.Read<ClientState>(GrainName.Client(client), new ReadRequest(caller))).State;

    private async Task<CommandReply> Send(GrainName grain, ICommand command, Caller caller, DuplicateMerge merge) =>
        await grains.Execute(grain, command, new Envelope(CommandId(command.GetType().Name, merge), caller));

    private Guid CommandId(string step, DuplicateMerge merge) =>
        ids.Of(
        $"merge/{code}/{merge.MergeId}/{merge.SurvivorId}/{merge.DuplicateId}/{merge.DecidedOn:yyyy-MM-dd}/{step}");
}
