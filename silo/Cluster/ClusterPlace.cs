using System.Net;

namespace OsstOrleans.Silo.Cluster;

/// <summary>How a process takes part in a cluster.</summary>
/// <param name="HostsGrains">False for a gateway, which only calls them.</param>
/// <param name="Address">Where the other processes reach this one's silo.</param>
/// <param name="SiloPort">TCP port for other silos; 0 for any free one.</param>
/// <param name="GatewayPort">TCP port for gateways; 0 for any free one.</param>
public sealed record ClusterPlace(bool HostsGrains, IPAddress Address, int SiloPort = 0, int GatewayPort = 0)
{
    /// <summary>False for a process that only hosts grains for others.</summary>
    public bool FollowsLog { get; init; } = true;

    /// <summary>A silo on this machine alone.</summary>
    public static ClusterPlace Here { get; } = new(HostsGrains: true, IPAddress.Loopback);
}
