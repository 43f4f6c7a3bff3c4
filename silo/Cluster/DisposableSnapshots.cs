using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace OsstOrleans.Silo.Cluster;

/// <summary>
/// The grain storage that grains are given. Orleans reads a snapshot before the first turn, and a fault there would
/// keep the grain from being active at all: one that cannot be read is none, and the grain is folded from the log.
/// Writes fail as ever: they keep no call waiting.
/// </summary>
internal sealed partial class DisposableSnapshots(
    [FromKeyedServices(GrainSnapshot.Table)] IGrainStorage table, ILogger<DisposableSnapshots> log) : IGrainStorage
{
    public static void AddTo(IServiceCollection services) =>
        services.AddKeyedSingleton<IGrainStorage, DisposableSnapshots>(GrainSnapshot.Storage);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        try
        {
            await table.ReadStateAsync(stateName, grainId, grainState);
        }
        catch (Exception fault)
        {
            CannotBeRead(fault.GetType().Name);
            (grainState.State, grainState.RecordExists) = (Activator.CreateInstance<T>(), false);
            grainState.ETag = null!;
        }
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        table.WriteStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        table.ClearStateAsync(stateName, grainId, grainState);

    [LoggerMessage(LogLevel.Warning, "A snapshot cannot be read, so its grain is folded from the log: {Fault}.")]
    private partial void CannotBeRead(string fault);
}
