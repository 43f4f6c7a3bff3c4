using OsstOrleans.Grains;
using OsstOrleans.Silo.Hosting;

namespace OsstOrleans.Silo.Telemetry;

/// <summary>An engine with the figures and spans of what this process calls, whichever engine it is.</summary>
/// <param name="engine">Who carries the calls.</param>
/// <param name="calls">Where they are counted.</param>
/// <param name="grainsAreHere">
/// All grains are in this process: an answer out of memory takes less time than asking the clock, so only its turn is
/// counted, unless somebody listens.
/// </param>
internal sealed class ObservedGrains(IGrainEngine engine, CallFigures calls, bool grainsAreHere) : IGrainEngine
{
    public async ValueTask<CommandReply> Execute(GrainName grain, CommandEnvelope envelope)
    {
        var watch = calls.Of(grain.Kind, envelope.Command).Begin();
        using var span = Spans.Call(watch.Figure);
        try
        {
            return watch.Ended(await engine.Execute(grain, envelope), span);
        }
        catch (Exception fault)
        {
            watch.Failed(fault, span);
            throw;
        }
    }

    public ValueTask<ReadReply> Read(GrainName grain, ReadEnvelope envelope) =>
        grainsAreHere && grain.Kind != GrainKind.Client && !CallFigures.AreWatched
            ? engine.Read(grain, envelope)
            : Measured(grain, envelope);

    private async ValueTask<ReadReply> Measured(GrainName grain, ReadEnvelope envelope)
    {
        var watch = calls.Of(grain.Kind, envelope.Kind).Begin();
        using var span = Spans.Call(watch.Figure);
        try
        {
            return watch.Ended(await engine.Read(grain, envelope), span);
        }
        catch (Exception fault)
        {
            watch.Failed(fault, span);
            throw;
        }
    }
}
