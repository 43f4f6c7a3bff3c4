using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Verification;

/// <summary>What a verification saw. Differences name grains and versions, never their content.</summary>
public sealed record VerificationReport(
    long Events, int Streams, int Municipalities, IReadOnlyList<string> Differences)
{
    /// <summary>Rows that an older version wrote without a seal: a byte of them may differ unseen.</summary>
    public long Unsealed { get; init; }
}

/// <summary>What a verification of the logs about clients saw.</summary>
/// <param name="Lines">Lines of both logs.</param>
/// <param name="Unchained">Lines of versions that had no chains.</param>
/// <param name="Heads">Heads that the logs were compared with.</param>
/// <param name="Differences">Logs, lines and writers, never content.</param>
public sealed record LogsReport(long Lines, long Unchained, int Heads, IReadOnlyList<string> Differences);

/// <summary>
/// Recomputes everything derived from the log and compares: every page of the file; every stream without gaps; every
/// row of every table (<see cref="TableVerification"/>); the state from snapshot and tail against a full replay; and
/// each caseload as the feed and the image of the projections have it against a fold in another order, client by
/// client.
/// </summary>
public static class LogVerification
{
    private const int BatchSize = 4096;

    /// <exception cref="StoreRefusal">The store cannot be opened, or is damaged.</exception>
    public static async Task<VerificationReport> Run(StoreAddress address, TimeProvider time)
    {
        var services = await Stores.OpenWithKey(address, time, alone: true, checkWhole: true);
        await using var store = services.Store;
        var live = new Caseloads(store);
        await using var feed = new FeedPump(store, live);
        var report = await Run(services, live, await FaultOf(feed.CatchUp));
        return report with { Differences = [.. report.Differences, .. await ImageFaults(address, services, live)] };
    }

    /// <summary>
    /// Looks for lines of the use log and the disclosure log that were changed, put in or taken away, and for an end
    /// that was cut off behind a head.
    /// </summary>
    /// <param name="address">The store.</param>
    /// <param name="heads">A file of exported heads; the one beside the keys when null.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StoreRefusal">The store cannot be opened.</exception>
    public static async Task<LogsReport> Logs(StoreAddress address, string? heads, TimeProvider time)
    {
        var (known, others) = LogHeads.Read(heads ?? Path.Combine(address.KeyFolder, LogHeads.FileName));
        var services = await Stores.OpenWithKey(address, time, alone: true);
        await using var store = services.Store;
        var tables = new TableVerification(services, [], known);
        var differences = others.Select(line => $"log-heads: line {line} is no head of a log")
            .Concat(await tables.RunLogs());
        return new LogsReport(tables.Lines, tables.Unchained, known.Count, [.. differences]);
    }

    /// <summary>Verifies what a process at rest has derived.</summary>
    /// <param name="services">What its grains stand on.</param>
    /// <param name="live">Its caseloads.</param>
    /// <param name="feedFault">Why they do not follow the log; null while they do.</param>
    internal static async Task<VerificationReport> Run(GrainServices services, Caseloads live, string? feedFault)
    {
        var differences = new List<string>();
        var (events, streams) = await Streams(services.Store, differences);
        var recomputed = new Caseloads(services.Store);
        foreach (var grain in streams.OrderBy(s => s.Kind == GrainKind.Municipality ? 0 : 1))
        {
            var refold = await FaultOf(() => Refold(services.Store, grain, recomputed));
            if ((await GrainKinds.Recheck(grain, services) ?? refold) is { } difference)
            {
                differences.Add(difference);
            }
        }
        if (feedFault is null)
        {
            Compare(live, recomputed, services.Clock().Today, differences);
        }
        else
        {
            differences.Add($"the projections cannot follow the log: {feedFault}");
        }
        var tables = new TableVerification(services, streams, []);
        differences.AddRange(await tables.Run());
        return new VerificationReport(events, streams.Count, live.Codes.Count, differences)
        {
            Unsealed = tables.Unsealed,
        };
    }

