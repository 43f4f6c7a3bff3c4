using System.Collections.Concurrent;
using System.Threading.Channels;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Feeds;

/// <summary>A projection of the log: takes every event once, in commit order, one after the other.</summary>
internal interface IFeedReader
{
    /// <summary>
    /// Takes an event. One that reads the store for it stands first among the readers, and has taken nothing of the
    /// event when the store fails: the event is then handed to it once more.
    /// </summary>
    /// <param name="happened">The coded part of the event; null when this version does not know its name.</param>
    ValueTask Apply(in StoredEvent stored, IEvent? happened);

    /// <summary>Everything up to a position has been applied.</summary>
    void CaughtUpTo(long position, DateTimeOffset recordedAt);
}

/// <summary>
/// Reads the log in commit order and hands each event to every projection. Commits only wake it; what it applies it has
/// read from the store, so a restart, a crash and a quiet day all take the same way.
/// </summary>
internal sealed class FeedPump : IAsyncDisposable
{
    private const int BatchSize = 4096;

    private readonly IEventStore _store;
    private readonly IReadOnlyList<IFeedReader> _readers;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly ConcurrentQueue<Action> _visits = new();

    /// <summary>So often it looks also when nothing wakes it, so that it is known that there is nothing.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private Task _running = Task.CompletedTask;
    private Timer? _looks;
    private long _position;
    private long _behindSince;
    private long _sureAt;

    /// <param name="store">Whose log it is.</param>
    /// <param name="readers">Who is handed each event, in this order.</param>
    public FeedPump(IEventStore store, params IReadOnlyList<IFeedReader> readers)
    {
        (_store, _readers) = (store, readers);
    }

    /// <summary>Why the projections do not follow the log, or for now cannot; null while they do.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>How long the projections have not seen all of the log; zero when they have.</summary>
    public TimeSpan Lag => Interlocked.Read(ref _behindSince) is > 0 and var since
        ? TimeSpan.FromTicks(Math.Max(0, Ticks.Now - since))
        : TimeSpan.Zero;

    /// <summary>How long ago the projections had seen, for certain, all of the log as it was then.</summary>
    public TimeSpan Age => TimeSpan.FromTicks(Math.Max(0, Ticks.Now - Interlocked.Read(ref _sureAt)));

    /// <summary>The readers have seen the log up to a position already. Call before anything else.</summary>
    public void GoOnAfter(long position) => _position = position;

    /// <summary>Applies everything that is in the log now. Call before <see cref="Start"/>.</summary>
    public async Task CatchUp()
    {
        while (await ApplyBatch())
        {
        }
        Interlocked.Exchange(ref _behindSince, 0);
    }

    /// <summary>Follows the log until disposed.</summary>
    /// <param name="on">Where; the process's pool when null.</param>
    public void Start(TaskScheduler? on = null)
    {
        _store.Committed += Wake;
        _running = Background.Run(Follow, on);
        using (ExecutionContext.SuppressFlow())
        {
            // In an order of its own a proof says itself when something is looked for.
            _looks = on is null ? new Timer(_ => _wake.Writer.TryWrite(true), null, LookEvery, LookEvery) : null;
        }
        Wake(0);
    }

    /// <summary>Looks at the projections while nothing is applied, and at the position up to which they are.</summary>
    internal Task<TAnswer> BetweenBatches<TAnswer>(Func<long, TAnswer> look)
    {
        var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _visits.Enqueue(() =>
        {
            try
            {
                answer.SetResult(look(_position));
            }
            catch (Exception fault)
            {
                answer.SetException(fault); // The visitor's, and not the feed's.
            }
        });
        _wake.Writer.TryWrite(true);
        return answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _store.Committed -= Wake;
        await (_looks?.DisposeAsync() ?? ValueTask.CompletedTask);
        _wake.Writer.TryComplete();
        await _running;
    }

    private void Wake(long position)
    {
        if (Interlocked.Read(ref _behindSince) == 0)
        {
            Interlocked.CompareExchange(ref _behindSince, Ticks.Now, 0);
        }
        _wake.Writer.TryWrite(true);
    }

    private async Task Follow()
    {
        try
        {
            while (await _wake.Reader.WaitToReadAsync())
            {
                _wake.Reader.TryRead(out _);
                await CatchUpUnlessAway();
            }
        }
        catch (Exception fault)
        {
            Fault = fault;
        }
    }

    /// <summary>While the store's server is away nothing is lost: the next signal goes on at the same place.</summary>
    private async Task CatchUpUnlessAway()
    {
        try
        {
            await CatchUp();
            Fault = null;
        }
        catch (StoreFault fault) when (fault.IsPassing)
        {
            Fault = fault;
        }
    }

    private async ValueTask<bool> ApplyBatch()
    {
        while (_visits.TryDequeue(out var visit))
        {
            visit();
        }
        var (asked, known) = (Ticks.Now, _store.LastPosition);
        var batch = await _store.ReadFeed(_position, BatchSize);
        if (batch.Count == 0)
        {
            SawAll(known, asked);
            return false;
        }
        foreach (var stored in batch)
        {
            var happened = EventCodec.DecodeCoded(stored);
            foreach (var reader in _readers)
            {
                await reader.Apply(stored, happened);
            }
            _position = stored.Position; // A fault in the middle of a page must not repeat what came before it.
        }
        foreach (var reader in _readers)
        {
            reader.CaughtUpTo(_position, batch[^1].RecordedAt);
        }
        if (batch.Count < BatchSize)
        {
            SawAll(known, asked);
        }
        return true;
    }

    /// <summary>There was no more then, unless an unfinished transaction holds back what is known to be there.
    /// </summary>
    private void SawAll(long known, long at)
    {
        if (_position >= known)
        {
            Interlocked.Exchange(ref _sureAt, at);
        }
    }
}
