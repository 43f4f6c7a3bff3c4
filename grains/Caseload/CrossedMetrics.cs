using System.Runtime.InteropServices;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>
/// Clients counted by two metrics at once: how many are in a cell of the first and in one of the second. A client who
/// is in several cells of a metric counts in each of them, one who is in none of either is not counted.
/// </summary>
public sealed class CrossedMetrics(CaseloadMetric first, CaseloadMetric second)
{
    private readonly Dictionary<(object?, object?), int> _counts = [];

    /// <summary>Every pair of cells: all of an enumeration's members, and the names that some client has.</summary>
    public IEnumerable<(object? First, object? Second, int Count)> Cells()
    {
        var others = Keys(second, _counts.Keys.Select(static pair => pair.Item2));
        return
            from one in Keys(first, _counts.Keys.Select(static pair => pair.Item1))
            from other in others
            select (one, other, _counts.GetValueOrDefault((one, other)));
    }

    /// <summary>Adds the rows of a caseload that match.</summary>
    internal void Add(CaseloadTable table, RowFilter matching, CaseloadNames names, DueRule due)
    {
        var (counts, ones, others) = (new Dictionary<(int, int), int>(), new List<int>(), new List<int>());
        for (var place = 0; place < table.Places; place++)
        {
            if (matching.Matches(table, place))
            {
                Fill(ones, first, place);
                Fill(others, second, place);
                foreach (var one in ones)
                {
                    foreach (var other in others)
                    {
                        CollectionsMarshal.GetValueRefOrAddDefault(counts, (one, other), out _)++;
                    }
                }
            }
        }
        foreach (var ((one, other), count) in counts)
        {
            var pair = (first.KeyOf(one, names), second.KeyOf(other, names));
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, pair, out _) += count;
        }

        void Fill(List<int> cells, CaseloadMetric metric, int place)
        {
            cells.Clear();
            metric.AddCells(table, place, due, cells);
        }
    }

    private static IReadOnlyList<object?> Keys(CaseloadMetric metric, IEnumerable<object?> counted) =>
        metric.Keys ?? [.. counted.Distinct().OrderBy(static key => key?.ToString(), StringComparer.Ordinal)];
}
