using System.ComponentModel.DataAnnotations;

namespace OsstOrleans.Gateway.Settings;

/// <summary>What an answer that goes on may cost.</summary>
internal sealed record StreamLimits
{
    /// <summary>A new socket says who it is within this time, or is closed.</summary>
    [Range(0.1, 60)]
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A silent stream shows this often that it lives; proxies cut what is silent for a minute.</summary>
    [Range(0.05, 300)]
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A reader that takes nothing for this long is cut off.</summary>
    [Range(0.1, 300)]
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a socket that is to close may take to agree, and running operations to end.</summary>
    [Range(0.1, 60)]
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Operations under way on one socket.</summary>
    [Range(1, 100_000)]
    public int MaxOperationsPerSocket { get; init; } = 100;
}
