using OsstOrleans.Silo.Engines;
using OsstOrleans.Silo.Hosting;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo;

/// <summary>A process that hosts grains for others: a store and an engine, and no projections.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    private readonly RunningEngine _engine;

    private readonly Gauges _gauges;

    private SiloProcess(HostServices services, RunningEngine engine) =>
        (Services, _engine, _gauges) = (services, engine, new Gauges(services));

    public HostServices Services { get; }

    public IGrainEngine Grains => _engine.Grains;

    /// <summary>Grains in this process's memory now.</summary>
    public int ActivationCount => _engine.ActivationCount();

    /// <inheritdoc cref="RunningEngine.Cluster"/>
    public Func<Task<ClusterReport>>? Cluster => _engine.Cluster;

    /// <exception cref="StoreRefusal">The store or the engine cannot be used; says why in one sentence.</exception>
    public static async Task<SiloProcess> Open(StoreAddress address, TimeProvider time, EngineChoice choice)
    {
        var services = await Platform.OpenStore(address, time, alone: choice.Kind == GrainEngineKind.Embedded);
        try
        {
            return new SiloProcess(services, await GrainEngines.Start(choice, services, address));
        }
        catch
        {
            await services.Store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Leaves the cluster, finishes what was begun and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        _gauges.Dispose();
        await _engine.Stop();
        await Services.Store.DisposeAsync();
    }
}
