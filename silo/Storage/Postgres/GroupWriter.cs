using System.Threading.Channels;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>
/// The writer of a process. Groups go to the server on several lanes, so that it works on one while another becomes
/// durable, and meanwhile the next one gathers. A stream is under way on one lane at a time.
/// </summary>
internal sealed class GroupWriter : IAsyncDisposable
{
    private const int MostWaiting = 100_000;
    private const string Closing = "The store is closing; nothing of this request was stored.";

    private readonly WriterLane[] _lanes;
    private readonly WriterHealth _health;
    private readonly StoreFigures _figures;
    private readonly Channel<PendingWrite> _waiting = Channel.CreateUnbounded<PendingWrite>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly Channel<WriterLane> _free = Channel.CreateUnbounded<WriterLane>();
    private readonly PeriodicTimer _trials = new(TimeSpan.FromSeconds(1));
    private readonly Task _running;
    private readonly Task _trying;
    private PendingWrite? _next;
    private int _waitingCount;

    /// <param name="lanes">One for each group that can be under way at a time.</param>
    /// <param name="health">What the lanes found out about the server.</param>
    /// <param name="figures">Where what waits is counted.</param>
    public GroupWriter(WriterLane[] lanes, WriterHealth health, StoreFigures figures)
    {
        (_lanes, _health, _figures) = (lanes, health, figures);
        Array.ForEach(lanes, Free);
        _running = Task.Run(Run);
        _trying = TryWriting();
    }

    /// <summary>Where the lanes' chains of the use log stand.</summary>
    public IEnumerable<ChainHead> LogHeads => _lanes.SelectMany(lane => lane.LogHeads);

    /// <summary>Queues a write for the next group; throws when the store is broken, closing or overloaded.</summary>
    public void Enqueue(PendingWrite write)
    {
        if (_health.Broken is { } fault)
        {
            throw fault;
        }
        if (Interlocked.Increment(ref _waitingCount) > MostWaiting)
        {
            Interlocked.Decrement(ref _waitingCount);
            throw LimitCounts.Reached(
                LimitCodes.StoreBusy, "Too many writes are waiting for the database; try again.");
        }
        write.Watch = _figures.Begin();
        if (!_waiting.Writer.TryWrite(write))
        {
            _figures.Failed(1);
            throw new StoreFault(Closing);
        }
    }

    /// <summary>Stores or refuses everything queued.</summary>
    public async ValueTask DisposeAsync()
    {
        _trials.Dispose();
        _waiting.Writer.TryComplete();
        await _running;
        await _trying;
        foreach (var lane in _lanes)
        {
            await lane.DisposeAsync();
        }
    }

    private async Task Run()
    {
        while (_next is not null || await _waiting.Reader.WaitToReadAsync())
        {
            var lane = await _free.Reader.ReadAsync();
            var group = TakeGroup();
            while (group.Count == 0)
            {
                // The next write's stream is under way on another lane.
                var done = await _free.Reader.ReadAsync();
                Free(lane);
                (lane, group) = (done, TakeGroup());
            }
            _ = Store(lane, group);
        }
        foreach (var _ in _lanes)
        {
            await _free.Reader.ReadAsync();
        }
    }

    /// <summary>
    /// A process that cannot write is sent nothing to write: it has to find out by itself when it can again.
    /// </summary>
    private async Task TryWriting()
    {
        while (await _trials.WaitForNextTickAsync())
        {
            if (_health.IsAway || _health.IsRefusing)
            {
                try
                {
                    var trial = new PendingBarrier { IsTrial = _health.IsRefusing };
                    Enqueue(trial);
                    await trial.Answer;
                }
                catch (Exception fault) when (fault is StoreFault or LimitReached)
                {
                    // Not yet: the lane has noted it.
                }
            }
        }
    }

    /// <summary>Never fails: the writes are answered with whatever happens.</summary>
    private async Task Store(WriterLane lane, WriteGroup group)
    {
        await lane.Store(group);
        Free(lane);
    }

    private void Free(WriterLane lane) => _free.Writer.TryWrite(lane);

    private WriteGroup TakeGroup()
    {
        var group = new WriteGroup();
        while ((_next ?? Dequeue()) is { } write)
        {
            _next = null;
            if (IsUnderWay(write) || !group.TryAdd(write))
            {
                _next = write;
                break;
            }
        }
        return group;
    }

    private bool IsUnderWay(PendingWrite write)
    {
        foreach (var lane in _lanes)
        {
            if (lane.UnderWay is { } group && group.IsAheadOf(write))
            {
                return true;
            }
        }
        return false;
    }

    private PendingWrite? Dequeue()
    {
        if (!_waiting.Reader.TryRead(out var write))
        {
            return null;
        }
        Interlocked.Decrement(ref _waitingCount);
        return write;
    }
}
