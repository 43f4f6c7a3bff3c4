using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Import;

/// <summary>
/// Reads a file and sends its lines by lanes, with a bounded number in memory. A fault of one line's sending ends the
/// import; what ended before is noted, and the same command goes on there.
/// </summary>
/// <param name="kind">What the lines are.</param>
/// <param name="file">Where they come from.</param>
/// <param name="tally">Counts how each line ends.</param>
/// <param name="skip">So many lines were taken by an earlier run.</param>
internal sealed class ImportRun(ImportKind kind, ImportFile file, ImportTally tally, long skip)
{
    /// <summary>Enough to fill the store's group commits.</summary>
    private const int Lanes = 512;

    /// <summary>A file in the order of clients has some lines of each together.</summary>
    private const int Depth = 64;

    private const int ShowEvery = 1_024;

    /// <summary>The day of the lines that give none; null for today.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Sends each line by itself.</summary>
    public Task OneByOne(
        Func<SourceLine, ValueTask<LineResult>> send, IProgress<double>? progress, CancellationToken stop) =>
        Run(Lanes, Depth, most: 1, async lines =>
        {
            foreach (var line in lines)
            {
                tally.End(line, await send(line));
            }
        }, progress, stop);

    /// <summary>Sends lines together, many of different subjects at once.</summary>
    public Task InBatches(
        int lanes, int most, Func<IReadOnlyList<SourceLine>, ValueTask<IReadOnlyList<LineResult>>> send,
        IProgress<double>? progress, CancellationToken stop) =>
        Run(lanes, depth: 1, most, async lines =>
        {
            var results = await send(lines);
            foreach (var (line, result) in lines.Zip(results))
            {
                tally.End(line, result);
            }
        }, progress, stop);

    private async Task Run(
        int lanes, int depth, int most, Func<SourceLine[], ValueTask> send, IProgress<double>? progress,
        CancellationToken stop)
    {
        progress?.Report(Shown(0));
        await using var running = new ImportLanes<SourceLine[]>(lanes, depth, send);
        var gathering = Enumerable.Range(0, lanes).Select(_ => new List<SourceLine>()).ToArray();
        try
        {
            await foreach (var read in file.Lines(kind, skip))
            {
                var line = Day is { } day && read.Line is { OccurredOn: null } undated
                    ? read with { Line = undated.On(day) }
                    : read;
                if (line.Line is not { } content)
                {
                    tally.End(line, LineResult.Refused(line.Problem!));
                    continue;
                }
                var lane = running.LaneOf(content.Subject() ?? "");
                gathering[lane].Add(line);
                if (gathering[lane].Count == most)
                {
                    await running.Add(lane, [.. gathering[lane]]);
                    gathering[lane].Clear();
                }
                if (line.Ordinal % ShowEvery == 0)
                {
                    progress?.Report(Shown(file.Position));
                    stop.ThrowIfCancellationRequested();
                }
            }
            for (var lane = 0; lane < lanes; lane++)
            {
                if (gathering[lane].Count > 0)
                {
                    await running.Add(lane, [.. gathering[lane]]);
                }
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // A lane failed; finishing says how.
        }
        finally
        {
            await running.Finish();
        }
        progress?.Report(Shown(file.Length));
    }

    private double Shown(long bytes) => (double)bytes / Math.Max(1, file.Length);
}
