using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Verification;

/// <summary>An evaluation computed anew.</summary>
/// <param name="Position">The last event read.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="ErasedSince">Clients erased after it.</param>
/// <param name="Coverage">What of registers was complete then.</param>
/// <param name="Result">The estimates, from exact sums.</param>
public sealed record EvaluatedLog(
    long Position, DateTimeOffset RecordedAt, int ErasedSince,
    IReadOnlyList<(string Code, IReadOnlyList<CoveredMonths> Months)> Coverage, EvaluationResult Result);

/// <summary>Folds the log up to a position, without any image or snapshot, and evaluates what it gives.</summary>
public static class LogEvaluation
{
    private const int BatchSize = 4096;

    /// <exception cref="StoreRefusal">The store cannot be opened.</exception>
    public static async Task<EvaluatedLog> Run(
        StoreAddress address, TimeProvider time, EvaluationQuestion question, IReadOnlyList<string> municipalities,
        long? upTo, CancellationToken stop)
    {
        var services = await Stores.OpenWithKey(address, time, alone: true);
        await using var store = services.Store;
        var caseloads = new Caseloads(store);
        var (read, position, erased) = (0L, 0L, 0);
        var recordedAt = DateTimeOffset.UnixEpoch;
        while (await store.ReadFeed(read, BatchSize) is { Count: > 0 } batch)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var stored in batch)
            {
                var happened = EventCodec.DecodeCoded(stored);
                if (stored.Position > upTo)
                {
                    erased += happened is ClientErased ? 1 : 0;
                    continue;
                }
                await caseloads.Apply(stored, happened);
                (position, recordedAt) = (stored.Position, stored.RecordedAt);
            }
            read = batch[^1].Position;
        }
        if (upTo > read)
        {
            throw new StoreRefusal($"The log ends at position {read}.");
        }
        caseloads.CaughtUpTo(position, recordedAt);
        var evaluations = new Evaluations(caseloads, new Figures(caseloads));
        var codes = municipalities.Count == 0 ? null : municipalities;
        return new EvaluatedLog(
            position, recordedAt, erased, [.. evaluations.Coverage(codes)], evaluations.Exactly(question, codes));
    }
}
