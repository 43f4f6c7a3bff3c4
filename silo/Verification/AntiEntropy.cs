using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Verification;

/// <summary>What the checks of live caseloads have found; no content, only which part of which municipality.</summary>
/// <param name="Checks">Since the start.</param>
/// <param name="CheckedAt">When the last one ended; null before the first.</param>
/// <param name="Position">Up to where its log went.</param>
/// <param name="Municipality">Whose turn it was; null before the first.</param>
/// <param name="Municipalities">How many have a caseload.</param>
/// <param name="Round">How many of them have been checked in this round.</param>
/// <param name="Seconds">How long the last one took.</param>
/// <param name="Differences">Empty while all is well. A difference stays until a check finds it gone.</param>
public sealed record AntiEntropyReport(
    long Checks, DateTimeOffset? CheckedAt, long Position, string? Municipality, int Municipalities, int Round,
    double Seconds, IReadOnlyList<string> Differences);

/// <summary>
/// Recomputes one caseload after the other from the log, and with each one book of the outcome statistics, and
/// compares them with the live ones (I3), in the background. The log is read from its beginning for each, so a check
/// pauses after every page for as long as that page took forty times: reading a log of any length costs a fortieth of
/// one core and no memory but one caseload's and one book's.
/// </summary>
public sealed class AntiEntropy : IAsyncDisposable
{
    private const int PauseTimes = 40;

    private readonly CancellationTokenSource _ended = new();
    private readonly GrainServices _services;
    private readonly Caseloads _live;
    private readonly FeedPump _pump;
    private readonly SortedDictionary<string, string[]> _differences = new(StringComparer.Ordinal);
    private Task _running = Task.CompletedTask;
    private string _last = "";
    private int _round;
    private int _book;

    internal AntiEntropy(GrainServices services, Caseloads live, FeedPump pump)
    {
        (_services, _live, _pump) = (services, live, pump);
        Report = new AntiEntropyReport(0, null, 0, null, 0, 0, 0, []);
    }

    public AntiEntropyReport Report { get; private set; }

    /// <summary>Checks one municipality after each pause, for as long as the process runs.</summary>
    public void Start(TimeSpan every) => _running = Task.Run(() => Follow(every));

    /// <summary>Checks the next municipality now.</summary>
    /// <param name="pauses">Leaves the machine to others most of the time.</param>
    /// <param name="stop">Ends it without a result.</param>
    internal async Task CheckNext(bool pauses, CancellationToken stop)
    {
        var (position, copy, municipalities) = await _pump.BetweenBatches(Take).WaitAsync(stop);
        if (copy is null)
        {
            return;
        }
        var began = Ticks.Now;
        var book = new BookCheck(_book, copy.Outcomes);
        var recomputed = await Recompute(copy.Code, book, position, pauses, stop);
        Note(BookCheck.Subject(_book), book.IsEqual() ? [] : ["sums"]);
        _book = (_book + 1) % OutcomeBooks.Count;
        var today = _services.Clock().Today;
        var now = CaseloadDigest.Of(copy.Open(), today);
        var again = recomputed.Ask(caseload => CaseloadDigest.Of(caseload, today)) ?? [];
        string[] release =
            CaseloadDigest.Of(copy.Released) == CaseloadDigest.Of(recomputed.Released) ? [] : ["release"];
        Note($"municipality {copy.Code}",
        [
            .. now.Where(part => again.GetValueOrDefault(part.Key) != part.Value).Select(part => part.Key), .. release,
        ]);
        Report = new AntiEntropyReport(
            Report.Checks + 1, _services.Time.GetUtcNow(), position, copy.Code, municipalities, _round,
            Math.Round(TimeSpan.FromTicks(Ticks.Now - began).TotalSeconds, 3),
            [.. _differences.SelectMany(d => d.Value.Select(part => $"{d.Key}: {part}"))]);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _running;
    }

    private async Task Follow(TimeSpan every)
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(every, _services.Time, _ended.Token);
                await CheckNext(pauses: true, _ended.Token);
            }
            catch (Exception fault) when (fault is OperationCanceledException or StoreFault or LimitReached)
            {
                // It has ended; or the store cannot be read now, which health reports: the next check tries again.
            }
            catch (Exception fault)
            {
                // An event that could not have happened. The others are checked all the same.
                Note(_last, [$"cannot be recomputed ({fault.GetType().Name})"]);
            }
        }
    }

    /// <summary>The next municipality in order, and the first after the last; runs while nothing is applied.</summary>
    private (long Position, CaseloadCopy? Copy, int Municipalities) Take(long position)
    {
        var all = _live.All.OrderBy(caseload => caseload.Code, StringComparer.Ordinal).ToArray();
        var next = all.FirstOrDefault(caseload => string.CompareOrdinal(caseload.Code, _last) > 0);
        _round = next is null ? 1 : _round + 1;
        next ??= all.FirstOrDefault();
        _last = next?.Code ?? "";
        return (position, next is null ? null : new CaseloadCopy(
            next, _live.Edition.Of(next.Code), _live.Outcomes.CopyOf(_book)),
            all.Length);
    }

    private async Task<CaseloadReplay> Recompute(
        string code, BookCheck book, long upTo, bool pauses, CancellationToken stop)
    {
        var recomputed = new CaseloadReplay(_services.Store, [code], _services.Time, book);
        for (var began = Ticks.Now; recomputed.Position < upTo && await recomputed.ReadPage(upTo); began = Ticks.Now)
        {
            stop.ThrowIfCancellationRequested();
            if (pauses)
            {
                await Task.Delay(TimeSpan.FromTicks(PauseTimes * (Ticks.Now - began)), stop);
            }
        }
        return recomputed;
    }

    private void Note(string subject, string[] parts)
    {
        _differences.Remove(subject);
        if (parts.Length > 0)
        {
            _differences[subject] = parts;
        }
        Instruments.AntiEntropyChecks.Add(1, KeyValuePair.Create<string, object?>(
            Tags.Outcome, parts.Length == 0 ? "equal" : "different"));
    }
}
