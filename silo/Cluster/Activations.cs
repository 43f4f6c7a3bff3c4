using Orleans.Configuration;

namespace OsstOrleans.Silo.Cluster;

/// <summary>
/// How many grains stay in memory: those that were called lately, as long as the process has room. What bounds them is
/// memory and no count, because a client of ten years is not as small as one of ten days.
/// </summary>
internal static class Activations
{
    public static void Configure(GrainCollectionOptions collection)
    {
        collection.CollectionAge = TimeSpan.FromMinutes(15);
        collection.EnableActivationSheddingOnMemoryPressure = true;
        // Of what the process may have: its container's limit, or the machine's memory. Those due soonest go first,
        // which is about the order in which they came. A second brings ten thousand new ones at most, so it is looked
        // at twice a second.
        collection.MemoryUsageLimitPercentage = 75;
        collection.MemoryUsageTargetPercentage = 60;
        collection.MemoryUsagePollingPeriod = TimeSpan.FromMilliseconds(500);
    }
}
