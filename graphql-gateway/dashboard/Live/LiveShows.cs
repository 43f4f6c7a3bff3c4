using Microsoft.Extensions.Logging;
using OsstOrleans.Dashboard.Desk;

namespace OsstOrleans.Dashboard.Live;

/// <summary>
/// Renders a live page once for all who see the same, as one of them who is there. A page without viewers is not
/// rendered at all, and a slow viewer gets the latest and no queue.
/// </summary>
public sealed class LiveShows(IDesk desk, TimeProvider time, ILogger<LiveShows> log)
{
    private readonly Dictionary<string, LiveShow> _shows = new(StringComparer.Ordinal);
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
    public LiveSeat Join(LiveSource source)
    {
        lock (_gate)
        {
            if (!_shows.TryGetValue(source.Key, out var show))
            {
                _shows[source.Key] = show = new LiveShow(time, log);
            }
            var seat = new LiveSeat(desk, source, show, Leave, time, log);
            show.Enter(seat);
            return seat;
        }
    }

    private void Leave(LiveSeat seat, LiveShow show)
    {
        lock (_gate)
        {
            if (show.Leave(seat) > 0)
            {
                return;
            }
            _shows.Remove(seat.Source.Key);
        }
        show.Dispose();
    }
}
