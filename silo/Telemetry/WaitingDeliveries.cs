using System.Collections.Concurrent;

namespace OsstOrleans.Silo.Telemetry;

/// <summary>Receivers that do not take their next event, as far as this process delivers.</summary>
internal sealed class WaitingDeliveries
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _since = [];

    /// <param name="receiver">The receiver's key.</param>
    /// <param name="failingSince">When the first attempt failed; null while the receiver takes all.</param>
    public void Set(string receiver, DateTimeOffset? failingSince)
    {
        if (failingSince is { } since)
        {
            _since[receiver] = since;
        }
        else
        {
            _since.TryRemove(receiver, out _);
        }
    }

    /// <summary>For how long the one has failed that has failed for longest; zero when none does.</summary>
    public TimeSpan LongestAt(DateTimeOffset now) =>
        _since.Values.Select(since => now - since).DefaultIfEmpty(TimeSpan.Zero).Max();
}
