using Orleans;
using Orleans.Runtime;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Cluster;

/// <summary>What the cluster knows of its silos: its table of members, and what each of them answers.</summary>
internal sealed class ClusterView(IGrainFactory grains, TimeProvider time)
{
    /// <summary>A page must not wait for a silo that has just died.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>A silo that is gone is shown for this long.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    public async Task<ClusterReport> Look()
    {
        var management = grains.GetGrain<IManagementGrain>(0);
        if (await OrNull(() => management.GetDetailedHosts()) is not { } members)
        {
            return new ClusterReport(Silos: null);
        }
        var since = time.GetUtcNow().UtcDateTime - Remembered;
        return new ClusterReport(await Task.WhenAll(members
            .Where(member => member.Status != SiloStatus.Dead || member.IAmAliveTime > since)
            .OrderBy(member => member.StartTime)
            .Select(member => Report(management, member))));
    }

    private static async Task<SiloReport> Report(IManagementGrain management, MembershipEntry member)
    {
        var report = new SiloReport(
            member.SiloAddress.ToParsableString(), member.HostName, WordOf(member.Status),
            new DateTimeOffset(DateTime.SpecifyKind(member.StartTime, DateTimeKind.Utc)));
        return member.Status == SiloStatus.Active
            && await OrNull(() => management.GetRuntimeStatistics([member.SiloAddress])) is [var told]
            ? report with
            {
                Activations = told.ActivationCount,
                Gateways = told.ClientCount,
                HeapBytes = told.EnvironmentStatistics.RawMemoryUsageBytes,
                CpuPercent = Math.Round(told.EnvironmentStatistics.FilteredCpuUsagePercentage, 1),
            }
            : report;
    }

    private static string WordOf(SiloStatus status) => status switch
    {
        SiloStatus.Joining or SiloStatus.Created => "joining",
        SiloStatus.Active => "active",
        SiloStatus.ShuttingDown => "shutting-down",
        SiloStatus.Stopping => "stopping",
        SiloStatus.Dead => "dead",
        _ => "unknown",
    };

    /// <summary>Null when the answer does not come, whatever the reason.</summary>
    private static async Task<T?> OrNull<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask().WaitAsync(Patience);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
