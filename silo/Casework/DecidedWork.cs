using System.Runtime.ExceptionServices;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// What a municipality has decided and is not carried out yet: hand-overs and merges. It is read from the
/// municipality's own state, which the steps' last command changes.
/// </summary>
internal sealed class DecidedWork(GrainServices services, IGrainCalls grains, string code)
{
    private readonly StepIds _ids = new(services.MasterKey);

    /// <summary>Where it is done: what was decided goes on also where the register is a county's by now.</summary>
    private Reach Reach => Reach.Of(services.MunicipalitiesOf(code).Prepend(code));

    /// <summary>True while there is any.</summary>
    public async ValueTask<bool> IsOpen() => (await Read()).State?.HasOpenWork() is true;

    /// <summary>Carries all of it out; begun again after any interruption it goes on.</summary>
    public async Task CarryOut(CancellationToken stopped)
    {
        var municipality = await Read();
        if (municipality.State?.OpenWork() is not var (handOvers, merges))
        {
            return;
        }
        var faults = new List<Exception>();
        var reach = Reach;
        foreach (var merge in merges)
        {
            stopped.ThrowIfCancellationRequested();
            await Begin(() => new Merges(services, grains, code, reach).CarryOut(merge), faults);
        }
        if (handOvers.Count > 0)
        {
            var caseload = new CaseloadReplay(services.Store, services.MunicipalitiesOf(code), services.Time);
            await caseload.ReadAll(municipality.Position, stopped);
            foreach (var handOver in handOvers)
            {
                stopped.ThrowIfCancellationRequested();
                await Begin(
                    () => new HandOvers(grains, _ids, code, reach).CarryOut(handOver, caseload, stopped), faults);
            }
        }
        if (faults is [var first, ..])
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    /// <summary>What one of them meets does not keep the others waiting.</summary>
    private static async Task Begin(Func<Task> work, List<Exception> faults)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            faults.Add(fault);
        }
    }

    private ValueTask<ReadReply<MunicipalityState>> Read() => grains.Read<MunicipalityState>(
        GrainName.Municipality(code),
        new ReadRequest(new Caller(Role.Coordinator, "municipality-work", Reach, Purposes.ClientWork)));
}
