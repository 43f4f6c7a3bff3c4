using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// Looks for people who would give what was released of a municipality, and of whom something else is true than of the
/// real ones. The answer is exact, and is not found in the way in which the release was made: each client is a unit of
/// a flow from a status to a reason, and every other table of the same people bounds how many there are.
/// </summary>
/// <remarks>Every live metric is looked at, by its protection; of one of another kind the search says that it cannot.
/// </remarks>
public sealed class PossiblePeople
{
    /// <summary>More than live anywhere; it stands for no bound.</summary>
    private const int Unbounded = 1_000_000;

    private readonly CountGrid _grid;
    private readonly ReleasedMetrics _released;
    private readonly LinkedTables _linked;

    /// <summary>What is known of each cell, by the number of the table; null for what is no table of all people.
    /// </summary>
    private readonly Bounds[]?[] _tables = new Bounds[LiveMetrics.All.Count][];

    /// <param name="released">What outsiders have.</param>
    /// <exception cref="NotSupportedException">More is known of who is in which cells than a flow can show.</exception>
    public PossiblePeople(ReleasedMetrics released)
    {
        (_released, _grid) = (released, released.Grid);
        _linked = LinkedTables.Of(LiveMetrics.Implications);
        foreach (var table in LiveMetrics.Partitions)
        {
            _tables[table.Index] = Known(table);
        }
    }

    /// <summary>
    /// The figures of which more is known than is shown: a hidden one below 2k that cannot be 0 or 1, or not k or more,
    /// and a shown one that is not any of its k numbers. Metric and cell, and no number.
    /// </summary>
    public IEnumerable<string> Faults() =>
        [.. LiveMetrics.All.SelectMany(metric => (metric, metric.Protection) switch
        {
            (CellMetric table, Protection.Partition) => FaultsOfTable(table),
            (_, Protection.WithinStatuses within) => FaultsOfParts(metric, within),
            (_, Protection.OwnStaff) => _released.ShownOf(metric).Select(shown => Named(metric, shown.Cell)),
            _ => throw new NotSupportedException($"Nothing says what outsiders know of {metric.Name.Field}."),
        })];

    private static string Named(CaseloadMetric metric, object cell) =>
        $"{metric.Name.Field}, {(metric is CellMetric ? "cell " : "")}{cell}";

    private IEnumerable<string> FaultsOfTable(CellMetric metric)
    {
        var (shown, cells) = (_released.Of(metric), _tables[metric.Index]!);
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var known = cells[cell];
            var (low, high) = shown[cell] is null ? (1, _grid.K) : (known.Least, known.Most);
            var isOpen = (CanBe(cells, cell, known with { Most = low })
                && CanBe(cells, cell, known with { Least = high }))
                || (shown[cell] is null && !CanBe(cells, cell, _grid.Known(null)));
            if (metric.Has(cell) && !(isOpen && shown[cell] == _grid.Shown(shown[cell] ?? 0)))
            {
                yield return Named(metric, cell);
            }
        }
    }

    /// <summary>What counts some clients of a status says nothing of the status only where many more are shown there.
    /// </summary>
    private IEnumerable<string> FaultsOfParts(CaseloadMetric metric, Protection.WithinStatuses within) =>
        from part in _released.ShownOf(metric)
        where _grid.Known(part.Shown).Most + _grid.K > LeastIn(within.Of(part.Cell is int cell ? cell : 0))
        select Named(metric, part.Cell);

    private int LeastIn(IReadOnlyList<CaseStatus> statuses) =>
        statuses.Sum(status => _tables[LiveMetrics.ByStatus.Index]![(int)status].Least);

    /// <summary>Of a table without any shown cell nothing is known; statuses are always released.</summary>
    private Bounds[] Known(CellMetric metric)
    {
        var shown = _released.Of(metric);
        var isShown = metric == LiveMetrics.ByStatus || shown.Any(cell => cell is not null);
        return [.. shown.Select((cell, number) => !metric.Has(number) ? default
            : isShown ? _grid.Known(cell) : new Bounds(0, Unbounded))];
    }

    private bool CanBe(Bounds[] cells, int cell, Bounds asked)
    {
        var kept = cells[cell];
        cells[cell] = asked;
        var can = asked.Least <= asked.Most && AreThere();
        cells[cell] = kept;
        return can;
    }

    private bool AreThere()
    {
        var (left, right) = (_tables[_linked.Left]!, _tables[_linked.Right]!);
        var flow = new BoundedFlow(left.Length + right.Length + 2);
        var (source, sink) = (left.Length + right.Length, left.Length + right.Length + 1);
        for (var one = 0; one < left.Length; one++)
        {
            flow.Add(source, one, left[one]);
            for (var other = 0; other < right.Length; other++)
            {
                if (_linked.CanBeInBoth(one, other))
                {
                    flow.Add(one, left.Length + other, new Bounds(0, Unbounded));
                }
            }
        }
        for (var other = 0; other < right.Length; other++)
        {
            flow.Add(left.Length + other, sink, right[other]);
        }
        var all = Everybody();
        if (all.Least > all.Most)
        {
            return false;
        }
        flow.Add(sink, source, all);
        return flow.IsPossible();
    }

    /// <summary>How many people there are by the tables that are not linked.</summary>
    private Bounds Everybody()
    {
        var all = new Bounds(0, Unbounded);
        for (var table = 0; table < _tables.Length; table++)
        {
            if (_tables[table] is { } cells && table != _linked.Left && table != _linked.Right)
            {
                var (least, most) = (cells.Sum(cell => cell.Least), cells.Sum(cell => cell.Most));
                all = new Bounds(Math.Max(all.Least, least), Math.Min(all.Most, most));
            }
        }
        return all;
    }
}
