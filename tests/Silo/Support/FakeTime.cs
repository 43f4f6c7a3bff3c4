using System.Diagnostics;

namespace OsstOrleans.Silo.Tests;

/// <summary>The only clock of a test: it moves when the test moves it, and fires what is due then.</summary>
internal sealed class FakeTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = new(2019, 12, 31, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public void Advance(TimeSpan by)
    {
        FakeTimer[] due;
        lock (_gate)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.IsDue(_now))];
        }
        foreach (var timer in due)
        {
            timer.Fire(GetUtcNow());
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state), GetUtcNow(), dueTime, period);
        lock (_gate)
        {
            _timers.Add(timer);
        }
        return timer;
    }

    /// <summary>Lets time pass until work is done: one step whenever something waits for it.</summary>
    public async Task<T> Passing<T>(TimeSpan step, ValueTask<T> work)
    {
        var done = work.AsTask();
        for (var watch = Stopwatch.StartNew(); !done.IsCompleted && watch.Elapsed < Patience.Limit;)
        {
            if (IsAwaited())
            {
                Advance(step);
            }
            else
            {
                await Task.Yield();
            }
        }
        return await done.Patiently();
    }

    private bool IsAwaited()
    {
        lock (_gate)
        {
            return _timers.Exists(timer => timer.IsDue(DateTimeOffset.MaxValue));
        }
    }

    private sealed class FakeTimer(
        FakeTime time, Action callback, DateTimeOffset now, TimeSpan dueTime, TimeSpan period) : ITimer
    {
        private DateTimeOffset? _due = After(now, dueTime);
        private TimeSpan _period = period;

        public bool IsDue(DateTimeOffset at) => _due <= at;

        public void Fire(DateTimeOffset at)
        {
            _due = After(at, _period);
            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (_due, _period) = (After(time.GetUtcNow(), dueTime), period);
            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private static DateTimeOffset? After(DateTimeOffset now, TimeSpan wait) =>
            wait == Timeout.InfiniteTimeSpan ? null : now + wait;
    }
}
