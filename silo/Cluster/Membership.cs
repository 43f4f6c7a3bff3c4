using Orleans.Configuration;

namespace OsstOrleans.Silo.Cluster;

/// <summary>
/// Who belongs to the cluster, and how soon a silo that died does not any more. docs/mechanisms/cluster.md has what
/// these numbers were measured to do.
/// </summary>
internal static class Membership
{
    /// <summary>
    /// The database distinguishes clusters by name, so all processes use one. It changes where processes of two
    /// versions must not meet; the service's name is part of what grain storage holds, and stays.
    /// </summary>
    public const string Cluster = "osst-2";

    public static void Name(ClusterOptions cluster) =>
        (cluster.ClusterId, cluster.ServiceId) = (Cluster, GrainSnapshot.Service);

    public static void Configure(ClusterMembershipOptions membership)
    {
        // Orleans adapts the time-out to the answers of quiet times, down to this: a silo whose cores are busy for a
        // moment, as while another one starts beside it, must not be taken for dead. In a cluster of two one vote is
        // enough.
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        membership.MinProbeTimeout = TimeSpan.FromSeconds(2);
        membership.NumMissedProbesLimit = 3;
        // A silo that starts waits for each member until its heartbeat is older than three of these, and then until
        // three probes of it are missed. After a power cut all members are dead, and every silo waits for both.
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
        membership.NumMissedTableIAmAliveLimit = 3;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
    }
}
