using OsstOrleans.Grains;
using OsstOrleans.Silo.Hosting;

namespace OsstOrleans.Silo.Telemetry;

/// <summary>An activation with the figures and spans of its turns, whichever engine gives them.</summary>
internal sealed class ObservedHost(IGrainHost host, GrainKind kind, GrainFigures figures) : IGrainHost
{
    private const int OneOf = 64;
    private const int ReadsInFull = 8;

    /// <summary>An engine may make an activation that never gets a turn, so the first turn counts it.</summary>
    private bool _isCounted;
    private int _reads;

    public async ValueTask<CommandReply> Execute(CommandEnvelope envelope)
    {
        CountOnce();
        var watch = figures.Turns.Of(kind, envelope.Command).Begin();
        using var span = Spans.Turn(watch.Figure);
        try
        {
            return watch.Ended(await host.Execute(envelope), span);
        }
        catch (Exception fault)
        {
            watch.Failed(fault, span);
            throw;
        }
    }

    /// <summary>
    /// An answer out of memory takes less time than asking the clock: after an activation's first reads one of
    /// sixty-four stands for all. One that writes the use log is always measured.
    /// </summary>
    public ValueTask<ReadReply> Read(ReadEnvelope envelope)
    {
        if (kind == GrainKind.Client || CallFigures.AreWatched)
        {
            return Measured(envelope, 1);
        }
        var number = _reads++;
        return number < ReadsInFull ? Measured(envelope, 1)
            : number % OneOf == 0 ? Measured(envelope, OneOf)
            : host.Read(envelope);
    }

    public void Rest()
    {
        if (_isCounted)
        {
            _isCounted = false;
            figures.Activations.Ended(kind);
        }
        host.Rest();
    }

    private async ValueTask<ReadReply> Measured(ReadEnvelope envelope, int weight)
    {
        CountOnce();
        var watch = figures.Turns.Of(kind, envelope.Kind).Begin(weight);
        using var span = Spans.Turn(watch.Figure);
        try
        {
            return watch.Ended(await host.Read(envelope), span);
        }
        catch (Exception fault)
        {
            watch.Failed(fault, span);
            throw;
        }
    }

    private void CountOnce()
    {
        if (!_isCounted)
        {
            _isCounted = true;
            figures.Activations.Began(kind);
        }
    }
}
