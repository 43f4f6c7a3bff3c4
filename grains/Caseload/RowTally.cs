using System.Runtime.CompilerServices;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>
/// Standing counters over rows, those of the live metrics. A change of a row takes its old form away and adds the new
/// one, so they always equal a fresh count; counting a filtered set is the same code on an empty tally.
/// </summary>
internal sealed class RowTally
{
    private readonly MetricCounter[] _counters = [.. LiveMetrics.All.SelectMany(metric => metric.NewCounters())];
    private int _clients;

    /// <summary>Counts the rows that match.</summary>
    public static RowTally Of(CaseloadTable table, RowFilter matching)
    {
        var tally = new RowTally();
        for (var place = 0; place < table.Places; place++)
        {
            if (matching.Matches(table, place))
            {
                tally.Add(table, place, +1);
            }
        }
        return tally;
    }

    /// <summary>Counts the row at a place, or with -1 takes it back.</summary>
    [MethodImpl(StartPath.Optimized)]
    public void Add(CaseloadTable table, int place, int sign)
    {
        _clients += sign;
        foreach (var counter in _counters)
        {
            counter.Add(table, place, sign);
        }
    }

    /// <summary>Counts a table that was read.</summary>
    [MethodImpl(StartPath.Optimized)]
    public void Fill(Image image, CaseloadTable table)
    {
        for (var place = 0; image.Reads && place < table.Places; place++)
        {
            if (!table.IsEmpty(place))
            {
                Add(table, place, +1);
            }
        }
    }

    /// <summary>Adds these counters to an answer, as of a day.</summary>
    public void AddTo(CaseloadMetrics answer, CaseloadNames names, DueRule due)
    {
        answer.Clients += _clients;
        answer.Municipalities++;
        foreach (var counter in _counters)
        {
            counter.AddTo(answer, names, due);
        }
    }
}
