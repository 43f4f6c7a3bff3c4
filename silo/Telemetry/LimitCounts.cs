using System.Collections.Concurrent;

namespace OsstOrleans.Silo.Telemetry;

/// <summary>How often each limit was met since the start of the process; by code.</summary>
public static class LimitCounts
{
    private static readonly ConcurrentDictionary<string, long> Counts = new(StringComparer.Ordinal);

    /// <summary>Those that were met, by their codes in order.</summary>
    public static IReadOnlyList<(string Code, long Count)> All =>
        [.. Counts.Select(count => (count.Key, count.Value)).OrderBy(count => count.Key, StringComparer.Ordinal)];

    /// <param name="code">A stable code, of which there is a known number.</param>
    public static void Met(string code)
    {
        Counts.AddOrUpdate(code, 1, static (_, count) => count + 1);
        Instruments.LimitRefusals.Add(1, KeyValuePair.Create<string, object?>(Tags.Code, code));
    }
}
