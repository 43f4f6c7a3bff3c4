using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Proof.Tests.Cluster;

/// <summary>A grain's host in one process. As Orleans does, it takes one command at a time, and reads interleave.
/// </summary>
internal sealed class Activation(IGrainHost host)
{
    private Task _last = Task.CompletedTask;

    public IGrainHost Host => host;

    public async Task<CommandReply> Execute(ICommand command, Envelope envelope, Func<bool> isLate)
    {
        var (before, own) = (_last, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _last = own.Task;
        await before;
        try
        {
            return isLate() ? throw new TimeoutException() : await host.Execute(command, envelope);
        }
        finally
        {
            own.SetResult();
        }
    }
}

/// <summary>An activation's snapshot, in the table beside the log. One that cannot be written is no loss.</summary>
internal sealed class Snapshots(GrainName grain, ISnapshotTable table, GrainSnapshot? newest) : ISnapshotPlace
{
    private GrainSnapshot? _newest = newest;

    public GrainSnapshot? Take() => Interlocked.Exchange(ref _newest, null);

    public Task Written { get; private set; } = Task.CompletedTask;

    public void Save(GrainSnapshot snapshot) => Written = Write(snapshot);

    private async Task Write(GrainSnapshot snapshot)
    {
        try
        {
            await table.WriteSnapshot(grain, snapshot);
        }
        catch (Silo.Faults.StoreFault)
        {
            // The log does not need it.
        }
    }
}
