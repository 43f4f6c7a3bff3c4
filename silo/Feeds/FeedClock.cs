using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Feeds;

/// <summary>How much of the log an answer has seen: its last position, and when that event was recorded.</summary>
public readonly record struct AsOf(long Position, DateTimeOffset RecordedAt);

/// <summary>Lets a reader wait until the projections have seen a position: read-your-writes.</summary>
public sealed class FeedClock
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private AsOf _now;
    private long _turn;

    public AsOf Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    /// <summary>
    /// Odd while a batch of events is taken in, and another number after each: what was read at the same even one is of
    /// one position. One follower writes it.
    /// </summary>
    internal long Turn => Interlocked.Read(ref _turn);

    /// <summary>Readers waiting now.</summary>
    internal int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Completes when the projections have seen the position.</summary>
    /// <exception cref="LimitReached">They did not within the time allowed.</exception>
    public async ValueTask WaitFor(long position, TimeSpan atMost, TimeProvider time, CancellationToken cancelled)
    {
        TaskCompletionSource waiter;
        lock (_gate)
        {
            if (_now.Position >= position)
            {
                return;
            }
            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiter, position);
        }
        try
        {
            await waiter.Task.WaitAsync(atMost, time, cancelled);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            lock (_gate)
            {
                _waiting.Remove(waiter, out _, out _); // A position that never comes must not keep its waiters.
            }
            if (fault is OperationCanceledException)
            {
                throw;
            }
            throw LimitCounts.Reached(LimitCodes.NotYetVisible, $"Position {position} is not visible yet; ask again.");
        }
    }

    /// <summary>A batch is being taken in, until the clock advances.</summary>
    internal void Begin() => Interlocked.Exchange(ref _turn, Interlocked.Read(ref _turn) | 1);

    internal void Advance(AsOf now)
    {
        var due = new List<TaskCompletionSource>();
        lock (_gate)
        {
            _now = now;
            while (_waiting.TryPeek(out var waiter, out var position) && position <= now.Position)
            {
                due.Add(waiter);
                _waiting.Dequeue();
            }
            Interlocked.Exchange(ref _turn, (Interlocked.Read(ref _turn) | 1) + 1);
        }
        due.ForEach(waiter => waiter.TrySetResult());
    }
}
