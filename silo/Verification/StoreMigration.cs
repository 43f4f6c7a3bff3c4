using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Verification;

/// <summary>What a migration copied and found equal.</summary>
public sealed record MigrationReport(
    long Events, int Streams, long Outcomes, long Keys, long AccessLines, int Municipalities);

/// <summary>
/// Moves a log from a file to PostgreSQL: copies every row, then reads both sides again and compares each stream's hash
/// and each caseload's figures. Cut off anywhere, the next run goes on; until all is equal the copy cannot be opened.
/// </summary>
public static class StoreMigration
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    /// <param name="from">The folder; its file stays as it is.</param>
    /// <param name="postgres">An empty database, or the one of a migration that was cut off.</param>
    /// <param name="time">For the day on which figures are compared.</param>
    /// <param name="progress">Gets the share that is done, after each page of events.</param>
    /// <param name="stop">Stops between two pages; run again to go on.</param>
    /// <exception cref="StoreRefusal">One of the stores cannot be used, or they differ; says why.</exception>
    public static async Task<MigrationReport> ToPostgres(
        StoreAddress from, string postgres, TimeProvider time, IProgress<double>? progress = null,
        CancellationToken stop = default)
    {
        await Stores.MustExist(from);
        var municipalities = 0;
        var copied = await Stores.Copy(from.Folder, postgres, CompareFigures, progress, stop);
        return new MigrationReport(
            copied.Events, copied.Streams, copied.Outcomes, copied.Keys, copied.AccessLines, municipalities);

        async Task CompareFigures(IEventStore original, IEventStore copy)
        {
            var (one, other) = (await Fold(original, stop), await Fold(copy, stop));
            var differences = new List<string>();
            LogVerification.Compare(one, other, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), differences);
            municipalities = one.Codes.Count;
            if (differences.Count > 0)
            {
                throw new StoreRefusal($"The copy gives other figures than the original: {differences[0]}.");
            }
        }
    }

    /// <summary>Another program's transaction on the server may hide the newest events for a while.</summary>
    private static async Task<Caseloads> Fold(IEventStore store, CancellationToken stop)
    {
        var caseloads = new Caseloads(store);
        await using var feed = new FeedPump(store, caseloads);
        await feed.CatchUp();
        while (caseloads.Clock.Now.Position < store.LastPosition)
        {
            await Task.Delay(LookAgain, stop);
            await feed.CatchUp();
        }
        return caseloads;
    }
}
