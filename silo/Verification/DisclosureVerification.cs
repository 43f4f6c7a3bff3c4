using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Verification;

/// <summary>What a check of the releases saw.</summary>
/// <param name="Events">Events of the log.</param>
/// <param name="Editions">Editions that outsiders could see, one after the other.</param>
/// <param name="Parts">Municipalities' parts of them, each counted when it was made anew.</param>
/// <param name="Faults">Figures of which more can be computed than is shown; municipality, metric and cell.</param>
public sealed record DisclosureReport(long Events, int Editions, int Parts, IReadOnlyList<string> Faults);

/// <summary>
/// Makes every edition of a log again, and looks at them as an outsider would who has kept them all: the figures of the
/// last one by an exact search for people who would give them too, and each figure over time.
/// </summary>
public static class DisclosureVerification
{
    private const int BatchSize = 4096;

    /// <exception cref="StoreRefusal">The store cannot be opened.</exception>
    public static async Task<DisclosureReport> Run(StoreAddress address, TimeProvider time)
    {
        var services = await Stores.OpenWithKey(address, time, alone: true);
        await using var store = services.Store;
        var caseloads = new Caseloads(store);
        var (events, position, editions, parts) = (0L, 0L, 0, 0);
        var (faults, seen) = (new List<string>(), caseloads.Edition);
        while (await store.ReadFeed(position, BatchSize) is { Count: > 0 } batch)
        {
            foreach (var stored in batch)
            {
                await caseloads.Apply(stored, EventCodec.DecodeCoded(stored));
                if (caseloads.Edition != seen)
                {
                    parts += Compare(seen, caseloads.Edition, faults);
                    (seen, editions) = (caseloads.Edition, editions + 1);
                }
            }
            (events, position) = (events + batch.Count, batch[^1].Position);
        }
        faults.AddRange(seen.Parts.OrderBy(part => part.Key, StringComparer.Ordinal).SelectMany(part =>
            new PossiblePeople(part.Value).Faults()
                .Select(fault => $"municipality {part.Key}: {fault}")));
        return new DisclosureReport(events, editions, parts, faults);
    }

    private static int Compare(Edition before, Edition after, List<string> faults)
    {
        var changed = after.Parts.Where(part => before.Of(part.Key) != part.Value).ToList();
        foreach (var (code, part) in changed)
        {
            var older = before.Of(code);
            foreach (var metric in LiveMetrics.All)
            {
                var steps = older.ShownOf(metric)
                    .Join(
                        part.ShownOf(metric), was => was.Cell, now => now.Cell,
                        (was, now) => Math.Abs(was.Shown - now.Shown))
                    .Where(step => step is > 0 and < SmallCells.DefaultK);
                faults.AddRange(steps.Select(_ =>
                    $"municipality {code}: {metric.Name.Field} changed by too little at {after.AsOf.Position}"));
            }
        }
        return changed.Count;
    }
}
