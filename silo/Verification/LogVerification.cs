using OsstOrleans.Grains;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Hosting;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Verification;

/// <summary>What a verification saw. Differences name grains and versions, never their content.</summary>
public sealed record VerificationReport(
    long Events, int Streams, int Municipalities, IReadOnlyList<string> Differences);

/// <summary>
/// Recomputes everything derived from the log and compares: every stream without gaps; the state from snapshot and tail
/// against a full replay; and each caseload as the feed folded it against a fold in another order, client by client.
/// </summary>
public static class LogVerification
{
    private const int BatchSize = 4096;

    /// <exception cref="StoreRefusal">The folder cannot be opened.</exception>
    public static async Task<VerificationReport> Run(string folder, TimeProvider time)
    {
        await using var silo = EmbeddedSilo.Open(folder, time);
        return Run(silo);
    }

    /// <summary>Verifies a silo at rest.</summary>
    public static VerificationReport Run(EmbeddedSilo silo)
    {
        var differences = new List<string>();
        var (events, streams) = Streams(silo.Store);
        var recomputed = new Caseloads(silo.Store);
        foreach (var grain in streams.OrderBy(s => s.Kind == GrainKind.Municipality ? 0 : 1))
        {
            foreach (var stored in silo.Store.Load(grain, afterVersion: 0).Events)
            {
                recomputed.Apply(stored, EventCodec.DecodeCoded(stored));
            }
            if (GrainKinds.Recheck(grain, silo.Services) is { } difference)
            {
                differences.Add(difference);
            }
        }
        Compare(silo.Caseloads, recomputed, silo.Services.Clock().Today, differences);
        return new VerificationReport(events, streams.Count, silo.Caseloads.Codes.Count, differences);
    }

    private static (long Events, IReadOnlyCollection<GrainId> Streams) Streams(IEventStore store)
    {
        var streams = new HashSet<GrainId>();
        var (events, position) = (0L, 0L);
        while (store.ReadFeed(position, BatchSize) is { Count: > 0 } batch)
        {
            streams.UnionWith(batch.Select(stored => stored.Grain));
            events += batch.Count;
            position = batch[^1].Position;
        }
        return (events, streams);
    }

    private static void Compare(Caseloads live, Caseloads recomputed, DateOnly today, List<string> differences)
    {
        if (!live.Codes.SequenceEqual(recomputed.Codes))
        {
            differences.Add("the list of municipalities");
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
