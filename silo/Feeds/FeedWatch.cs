namespace OsstOrleans.Silo.Feeds;

/// <summary>
/// One subscriber's view of what changed since it last looked: each key once, with the position of its last event. A
/// subscriber that looks seldom finds no more keys than it watches.
/// </summary>
public sealed class FeedWatch : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Action<FeedWatch> _close;
    private Dictionary<string, long> _changed = new(StringComparer.Ordinal);
    private TaskCompletionSource? _waiting;
    private bool _closed;

    internal FeedWatch(Action<FeedWatch> close) => _close = close;

    /// <summary>
    /// Completes when something has changed: the keys, each with its last event's place in the log. One caller at a
    /// time.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async ValueTask<IReadOnlyDictionary<string, long>> Next(CancellationToken cancelled)
    {
        while (true)
        {
            Task waiting;
            lock (_gate)
            {
                if (_changed.Count > 0)
                {
                    return Take();
                }
                _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting = _waiting.Task;
            }
            await waiting.WaitAsync(cancelled);
        }
    }

    /// <summary>What has changed until now, without waiting; empty when nothing has.</summary>
    public IReadOnlyDictionary<string, long> Take()
    {
        lock (_gate)
        {
            var taken = _changed;
            _changed = new Dictionary<string, long>(StringComparer.Ordinal);
            return taken;
        }
    }

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _closed, true))
        {
            _close(this);
        }
    }

    /// <summary>Notes a change; never waits for the watcher.</summary>
    internal void Mark(string key, long position)
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            _changed[key] = position;
            (waiting, _waiting) = (_waiting, null);
        }
        waiting?.TrySetResult();
    }
}
