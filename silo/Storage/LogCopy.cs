using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Storage;

/// <summary>How much a copy holds.</summary>
internal sealed record CopyReport(long Events, int Streams, long Outcomes, long Keys, long AccessLines);

/// <summary>
/// Copies a store's rows into another one and compares them afterwards. Cut off anywhere, it goes on where it stopped.
/// </summary>
internal sealed class LogCopy(IStoredTables source, ICopyTarget target)
{
    /// <param name="last">The last position of the source.</param>
    /// <param name="progress">Told after each page of events.</param>
    /// <param name="stop">Stops between two pages.</param>
    /// <exception cref="StoreRefusal">The target holds a part of another log.</exception>
    public async Task Run(long last, IProgress<double>? progress, CancellationToken stop)
    {
        await DemandSameLog();
        await foreach (var page in source.EventPages(after: target.LastPosition is > 0 and var at ? at : null))
        {
            stop.ThrowIfCancellationRequested();
            await target.Add(page);
            progress?.Report((double)page[^1].Position / last);
        }
        await foreach (var page in source.OutcomePages())
        {
            stop.ThrowIfCancellationRequested();
            await target.Add(page);
        }
        await foreach (var page in source.KeyPages())
        {
            await target.Add(page);
        }
        await foreach (var page in source.ConsentPages())
        {
            await target.Add(page);
        }
        await foreach (var page in source.AccessPages())
        {
            stop.ThrowIfCancellationRequested();
            await target.Add(page);
        }
        await foreach (var page in source.DisclosurePages())
        {
            stop.ThrowIfCancellationRequested();
            await target.Add(page);
        }
        await foreach (var page in source.MovingNotePages())
        {
            await target.Add(page);
        }
        if (await source.KeyMark() is { } mark)
        {
            await target.AddKeyMark(mark);
        }
    }

    /// <summary>Reads both sides again: what they hold must be the same to the byte, stream by stream.</summary>
    /// <exception cref="StoreRefusal">It is not; says which table.</exception>
    public async Task<CopyReport> Compare()
    {
        var (original, copy) = (await TableHashes.Of(source), await TableHashes.Of(target));
        var difference = original.FirstDifference(copy);
        return difference is null
            ? original.Report
            : throw new StoreRefusal($"The copy's {difference} differ from the original's; the copy must not be used.");
    }

    private async Task DemandSameLog()
    {
        if (target.LastPosition is var at and > 0
            && !((await source.Events(at - 1, 1)) is [var original] && (await target.Events(at - 1, 1)) is [var copied]
                && (original.Position, original.CommandId) == (copied.Position, copied.CommandId)))
        {
            throw new StoreRefusal("The database holds an unfinished copy of another log; it was left untouched.");
        }
    }
}
