using OsstOrleans.Grains;
using OsstOrleans.Proof.Tests.Cluster;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Proof.Tests.Checks;

/// <summary>Judges a world that has come to rest: what callers saw, against what the log says.</summary>
internal static class Checker
{
    private const int Page = 1000;

    public static async Task<IReadOnlyList<string>> Judge(World world, long after = 0)
    {
        var log = new List<StoredEvent>();
        while (await world.Store.ReadFeed(log.Count > 0 ? log[^1].Position : after, Page) is { Count: > 0 } page)
        {
            log.AddRange(page);
        }
        var replays = new Replays(world, log);
        return
        [
            .. world.History.Wrong, .. new StreamChecks(world, replays).Judge(),
            .. new AcrossChecks(world, replays).Judge(), .. Feeds(world, log), .. await Figures(world),
        ];
    }

    /// <summary>Every process's feed shows all of the log once, in its order.</summary>
    private static IEnumerable<string> Feeds(World world, List<StoredEvent> log) =>
        from node in world.Nodes
        where !node.Seen.Positions.SequenceEqual(log.Select(stored => stored.Position))
        select $"the feed of {node.Lane} showed {node.Seen.Positions.Count} of {log.Count} events, or in another order";

    /// <summary>Every figure is what the log says, recomputed stream by stream as <c>osst verify</c> does.</summary>
    private static async Task<IEnumerable<string>> Figures(World world)
    {
        var services = new GrainServices(world.Store, world.MasterKey, new Schedules.SkewedTime(world.Schedule.Clock, default));
        var wrong = new List<string>();
        foreach (var node in world.Nodes.Take(1))
        {
            wrong.AddRange((await LogVerification.Run(services, node.Caseloads, node.Fault?.Message)).Differences);
        }
        return wrong;
    }
}