    /// <summary>What a start would take from the image must be what the log gives.</summary>
    private static async Task<IReadOnlyList<string>> ImageFaults(
        StoreAddress address, GrainServices services, Caseloads live)
    {
        var differences = new List<string>();
        if (!ProjectionImage.IsWhole(address.Folder))
        {
            return ["the image of the projections is damaged; a start will fold the log instead"];
        }
        var (directory, kept) = (new KnownGrains(), new Caseloads(services.Store));
        var images = new ImageWriter(address.Folder, directory, kept);
        if (await images.Restore(services.Store) is > 0 and var position)
        {
            await using var feed = new FeedPump(services.Store, kept);
            feed.GoOnAfter(position);
            if (await FaultOf(feed.CatchUp) is not null)
            {
                return []; // Reported already; what was folded by halves cannot be compared.
            }
            Compare(kept, live, services.Clock().Today, differences);
            differences.AddRange(live.Codes.Where(code =>
                CaseloadDigest.Of(kept.Edition.Of(code)) != CaseloadDigest.Of(live.Edition.Of(code))
                || $"{kept.Edition.StockOf(code)}" != $"{live.Edition.StockOf(code)}")
                .Select(code => $"municipality {code}: release"));
        }
        return [.. differences.Select(difference => $"the image of the projections: {difference}")];
    }

    private static async Task Refold(IEventStore store, GrainName grain, Caseloads recomputed)
    {
        var events = (await store.Load(grain, afterVersion: 0)).Events;
        PastEvent[] past = [.. events.Select(EventCodec.PastCoded)];
        if (grain.Kind == GrainKind.Client && past.Any(entry => entry.Happened is IRevisesHistory))
        {
            // The other way than the feed's: not corrected one after the other, but never counted.
            recomputed.Count(grain, History.Standing(past));
            return;
        }
        for (var i = 0; i < past.Length; i++)
        {
            await recomputed.Apply(events[i], past[i].Happened);
        }
    }

    /// <summary>What a step found damaged; null when it ran through.</summary>
    private static async Task<string?> FaultOf(Func<Task> step)
    {
        try
        {
            await step();
            return null;
        }
        catch (StoreFault fault)
        {
            return fault.Message;
        }
        catch (Exception fault)
        {
            return GrainFault.Words(fault); // What was read is no event that could have happened.
        }
    }

    private static async Task<(long Events, IReadOnlyCollection<GrainName> Streams)> Streams(
        IEventStore store, List<string> differences)
    {
        var streams = new HashSet<GrainName>();
        var (events, position) = (0L, 0L);
        var fault = await FaultOf(async () =>
        {
            while (await store.ReadFeed(position, BatchSize) is { Count: > 0 } batch)
            {
                streams.UnionWith(batch.Select(stored => stored.Grain));
                events += batch.Count;
                position = batch[^1].Position;
            }
        });
        if (fault is not null)
        {
            differences.Add($"events: {fault} The rows behind position {position} were not checked.");
        }
        return (events, streams);
    }

    internal static void Compare(Caseloads live, Caseloads recomputed, DateOnly today, List<string> differences)
    {
        if (!live.Codes.SequenceEqual(recomputed.Codes))
        {
            differences.Add("the list of municipalities");
        }
        recomputed.Outcomes.Settle();
        if (!live.Outcomes.Lines().Order(StringComparer.Ordinal)
            .SequenceEqual(recomputed.Outcomes.Lines().Order(StringComparer.Ordinal)))
        {
            differences.Add("the outcome statistics");
        }
        foreach (var code in live.Codes)
        {
            var now = live.Ask(code, caseload => CaseloadDigest.Of(caseload, today)) ?? [];
            var again = recomputed.Ask(code, caseload => CaseloadDigest.Of(caseload, today)) ?? [];
            differences.AddRange(now.Where(part => again.GetValueOrDefault(part.Key) != part.Value)
                .Select(part => $"municipality {code}: {part.Key}"));
        }
    }
}
