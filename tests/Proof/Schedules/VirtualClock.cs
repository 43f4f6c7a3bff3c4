namespace OsstOrleans.Proof.Tests.Schedules;

/// <summary>The one true time of a schedule, and what waits for it. It moves when the schedule has nothing else to do.
/// </summary>
internal sealed class VirtualClock
{
    private readonly List<SkewedTime.Timer> _timers = [];

    public DateTimeOffset Now { get; private set; } = new(2019, 12, 31, 9, 0, 0, TimeSpan.Zero);

    /// <summary>When the next timer is due; null without one.</summary>
    public DateTimeOffset? NextTimer
    {
        get
        {
            DateTimeOffset? next = null;
            foreach (var timer in _timers)
            {
                next = timer.Due is { } due && (next is null || due < next) ? due : next;
            }
            return next;
        }
    }

    /// <summary>Moves on, and fires what is due, in the order of dues.</summary>
    public void PassUntil(DateTimeOffset until)
    {
        Now = until > Now ? until : Now;
        while (_timers.Where(timer => timer.Due <= Now).MinBy(timer => timer.Due) is { } due)
        {
            due.Fire(Now);
        }
    }

    public void Add(SkewedTime.Timer timer) => _timers.Add(timer);

    public void Remove(SkewedTime.Timer timer) => _timers.Remove(timer);
}

/// <summary>A process's clock: it goes as fast as all others, and tells another time.</summary>
internal sealed class SkewedTime(VirtualClock clock, TimeSpan skew) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => clock.Now + skew;

    public override long GetTimestamp() => clock.Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(clock, () => callback(state));
        timer.Change(dueTime, period);
        clock.Add(timer);
        return timer;
    }

    internal sealed class Timer(VirtualClock clock, Action callback) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? Due { get; private set; }

        public void Fire(DateTimeOffset now)
        {
            Due = After(now, _period);
            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (Due, _period) = (After(clock.Now, dueTime), period);
            return true;
        }

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private static DateTimeOffset? After(DateTimeOffset now, TimeSpan wait) =>
            wait == Timeout.InfiniteTimeSpan ? null : now + wait;
    }
}
