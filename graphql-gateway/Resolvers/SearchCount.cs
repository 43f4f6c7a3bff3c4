using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>
/// How often each caller has searched for clients in the minute under way, in this process: who asks for one name after
/// the other reads a register by it.
/// </summary>
internal sealed class SearchCount(int most, TimeProvider time)
{
    /// <summary>Callers counted at once; further ones wait for the next minute.</summary>
    private const int MostCallers = 10_000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _searches = new(StringComparer.Ordinal);
    private long? _began;

    /// <summary>Counts one search of a caller, before anything is looked for.</summary>
    /// <exception cref="FieldFault">It is one too many.</exception>
    public void Add(string actor)
    {
        lock (_gate)
        {
            if (_began is not { } began || time.GetElapsedTime(began) >= Minute)
            {
                _searches.Clear();
                _began = time.GetTimestamp();
            }
            var searches = _searches.GetValueOrDefault(actor);
            if (searches < most && (searches > 0 || _searches.Count < MostCallers))
            {
                _searches[actor] = searches + 1;
                return;
            }
        }
        LimitCounts.Met(ErrorCodes.LimitSearches);
        throw new FieldFault(
            ErrorCodes.LimitSearches, $"A caller searches at most {most} times in a minute; search again in the next.",
            new Dictionary<string, object?> { ["limit"] = most });
    }
}
