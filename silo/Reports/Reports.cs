using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Reports;

/// <summary>Calls of one command or way of reading since the start, and how long they took lately.</summary>
/// <param name="Kind">The kind of grain.</param>
/// <param name="Command">The command, <c>read</c> or <c>history</c>.</param>
public sealed record CallReport(string Kind, string Command, long Count, long Refused, long Failed, Spread Ms);

/// <summary>Grains in memory of one kind.</summary>
public sealed record ActivationReport(string Kind, long Count);

/// <summary>What the grains of a process do.</summary>
public sealed record GrainReport(
    IReadOnlyList<ActivationReport> Activations, Spread ActivationMs, IReadOnlyList<CallReport> Turns)
{
    public static GrainReport Of(GrainServices services) => new(
        [.. services.Figures.Activations.Now.Select(kind => new ActivationReport(kind.Kind, kind.Count))],
        Spread.OfTimes(services.Figures.RecentRecalls), CallReports.Of(services.Figures.Turns));
}

/// <summary>How a process's writes become durable.</summary>
public sealed record WriteReport(
    string Store, long Waiting, long Durable, long Groups, long Failed, Spread GroupSize, Spread QueueMs,
    Spread FsyncMs)
{
    public static WriteReport Of(StoreFigures figures) => new(
        figures.Store, figures.Waiting, figures.Writes, figures.Groups, figures.Errors,
        Spread.OfSizes(figures.RecentGroupSizes), Spread.OfTimes(figures.RecentQueueTimes),
        Spread.OfTimes(figures.RecentSyncs));
}

/// <summary>How far a process's projections follow the log; positions are the store's.</summary>
public sealed record FeedReport(
    long Position, long LogPosition, DateTimeOffset? RecordedAt, double LagSeconds, bool IsRunning, int Watches)
{
    public static FeedReport Of(Platform platform)
    {
        var seen = platform.Caseloads.Clock.Now;
        return new FeedReport(
            seen.Position, platform.Store.LastPosition, seen.Position == 0 ? null : seen.RecordedAt,
            Math.Round(platform.Projections.Lag.TotalSeconds, 3), platform.Projections.Fault is null,
            platform.Signals.Watches);
    }
}

/// <summary>Figures of calls as reports have them.</summary>
public static class CallReports
{
    /// <summary>What a process has called, wherever the grains are.</summary>
    public static IReadOnlyList<CallReport> Of(Platform platform) => Of(platform.Calls);

    internal static IReadOnlyList<CallReport> Of(CallFigures figures) =>
    [
        .. figures.All.OrderBy(figure => figure.Kind, StringComparer.Ordinal)
            .ThenBy(figure => figure.Name, StringComparer.Ordinal)
            .Select(figure => new CallReport(
                figure.Kind, figure.Name, figure.Count, figure.Refused, figure.Failed,
                Spread.OfTimes(figure.Recent))),
    ];
}
