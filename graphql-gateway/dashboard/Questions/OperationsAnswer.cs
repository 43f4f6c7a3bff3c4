using System.Text.Json;

namespace OsstOrleans.Dashboard.Questions;

/// <summary>What of <c>/ops.json</c> the dashboard shows.</summary>
public sealed record OperationsAnswer(
    ProcessAnswer Process, ClusterAnswer? Cluster, GrainsAnswer? Grains, IReadOnlyList<CallAnswer>? Calls,
    WritesAnswer Writes, FeedAnswer? Feed, CheckAnswer? AntiEntropy, GraphQLAnswer? GraphQL,
    IReadOnlyList<LimitAnswer> Limits, IReadOnlyList<ProviderAnswer>? Providers)
{
    /// <summary>A feed further behind is a trouble; alerts say the same after a while (docs/operating.md).</summary>
    private const double MostLagSeconds = 5;

    /// <summary>
    /// What an operator must see to, as keys of texts: the worst first, empty for nothing.
    /// </summary>
    public IReadOnlyList<string> Troubles =>
    [
        .. new[]
        {
            Process.State == "ready" ? null : "state",
            Feed is { IsRunning: false } ? "feed" : null,
            AntiEntropy is { Differences.Count: > 0 } ? "differs" : null,
            Writes.Failed > 0 ? "writes" : null,
            Feed is { LagSeconds: > MostLagSeconds } ? "lag" : null,
            Cluster is { Silos: null } ? "silos" : null,
            Providers is not null && Providers.Any(one => one.Trouble is not null) ? "provider" : null,
        }.OfType<string>(),
    ];

    public static OperationsAnswer Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<OperationsAnswer>(json, AnswerJson.Options)!;
}

public sealed record ProcessAnswer(
    string Role, string Host, int ProcessId, string Build, string Store, string State, string? Cause,
    DateTimeOffset StartedAt, double UptimeSeconds, long MemoryBytes);

public sealed record ClusterAnswer(IReadOnlyList<SiloAnswer>? Silos);

public sealed record SiloAnswer(
    string Silo, string Host, string State, DateTimeOffset StartedAt, int? Activations, long? Gateways,
    long? HeapBytes, double? CpuPercent);

public sealed record GrainsAnswer(
    IReadOnlyList<ActivationAnswer> Activations, SpreadAnswer ActivationMs, IReadOnlyList<CallAnswer> Turns);

public sealed record ActivationAnswer(string Kind, long Count);

public sealed record CallAnswer(string Kind, string Command, long Count, long Refused, long Failed, SpreadAnswer Ms);

/// <summary>How values spread lately, in ms for times.</summary>
public sealed record SpreadAnswer(long Count, double P50, double P95, double P99, double Most);

public sealed record WritesAnswer(
    long Waiting, long Durable, long Groups, long Failed, SpreadAnswer GroupSize, SpreadAnswer QueueMs,
    SpreadAnswer FsyncMs);

public sealed record FeedAnswer(
    long Position, long LogPosition, DateTimeOffset? RecordedAt, double LagSeconds, bool IsRunning, int Watches);

public sealed record CheckAnswer(
    long Checks, DateTimeOffset? CheckedAt, double Seconds, string? Municipality, int Round, int Municipalities,
    IReadOnlyList<string> Differences);

public sealed record GraphQLAnswer(
    string Engine, IReadOnlyList<OperationAnswer> Operations, long SubscriptionEvents, int Sockets);

public sealed record OperationAnswer(string Kind, string Outcome, long Count, SpreadAnswer Ms);

public sealed record LimitAnswer(string Code, long Count);

public sealed record ProviderAnswer(string Name, int Keys, string? Trouble);
