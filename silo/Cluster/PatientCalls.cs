using System.Text.Json;
using Orleans.Runtime;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Cluster;

/// <summary>
/// Calls that survive a silo's death. Orleans does not retry, and a call to a silo that just died may have been carried
/// out: it is made again with the same command id until it is answered, so a dead silo costs its callers seconds and no
/// command.
/// </summary>
/// <param name="calls">Who makes one try.</param>
/// <param name="time">Whose clock measures the patience.</param>
internal sealed class PatientCalls(IGrainCalls calls, TimeProvider time) : IGrainCalls
{
    /// <summary>How long one caller waits through all tries. A dead silo is out of the cluster long before.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan MostPause = TimeSpan.FromMilliseconds(500);

    public async ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope)
    {
        var patience = new Waits(time);
        while (true)
        {
            try
            {
                return await calls.Execute(grain, command, envelope);
            }
            catch (Exception fault) when (!IsAnswer(fault))
            {
                await patience.Pause(fault);
            }
        }
    }

    public async ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
        where TState : class
    {
        var patience = new Waits(time);
        while (true)
        {
            try
            {
                return await calls.Read<TState>(grain, request);
            }
            catch (Exception fault) when (!IsAnswer(fault))
            {
                await patience.Pause(fault);
            }
        }
    }

    /// <summary>What a grain met is its answer; an unknown name or kind is the caller's own fault.</summary>
    private static bool IsAnswer(Exception fault) =>
        fault is StoreFault or LimitReached or GrainFault or ArgumentException;

    private struct Waits(TimeProvider time)
    {
        private readonly long _began = time.GetTimestamp();
        private TimeSpan _pause;

        /// <summary>
        /// What is no grain's answer is the cluster's: the silo died, leaves, or is not there yet. A rejected call may
        /// bring any exception with it.
        /// </summary>
        public Task Pause(Exception fault)
        {
            if (fault is LimitExceededException)
            {
                throw LimitCounts.Reached(LimitCodes.GrainBusy, "Too many calls wait for this grain; try again.");
            }
            if (fault is JsonException)
            {
                throw StoreFault.OtherVersion; // What a silo throws back that is asked for an unknown value.
            }
            if (time.GetElapsedTime(_began) >= Patience)
            {
                throw new StoreFault("The cluster does not answer; ask again with the same command id.", fault)
                {
                    IsPassing = true,
                };
            }
            _pause = _pause == default ? FirstPause : 2 * _pause < MostPause ? 2 * _pause : MostPause;
            return Task.Delay(_pause, time);
        }
    }
}
