using Microsoft.Extensions.Logging;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Verification;

/// <summary>
/// Ends lines of the use log and the disclosure log twelve years after the event (703/2023, 552/2019 19 §), at a start
/// and once a day, and with them by which identifier an erased client is found in them. What is left of their chains is
/// an anchor (docs/decisions/0042).
/// </summary>
internal sealed partial class LogEnds : IAsyncDisposable
{
    /// <summary>How long lines are kept.</summary>
    public const int Years = 12;

    private const int AtOnce = 1_000;

    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    /// <summary>How much later than the newest event a clock may be that lines end by.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromDays(31);

    private readonly ILogEnds _store;
    private readonly IEventStore _events;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private bool _isDisposed;

    public LogEnds(ILogEnds store, IEventStore events, TimeProvider time, ILogger log)
    {
        (_store, _events, _time, _log) = (store, events, time, log);
        _timer = time.CreateTimer(_ => Begin(), null, TimeSpan.Zero, Every);
    }

    /// <summary>Ends all that is to end; stops between two groups.</summary>
    public static async Task<long> Run(ILogEnds store, DateTimeOffset now, CancellationToken stopped)
    {
        var ended = 0L;
        foreach (var log in LogChain.Logs)
        {
            while (!stopped.IsCancellationRequested
                && await store.EndLines(log, now.AddYears(-Years), AtOnce) is > 0 and var some)
            {
                ended += some;
            }
        }
        return ended;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }
        await _timer.DisposeAsync();
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private void Begin()
    {
        if (_running.IsCompleted)
        {
            _running = Background.Run(RunOnce, on: null);
        }
    }

    private async Task RunOnce()
    {
        try
        {
            var now = await Now();
            if (await Run(_store, now, _stop.Token) is > 0 and var ended)
            {
                Ended(_log, ended, Years);
            }
            await (_events is INotes notes ? LogLookUps.End(notes, now.AddYears(-Years), _stop.Token) : default);
        }
        catch (Exception fault)
        {
            Failed(_log, fault.GetType().Name); // The next day's run begins where this one stopped.
        }
    }

    /// <summary>
    /// The clock, as far as the log bears it out: one that is years ahead would end lines that must be kept, for good.
    /// </summary>
    private async ValueTask<DateTimeOffset> Now()
    {
        var now = _time.GetUtcNow();
        return await _events.ReadFeed(Math.Max(0, _events.LastPosition - 1), 1) is [var newest]
            && newest.RecordedAt + Believed < now ? newest.RecordedAt + Believed : now;
    }

    [LoggerMessage(LogLevel.Information, "{Lines} lines of the logs about clients ended after {Years} years.")]
    private static partial void Ended(ILogger log, long lines, int years);

    [LoggerMessage(LogLevel.Warning, "Old lines of the logs about clients could not be ended: {Fault}.")]
    private static partial void Failed(ILogger log, string fault);
}
