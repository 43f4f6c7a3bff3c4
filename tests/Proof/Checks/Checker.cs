using OsstOrleans.Grains;
using OsstOrleans.Proof.Tests.Cluster;
using OsstOrleans.Proof.Tests.Schedules;
using OsstOrleans.Proof.Tests.Simulated;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Proof.Tests.Checks;

/// <summary>Judges a world that has come to rest: what callers saw, against what the log says.</summary>
internal static class Checker
{
    private const int Page = 1000;

    /// <summary>All of the log.</summary>
    public static async Task<List<StoredEvent>> LogOf(World world)
    {
        var log = new List<StoredEvent>();
        while (await world.Store.ReadFeed(log.Count > 0 ? log[^1].Position : 0, Page) is { Count: > 0 } page)
        {
            log.AddRange(page);
        }
        return log;
    }

    public static async Task<IReadOnlyList<string>> Judge(World world, List<StoredEvent> log)
    {
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
        select Breach.Of(
            Rule.FeedShowsAll,
            $"{node.Lane} was shown {node.Seen.Positions.Count} of {log.Count} events, or in another order");

    /// <summary>Every figure is what the log says, recomputed; on a file every row is checked, too, as by verify.
    /// </summary>
    private static async Task<IEnumerable<string>> Figures(World world)
    {
        var time = new SkewedTime(world.Schedule.Clock, default);
        var services = new GrainServices(world.Store, World.Key, time);
        var node = world.Nodes[0];
        if (world.Store is not MemoryStore)
        {
            return (await LogVerification.Run(services, node.Caseloads, node.Fault?.Message)).Differences
                .Select(what => Breach.Of(Rule.FiguresAreRight, what));
        }
        var (again, wrong) = (new Caseloads(world.Store), new List<string>());
        await using var feed = new FeedPump(world.Store, again);
        await feed.CatchUp();
        LogVerification.Compare(node.Caseloads, again, services.Clock().Today, wrong);
        return wrong.Select(what => Breach.Of(Rule.FiguresAreRight, what));
    }
}
