using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Orleans.Runtime;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Cluster;

/// <summary>
/// Calls that survive a silo's death, with their figures and spans. Orleans does not retry, and a call to a silo that
/// just died may have been carried out: it is made again with the same command id until it is answered, so a dead silo
/// costs its callers seconds and no command. A read that is made again has a line in the use log for each try that
/// reached its client: more lines than answers, never fewer.
/// </summary>
/// <param name="calls">Who makes one try.</param>
/// <param name="figures">Where calls are counted.</param>
/// <param name="time">Whose clock measures the patience.</param>
/// <param name="over">Cancelled when no further try is wanted.</param>
internal sealed class PatientCalls(
    IGrainCalls calls, CallFigures figures, TimeProvider time, CancellationToken over = default) : IGrainCalls
{
    /// <summary>
    /// No try begins later than this after the call did. A dead silo is out of the cluster long before; and with the
    /// last try it is the 30 s that a request may take.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan MostPause = TimeSpan.FromMilliseconds(500);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope)
    {
        var watch = figures.Of(grain.Kind, command).Begin();
        using var span = Spans.Call(watch.Figure);
        CallTrace.Stamp(span);
        var began = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            try
            {
                var reply = await calls.Execute(grain, command, envelope);
                watch.Ended(reply.Kind, span);
                return reply;
            }
            catch (Exception fault)
            {
                if (MustGiveUp(fault, began) || !await MayGoOnAfter(pause))
                {
                    throw FaultForCaller(fault, watch, span);
                }
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
        where TState : class
    {
        var watch = figures.Of(grain.Kind, request.Kind).Begin();
        using var span = Spans.Call(watch.Figure);
        CallTrace.Stamp(span);
        var began = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            try
            {
                var reply = await calls.Read<TState>(grain, request);
                watch.Ended(reply.Result, span);
                return reply;
            }
            catch (Exception fault)
            {
                if (MustGiveUp(fault, began) || !await MayGoOnAfter(pause))
                {
                    throw FaultForCaller(fault, watch, span);
                }
            }
        }
    }

    public IGrainCalls Until(CancellationToken end) => new PatientCalls(calls, figures, time, end);

    private static TimeSpan Longer(TimeSpan pause) => 2 * pause < MostPause ? 2 * pause : MostPause;

    /// <summary>
    /// What a grain met is its answer, and an unknown name or kind is the caller's own fault. Anything else is the
    /// cluster's: the silo died, leaves, or is not there yet; a rejected call may bring any exception with it.
    /// </summary>
    private bool MustGiveUp(Exception fault, long began) =>
        fault is StoreFault or LimitReached or GrainFault or ArgumentException
            or LimitExceededException or JsonException
        || time.GetElapsedTime(began) >= Patience;

    /// <summary>False when the request is over: its sender is gone, or got an answer in its time.</summary>
    private async ValueTask<bool> MayGoOnAfter(TimeSpan pause)
    {
        await Task.Delay(pause, time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !over.IsCancellationRequested;
    }

    /// <summary>The fault as the caller sees it.</summary>
    private static Exception FaultForCaller(Exception fault, in CallWatch watch, Activity? span)
    {
        var told = fault switch
        {
            StoreFault or LimitReached or GrainFault or ArgumentException => fault,
            LimitExceededException => LimitCounts.Reached(
                LimitCodes.GrainBusy, "Too many calls wait for this grain; try again."),
            JsonException => StoreFault.OtherVersion, // What a silo throws back that is asked for an unknown value.
            _ => new StoreFault("The cluster does not answer; ask again with the same command id.", fault)
            {
                IsPassing = true,
            },
        };
        watch.Failed(told, span);
        return told;
    }
}
