using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages;

/// <summary>A process's figures in words.</summary>
public static class OperationsWords
{
    public static string Sentence(OperationsAnswer operations, Language words) => operations.Troubles is [var worst, ..]
        ? words.Say($"trouble.{worst}", ("cause", operations.Process.Cause ?? operations.Process.State))
        : words.Say("ops.allWell", ("since", operations.Process.StartedAt));

    public static IReadOnlyList<LeadTile> Tiles(OperationsAnswer operations, Language words) =>
    [
        new(words["tile.state"], "/ops#process", Figure.NotYet,
            IsLate: operations.Process.State != "ready", Text: State(operations, words)),
        new(words["tile.upFor"], "/ops#process", Figure.NotYet,
            Text: Duration(operations.Process.UptimeSeconds, words)),
        new(words["tile.durable"], "/ops#writes", Figure.Of(operations.Writes.Durable)),
        new(words["tile.failed"], "/ops#writes", Figure.Of(operations.Writes.Failed), IsLate: true),
    ];

    public static string State(OperationsAnswer operations, Language words) =>
        words.Texts.GetValueOrDefault($"state.{operations.Process.State}", operations.Process.State);

    /// <summary>The two largest units.</summary>
    public static string Duration(double seconds, Language words)
    {
        (long Length, string Unit)[] units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
        var left = (long)seconds;
        var first = Array.FindIndex(units, unit => left >= unit.Length);
        if (first < 0)
        {
            return words.Say("duration.s", ("n", 0));
        }
        List<string> parts = [];
        foreach (var (length, unit) in units.Skip(first).Take(2))
        {
            parts.Add(words.Say($"duration.{unit}", ("n", left / length)));
            left %= length;
        }
        return string.Join('\u00a0', parts);
    }

    public static string Megabytes(long bytes, Language words) =>
        words.Say("unit.mib", ("n", bytes / (1024 * 1024)));

    /// <summary>A distribution knows its values to about a sixteenth: more digits would be made up.</summary>
    public static string Milliseconds(SpreadAnswer spread, double value, Language words) => spread.Count == 0
        ? "\u2013"
        : words.Number(value, value switch { >= 100 => 0, >= 10 => 1, >= 1 => 2, _ => 3 });
}
