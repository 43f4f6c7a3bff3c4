namespace OsstOrleans.Silo.Cluster;

/// <summary>
/// How long a process that is asked to stop takes at most. What starts it gives it this time before it kills it
/// (<c>deploy/</c>).
/// </summary>
public static class StopTime
{
    /// <summary>The longest that it may be set to serve on, not ready, until load balancers have heard it.</summary>
    public const int MostDrainSeconds = 15;

    /// <summary>Requests under way end, which takes 30 s at most as they are set, and grains are handed on.</summary>
    public const int LeaveSeconds = 35;

    /// <summary>What is queued becomes durable, as long as a store's patience lasts.</summary>
    public const int CloseSeconds = 10;

    /// <summary>All of it.</summary>
    public const int TotalSeconds = MostDrainSeconds + LeaveSeconds + CloseSeconds;
}
