using System.Collections.Concurrent;

namespace OsstOrleans.Silo.Telemetry;

/// <summary>How often each limit was met since the start of the process; by code.</summary>
public static class LimitCounts
{
    private static readonly ConcurrentDictionary<string, long> Counts = new(StringComparer.Ordinal);

    /// <summary>Those that were met, by their codes in order.</summary>
    public static IReadOnlyList<(string Code, long Count)> All =>
        [.. Counts.Select(count => (count.Key, count.Value)).OrderBy(count => count.Key, StringComparer.Ordinal)];

    /// <summary>The fault where a bound is met, counted; a fault that is passed on is not counted again.</summary>
    internal static LimitReached Reached(string code, string message)
    {
        Met(code);
        return new LimitReached(code, message);
    }

    /// <param name="code">A stable code, of which there is a known number.</param>
    public static void Met(string code)
    {
        Counts.AddOrUpdate(code, 1, static (_, count) => count + 1);
        Instruments.LimitRefusals.Add(1, KeyValuePair.Create<string, object?>(Tags.Code, code));
    }
}
