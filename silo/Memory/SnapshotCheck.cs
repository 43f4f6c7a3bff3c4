using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Memory;

/// <summary>Compares what a snapshot leads to with what the log says.</summary>
internal static class SnapshotCheck<TState, TDecider>
    where TState : class
    where TDecider : IDecider<TState>
{
    /// <summary>Null when snapshot and tail give what a replay of all events gives; else what differs.</summary>
    public static async ValueTask<string?> Of(GrainName grain, GrainServices services, ISnapshotPlace snapshot)
    {
        try
        {
            var (quick, full) = (new GrainMemory<TState, TDecider>(grain, services, snapshot),
                new GrainMemory<TState, TDecider>(grain, services, ReadSnapshot.None));
            await quick.Recall();
            await full.Recall();
            return quick.Now!.Version == full.Now!.Version && EventCodec.SameState(quick.Now.State, full.Now.State)
                ? null
                : $"{grain}: the state from the snapshot differs from a replay";
        }
        catch (StoreFault fault)
        {
            return fault.Message;
        }
        catch (Exception fault)
        {
            return $"{grain}: {GrainFault.Words(fault)}"; // Its bytes can be read, and are no event of this grain.
        }
    }
}
