using Microsoft.Extensions.Logging;

namespace OsstOrleans.Dashboard.Live;

/// <summary>
/// Renders a live page once for all who see the same. A page without viewers is not rendered at all, and a slow viewer
/// gets the latest and no queue.
/// </summary>
public sealed class LiveShows(TimeProvider time, ILogger log)
{
    private readonly Dictionary<string, Show> _shows = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Pages that are rendered at present: those that have viewers.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _shows.Count;
            }
        }
    }

    /// <summary>Begins to watch a page.</summary>
    public Seat Join(LiveSource source)
    {
        lock (_gate)
        {
            if (!_shows.TryGetValue(source.Key, out var show))
            {
                _shows[source.Key] = show = new Show(source, time, log);
            }
            show.Viewers++;
            return new Seat(this, source.Key, show);
        }
    }

    private void Leave(string key, Show show)
    {
        lock (_gate)
        {
            if (--show.Viewers > 0)
            {
                return;
            }
            _shows.Remove(key);
        }
        show.Dispose();
    }

    /// <summary>One viewer's place before a page.</summary>
    public sealed class Seat : IDisposable
    {
        private readonly LiveShows _all;
        private readonly string _key;
        private readonly Show _show;
        private LiveFrame _seen = LiveFrame.Empty;

        internal Seat(LiveShows all, string key, Show show) => (_all, _key, _show) = (all, key, show);

        /// <summary>The parts that differ from what was given before; at first all of them.</summary>
        public async Task<Dictionary<string, string>> Next(CancellationToken ended)
        {
            while (true)
            {
                var (frame, next) = _show.Now;
                if (frame.ChangesSince(_seen) is { Count: > 0 } changes)
                {
                    _seen = frame;
                    return changes;
                }
                await next.WaitAsync(ended);
            }
        }

        public void Dispose() => _all.Leave(_key, _show);
    }

    /// <summary>A page that is rendered again after each change.</summary>
    internal sealed class Show : IDisposable
    {
        /// <summary>Figures move with every event of a busy day; no viewer needs them more often.</summary>
        private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(400);
        private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

        private readonly CancellationTokenSource _ended = new();
        private readonly Lock _gate = new();
        private LiveFrame _frame = LiveFrame.Empty;
        private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Show(LiveSource source, TimeProvider time, ILogger log) => _ = Go(source, time, log);

        public int Viewers { get; set; }

        public (LiveFrame Frame, Task Next) Now
        {
            get
            {
                lock (_gate)
                {
                    return (_frame, _next.Task);
                }
            }
        }

        /// <summary>Renders no more.</summary>
        public void Dispose() => _ended.Cancel();

        private async Task Go(LiveSource source, TimeProvider time, ILogger log)
        {
            while (!_ended.IsCancellationRequested)
            {
                try
                {
                    await foreach (var _ in source.Changes(_ended.Token))
                    {
                        Put(LiveFrame.Of(await source.Render()));
                        await Task.Delay(s_between, time, _ended.Token);
                    }
                    await Task.Delay(s_again, time, _ended.Token);
                }
                catch (OperationCanceledException) when (_ended.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception fault)
                {
                    // The store may be away for a while: viewers keep what they see, and it is tried again.
                    log.LogWarning("A live page could not be rendered: {Fault}", fault.GetType().Name);
                    await Task.Delay(s_again, time, CancellationToken.None);
                }
            }
        }

        private void Put(LiveFrame frame)
        {
            lock (_gate)
            {
                _frame = frame;
                var seen = _next;
                _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                seen.SetResult();
            }
        }
    }
}
