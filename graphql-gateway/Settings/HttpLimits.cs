using System.ComponentModel.DataAnnotations;
using OsstOrleans.Silo.Cluster;

namespace OsstOrleans.Gateway.Settings;

/// <summary>What one request, one caller and one process may take.</summary>
internal sealed record HttpLimits
{
    /// <summary>Bytes of a body or of a socket's message; a larger one is refused before it is read.</summary>
    [Range(1024, 1 << 26)]
    public int MaxBodyBytes { get; init; } = 1 << 20;

    /// <summary>What a query or mutation may take.</summary>
    [Range(0.1, 600)]
    public TimeSpan ExecutionTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests of one batch; 1 takes no batches.</summary>
    [Range(1, 1_000)]
    public int MaxBatch { get; init; } = 10;

    /// <summary>Requests, subscriptions and other operations of one caller under way, whatever carries them.</summary>
    [Range(1, 1_000_000)]
    public int MaxOperationsPerCaller { get; init; } = 2_000;

    /// <summary>Sockets of one caller.</summary>
    [Range(1, 1_000_000)]
    public int MaxSocketsPerCaller { get; init; } = 1_000;

    /// <summary>Connections of the process; a further one is closed at once.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Sockets of the process.</summary>
    [Range(1, 1_000_000)]
    public int MaxSockets { get; init; } = 10_000;

    /// <summary>How soon a running process sees that a token was revoked.</summary>
    [Range(0.1, 60)]
    public TimeSpan RevocationCheck { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a stopping process serves on and says that it is not ready: until the load balancer has heard it.
    /// </summary>
    [Range(0, StopTime.MostDrainSeconds)]
    public TimeSpan DrainDelay { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// Roles that may ask for <c>__schema</c> and <c>__type</c>; null for all roles, and in production for operators.
    /// </summary>
    public IReadOnlyList<Role>? IntrospectionRoles { get; init; }

    /// <summary>
    /// Where pages of others come from that may ask here, as <c>https://host</c>; null for pages of this process alone.
    /// </summary>
    [Origins]
    public IReadOnlyList<string>? AllowedOrigins { get; init; }
}

/// <summary>A list of origins, as browsers send them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OriginsAttribute : Attribute;
