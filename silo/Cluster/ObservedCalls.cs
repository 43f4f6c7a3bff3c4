using OsstOrleans.Grains;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Cluster;

/// <summary>Calls with the figures and spans of what this process calls.</summary>
/// <param name="calls">Who carries the calls.</param>
/// <param name="figures">Where they are counted.</param>
internal sealed class ObservedCalls(IGrainCalls calls, CallFigures figures) : IGrainCalls
{
    public async ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope)
    {
        var watch = figures.Of(grain.Kind, command).Begin();
        using var span = Spans.Call(watch.Figure);
        CallTrace.Stamp(span);
        try
        {
            var reply = await calls.Execute(grain, command, envelope);
            watch.Ended(reply.Kind, span);
            return reply;
        }
        catch (Exception fault)
        {
            watch.Failed(fault, span);
            throw;
        }
    }

    public async ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
        where TState : class
    {
        var watch = figures.Of(grain.Kind, request.Kind).Begin();
        using var span = Spans.Call(watch.Figure);
        CallTrace.Stamp(span);
        try
        {
            var reply = await calls.Read<TState>(grain, request);
            watch.Ended(reply.Result, span);
            return reply;
        }
        catch (Exception fault)
        {
            watch.Failed(fault, span);
            throw;
        }
    }
}
