using OsstOrleans.Grains;

namespace OsstOrleans.Proof.Tests.Cluster;

/// <summary>
/// A call from one place to wherever the grain is now: to a process that answers, that never does, or to another one
/// than the last time. What is asked and answered here is the history that is judged.
/// </summary>
internal sealed class ProcessCalls(World world, TimeProvider time) : IGrainCalls
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    public async ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope)
    {
        world.History.Asked(grain, command, envelope);
        try
        {
            return await Target(grain).Execute(grain, command, envelope, CallTimeout).WaitAsync(CallTimeout, time);
        }
        catch (TimeoutException)
        {
            world.History.InDoubt.Add((grain, envelope.CommandId));
            throw;
        }
    }

    public async ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
        where TState : class
    {
        var began = world.Schedule.Steps;
        var reply = await Target(grain).Read<TState>(grain, request).WaitAsync(CallTimeout, time);
        world.History.Read(grain, request, began, reply);
        return reply;
    }

    private Node Target(GrainName grain) => world.NodeOf(grain) ?? throw new TimeoutException();
}
