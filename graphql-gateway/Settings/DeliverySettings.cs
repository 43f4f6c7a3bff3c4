using System.ComponentModel.DataAnnotations;
using OsstOrleans.Silo.Deliveries;

namespace OsstOrleans.Gateway.Settings;

/// <summary>How patient deliveries to receivers are.</summary>
internal sealed record DeliverySettings
{
    /// <summary>After so many attempts an event that the receiver refuses becomes a dead letter.</summary>
    [Range(1, 1_000)]
    public int MaxAttempts { get; init; } = 15;

    /// <summary>Before the second attempt; doubled with each.</summary>
    [Range(0.01, 3_600)]
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>No pause between attempts is longer.</summary>
    [Range(0.01, 86_400)]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>So long a receiver may be away without losing an event, in seconds.</summary>
    [Range(0, 31_536_000)]
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromDays(7);

    /// <summary>What one attempt may take.</summary>
    [Range(0.1, 300)]
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often other processes' notes are looked for.</summary>
    [Range(0.05, 60)]
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(2);

    public DeliveryPatience ToPatience() => new(MaxAttempts, FirstPause, LongestPause, LookEvery, LongestWait);
}
