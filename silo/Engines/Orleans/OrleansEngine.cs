using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Engines.Orleans.Messages;
using OsstOrleans.Silo.Hosting;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Engines.Orleans;

/// <summary>
/// Calls grains wherever in the cluster they are. Orleans does not retry, and a call to a silo that just died may have
/// been carried out: it is made again with the same command id until it is answered, so a dead silo costs its callers
/// seconds and no command.
/// </summary>
/// <param name="find">Makes a reference to a grain.</param>
/// <param name="time">Whose clock measures the patience.</param>
internal sealed class OrleansEngine(Func<GrainName, IHostedGrain> find, TimeProvider time) : IGrainEngine
{
    /// <summary>How long one caller waits through all tries. A dead silo is out of the cluster long before.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan MostPause = TimeSpan.FromMilliseconds(500);

    public async ValueTask<CommandReply> Execute(GrainName grain, CommandEnvelope envelope)
    {
        var answer = await Persist(find(grain), envelope, static (g, e) => g.Execute(e));
        return answer.Reply ?? throw answer.Fault!.ToException();
    }

    public async ValueTask<ReadReply> Read(GrainName grain, ReadEnvelope envelope)
    {
        var answer = await Persist(find(grain), envelope, static (g, e) => g.Read(e));
        return answer.Reply ?? throw answer.Fault!.ToException();
    }

    private async ValueTask<TAnswer> Persist<TEnvelope, TAnswer>(
        IHostedGrain grain, TEnvelope envelope, Func<IHostedGrain, TEnvelope, ValueTask<TAnswer>> call)
    {
        var began = time.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(20); ; pause = pause < MostPause ? 2 * pause : MostPause)
        {
            try
            {
                return await call(grain, envelope);
            }
            catch (LimitExceededException)
            {
                throw LimitReached.Met(LimitCodes.GrainBusy, "Too many calls wait for this grain; try again.");
            }
            catch (JsonException)
            {
                // What a silo of a version before UnknownCommand, or one asked for an unknown value, throws back.
                throw CallFault.OtherVersion.ToException();
            }
            catch (Exception) when (time.GetElapsedTime(began) < Patience)
            {
                // A grain answers with what it meets, so this is the cluster's: the silo died, leaves, or is not there
                // yet. A rejected call may bring any exception with it.
            }
            catch (Exception fault) when (fault is TimeoutException or OrleansException)
            {
                throw new StoreFault("The cluster does not answer; ask again with the same command id.", fault)
                {
                    IsPassing = true,
                };
            }
            await Task.Delay(pause, time);
        }
    }
}
