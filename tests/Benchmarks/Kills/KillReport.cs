using System.Globalization;

namespace OsstOrleans.Benchmarks.Kills;

/// <summary>What came of a run of kills.</summary>
/// <param name="Kills">Processes ended by <c>kill -9</c>, by what they were or did.</param>
/// <param name="Acknowledged">What was acknowledged, by its kind.</param>
/// <param name="Retried">How often something was sent whose answer did not come.</param>
/// <param name="Delivered">Events that the receiver got.</param>
/// <param name="StartsMs">From the start of a process to its first answer, ms.</param>
/// <param name="Wrong">Empty when all is well.</param>
internal sealed record KillReport(
    IReadOnlyDictionary<string, int> Kills, IReadOnlyDictionary<string, int> Acknowledged, int Retried, int Delivered,
    IReadOnlyList<double> StartsMs, IReadOnlyList<string> Wrong)
{
    /// <summary>As a page of <c>docs/benchmarks</c> shows it.</summary>
    public override string ToString()
    {
        var starts = StartsMs.Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"""
            | what | count |
            |---|---:|
            {Rows("killed", Kills)}
            {Rows("acknowledged", Acknowledged)}
            | times that something was sent again | {Retried} |
            | events delivered to the receiver, each once or more | {Delivered} |
            | start to first answer, median / longest, ms | {starts[starts.Length / 2]:0} / {starts[^1]:0} |
            | lost, doubled, half done, resurrected | {Wrong.Count} |

            """);
    }

    private static string Rows(string what, IReadOnlyDictionary<string, int> counts) =>
        string.Join('\n', counts.Select(kind => $"| {what}: {kind.Key} | {kind.Value} |"));
}
