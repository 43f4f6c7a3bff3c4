using System.Net;
using OsstOrleans.Silo.Engines.Embedded;
using OsstOrleans.Silo.Engines.Orleans;
using OsstOrleans.Silo.Hosting;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Engines;

/// <summary>The engines that can host grains.</summary>
public enum GrainEngineKind
{
    /// <summary>One process.</summary>
    Embedded = 1,

    /// <summary>A cluster; only in builds that found Orleans' packages (decision 0017).</summary>
    Orleans = 2,
}

/// <summary>How a process takes part in a cluster.</summary>
/// <param name="HostsGrains">False for a gateway, which only calls them.</param>
/// <param name="Address">Where the other processes reach this one's silo.</param>
/// <param name="SiloPort">TCP port for other silos; 0 for any free one.</param>
/// <param name="GatewayPort">TCP port for gateways; 0 for any free one.</param>
public sealed record ClusterPlace(bool HostsGrains, IPAddress Address, int SiloPort = 0, int GatewayPort = 0)
{
    /// <summary>A silo on this machine alone.</summary>
    public static ClusterPlace Here { get; } = new(HostsGrains: true, IPAddress.Loopback);
}

/// <summary>Which engine a process uses, and how.</summary>
public sealed record EngineChoice(GrainEngineKind Kind, ClusterPlace Place)
{
    public static EngineChoice Embedded { get; } = new(GrainEngineKind.Embedded, ClusterPlace.Here);

    /// <summary>Orleans in this process, with a silo of its own.</summary>
    public static EngineChoice Orleans { get; } = new(GrainEngineKind.Orleans, ClusterPlace.Here);
}

/// <summary>An engine at work in this process.</summary>
/// <param name="Grains">Calls grains, wherever they are.</param>
/// <param name="ActivationCount">Grains in this process's memory now.</param>
/// <param name="Stop">Finishes what was begun and leaves.</param>
internal sealed record RunningEngine(IGrainEngine Grains, Func<int> ActivationCount, Func<ValueTask> Stop)
{
    /// <summary>Every grain is in this process.</summary>
    public bool GrainsAreHere { get; init; }

    /// <summary>Looks at the cluster's silos; null where there is no cluster.</summary>
    public Func<Task<ClusterReport>>? Cluster { get; init; }
}

/// <summary>Where an engine is chosen and put together; nobody else names one.</summary>
public static class GrainEngines
{
    /// <summary>Those of this build; the first runs unless told otherwise.</summary>
    public static IReadOnlyList<GrainEngineKind> Present { get; } =
        [GrainEngineKind.Embedded, GrainEngineKind.Orleans];

    /// <summary>As the command line has it.</summary>
    public static string NameOf(GrainEngineKind engine) =>
        engine == GrainEngineKind.Orleans ? "orleans" : "embedded";

    /// <exception cref="StoreRefusal">This build lacks the engine, or the cluster does not answer.</exception>
    internal static async Task<RunningEngine> Start(EngineChoice choice, HostServices services, StoreAddress address)
    {
        if (choice.Kind == GrainEngineKind.Embedded)
        {
            var embedded = new EmbeddedEngine(services);
            return new RunningEngine(embedded, () => embedded.ActivationCount, () =>
            {
                embedded.Dispose();
                return ValueTask.CompletedTask;
            })
            {
                GrainsAreHere = true,
            };
        }
        return await OrleansProcess.Start(choice.Place, services, address);
    }
}
