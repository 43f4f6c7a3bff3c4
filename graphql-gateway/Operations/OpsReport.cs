using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Telemetry;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Reports;
using OsstOrleans.Silo.Telemetry;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Gateway.Operations;

/// <summary>
/// One process as its operators see it. What a process has not is null: a silo follows no feed, a gateway hosts no
/// grains. Nothing here is about a person.
/// </summary>
internal sealed record OpsReport(
    ProcessReport Process, ClusterReport? Cluster, GrainReport? Grains, IReadOnlyList<CallReport>? Calls,
    WriteReport Writes, FeedReport? Feed, AntiEntropyReport? AntiEntropy, GraphQLReport? GraphQL,
    IReadOnlyList<LimitReport> Limits)
{
    /// <summary>The OpenID providers whose tokens are taken.</summary>
    public IReadOnlyList<ProviderReport> Providers { get; init; } = [];

    /// <summary>All but the cluster and GraphQL.</summary>
    public static OpsReport Of(Platform platform, ProcessIdentity identity, Health health, Tokens tokens)
    {
        var feed = platform.FollowsLog ? platform.Projections : null;
        return new OpsReport(
            identity.Report(platform.Store.Figures.Store, health), null,
            identity.Role == "gateway" ? null : GrainReport.Of(platform.Services),
            feed is null ? null : CallReports.Of(platform), WriteReport.Of(platform.Store.Figures),
            feed is null ? null : FeedReport.Of(platform), feed?.AntiEntropy.Report, null, LimitsMet())
        {
            Providers = ProviderReport.AllOf(tokens),
        };
    }

    private static IReadOnlyList<LimitReport> LimitsMet() =>
        [.. LimitCounts.All.Select(limit => new LimitReport(limit.Code, limit.Count))];
}

/// <summary>What runs, and since when.</summary>
/// <param name="State">The word of <c>/health/ready</c>.</param>
/// <param name="Cause">Why it is not ready; null while it is.</param>
internal sealed record ProcessReport(
    string Role, string Host, int ProcessId, string Build, string Store, string State, string? Cause,
    DateTimeOffset StartedAt, double UptimeSeconds, long MemoryBytes);

/// <summary>One OpenID provider.</summary>
/// <param name="Name">As the settings name it.</param>
/// <param name="Keys">How many of its keys are known.</param>
/// <param name="Trouble">Why its keys could not be fetched the last time; null when they were.</param>
internal sealed record ProviderReport(string Name, int Keys, string? Trouble)
{
    public static IReadOnlyList<ProviderReport> AllOf(Tokens tokens) =>
        [.. tokens.Providers.Select(one => new ProviderReport(one.Settings.Name, one.Keys.Count, one.Keys.Trouble))];
}

/// <summary>How often a limit was met since the start.</summary>
internal sealed record LimitReport(string Code, long Count);
