using System.Diagnostics;
using Orleans;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Messages;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Cluster;

/// <summary>
/// Around every turn of a grain: its figures and spans, and what of a fault may leave the silo. An unexpected fault
/// leaves without its message, which may hold personal text.
/// </summary>
internal sealed class TurnFilter(GrainServices services) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context) =>
        context.Grain is IHostedGrain grain ? Observed(context, grain.Kind) : context.Invoke();

    private async Task Observed(IIncomingGrainCallContext context, GrainKind kind)
    {
        var figures = services.Figures.Turns;
        var asked = context.Request.GetArgument(0)!;
        var figure = asked is ICommand command
            ? figures.Of(kind, command)
            : figures.Of(kind, ((ReadRequest)asked).Kind);
        var watch = figure.Begin();
        using var span = BeginSpan(figure);
        try
        {
            if (asked is UnknownCommand)
            {
                throw StoreFault.OtherVersion;
            }
            await context.Invoke();
            End(watch, context.Result, span);
        }
        catch (Exception fault)
        {
            // The one bound that is met in the grain itself; others were counted where they were met.
            if (fault is LimitReached { Code: LimitCodes.GrainContended })
            {
                LimitCounts.Met(LimitCodes.GrainContended);
            }
            watch.Failed(fault, span);
            throw fault switch
            {
                // Without what caused it: another process may not know that type, and its words are the server's.
                StoreFault store => new StoreFault(store.Message) { IsPassing = store.IsPassing },
                LimitReached => fault,
                _ => new GrainFault(GrainFault.Words(fault)),
            };
        }
    }

    private static Activity? BeginSpan(CallFigure figure)
    {
        if (!Spans.AreWatched)
        {
            return null;
        }
        var (call, sent) = CallTrace.Read();
        return Spans.Turn(figure, call, sent);
    }

    private static void End(in CallWatch watch, object? result, Activity? span)
    {
        if (result is CommandReply reply)
        {
            watch.Ended(reply.Kind, span);
        }
        else if (result is IReadReply read)
        {
            watch.Ended(read.Result, span);
        }
    }
}
