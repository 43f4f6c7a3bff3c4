using Orleans.Runtime;

namespace OsstOrleans.Grains.Hosting;

/// <summary>
/// An activation's snapshot as Orleans' persistent state. Orleans reads it before the first turn; writes are started
/// from a turn, and only the end of the activation waits for them.
/// </summary>
internal sealed class SnapshotState(IPersistentState<GrainSnapshot> state) : ISnapshotPlace
{
    private GrainSnapshot? _next;

    public GrainSnapshot? Take()
    {
        var kept = state.State is { Version: > 0 } newest ? newest : null;
        state.State = GrainSnapshot.None;
        return kept;
    }

    public Task Written { get; private set; } = Task.CompletedTask;

    public void Save(GrainSnapshot snapshot)
    {
        _next = snapshot;
        if (Written.IsCompleted)
        {
            Written = Write();
        }
    }

    /// <summary>
    /// One write at a time; of those that wait only the newest. One that fails costs the next activation some time,
    /// and the state is read again, because another activation may have written it.
    /// </summary>
    private async Task Write()
    {
        while (_next is { } next)
        {
            _next = null;
            try
            {
                state.State = next;
                await state.WriteStateAsync();
                state.State = GrainSnapshot.None; // It would be held beside the state that it was made of.
            }
            catch (Exception)
            {
                await ReadAgain();
            }
        }
    }

    private async Task ReadAgain()
    {
        try
        {
            await state.ReadStateAsync();
        }
        catch (Exception)
        {
            // The storage is away; the log does not need it.
        }
    }
}
