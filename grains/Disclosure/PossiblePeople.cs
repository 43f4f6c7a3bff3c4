using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// Looks for people who would give what was released of a municipality, and of whom something else is true than of the
/// real ones. The answer is exact, and is not found in the way in which the release was made: each client is a unit of
/// a flow from a status to a reason, and the ages bound how many there are.
/// </summary>
public sealed class PossiblePeople
{
    /// <summary>More than live anywhere; it stands for no bound.</summary>
    private const int Unbounded = 1_000_000;

    private readonly CountGrid _grid;
    private readonly ReleasedMetrics _released;
    private readonly Bounds[] _statuses;
    private readonly Bounds[] _reasons;
    private readonly Bounds[] _ages;

    /// <param name="released">What outsiders have.</param>
    public PossiblePeople(ReleasedMetrics released)
    {
        (_released, _grid) = (released, released.Grid);
        _statuses = Known(LiveMetrics.ByStatus);
        _reasons = Known(LiveMetrics.ByReason);
        _ages = Known(LiveMetrics.ByAgeBand);
    }

    /// <summary>
    /// The figures of which more is known than is shown: a hidden one below 2k that cannot be 0 or 1, or not k or more,
    /// and a shown one that is not any of its k numbers. Metric and cell, and no number.
    /// </summary>
    public IEnumerable<string> Faults() =>
    [
        .. Faults(LiveMetrics.ByStatus, _statuses), .. Faults(LiveMetrics.ByReason, _reasons),
        .. Faults(LiveMetrics.ByAgeBand, _ages), .. FaultsOfParts(),
    ];

    private IEnumerable<string> Faults(CellMetric metric, Bounds[] cells)
    {
        var shown = _released.Of(metric);
        for (var cell = 0; cell < cells.Length; cell++)
        {
            var known = cells[cell];
            var (low, high) = shown[cell] is null ? (1, _grid.K) : (known.Least, known.Most);
            var isOpen = (CanBe(cells, cell, known with { Most = low })
                && CanBe(cells, cell, known with { Least = high }))
                || (shown[cell] is null && !CanBe(cells, cell, _grid.Known(null)));
            if (metric.Has(cell) && !(isOpen && shown[cell] == _grid.Shown(shown[cell] ?? 0)))
            {
                yield return $"{metric.Name.Field}, cell {cell}";
            }
        }
    }

    /// <summary>What counts some clients of a status says nothing of the status only where many more are shown there.
    /// </summary>
    private IEnumerable<string> FaultsOfParts()
    {
        var late = _released.Of(LiveMetrics.Overdue);
        var within = (Protection.WithinStatuses)LiveMetrics.Overdue.Protection;
        for (var kind = 0; kind < late.Count; kind++)
        {
            if (late[kind] is { } shown && _grid.Known(shown).Most + _grid.K > LeastIn(within.Of(kind)))
            {
                yield return $"{LiveMetrics.Overdue.Name.Field}, cell {kind}";
            }
        }
        within = (Protection.WithinStatuses)LiveMetrics.ByMethod.Protection;
        foreach (var (method, shown) in _released.Of(LiveMetrics.ByMethod))
        {
            if (_grid.Known(shown).Most + _grid.K > LeastIn(within.Of(0)))
            {
                yield return $"{LiveMetrics.ByMethod.Name.Field}, {method}";
            }
        }
    }

    private int LeastIn(IReadOnlyList<CaseStatus> statuses) =>
        statuses.Sum(status => _statuses[(int)status].Least);

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
        var flow = new BoundedFlow(_statuses.Length + _reasons.Length + 2);
        var (source, sink) = (_statuses.Length + _reasons.Length, _statuses.Length + _reasons.Length + 1);
        for (var status = 0; status < _statuses.Length; status++)
        {
            flow.Add(source, status, _statuses[status]);
            for (var reason = 0; reason < _reasons.Length; reason++)
            {
                if (CanHave(status, reason))
                {
                    flow.Add(status, _statuses.Length + reason, new Bounds(0, Unbounded));
                }
            }
        }
        for (var reason = 0; reason < _reasons.Length; reason++)
        {
            flow.Add(_statuses.Length + reason, sink, _reasons[reason]);
        }
        flow.Add(sink, source, new Bounds(_ages.Sum(age => age.Least), _ages.Sum(age => age.Most)));
        return flow.IsPossible();
    }

    private static bool CanHave(int status, int reason) => LiveMetrics.Implications.All(known =>
        !known.These.Cells.Contains(status) || known.Those.Cells.Contains(reason));
}

/// <summary>A circulation with a least and a most on each edge (Hoffman 1960), found by paths that still have room.
/// </summary>
internal sealed class BoundedFlow
{
    private readonly int _nodes;
    private readonly int[][] _room;
    private int _owed;

    public BoundedFlow(int nodes)
    {
        // Two more: whence the least comes that an edge owes, and where it goes.
        _nodes = nodes;
        _room = [.. Enumerable.Range(0, nodes + 2).Select(_ => new int[nodes + 2])];
    }

    public void Add(int from, int to, Bounds bounds)
    {
        _room[from][to] += bounds.Most - bounds.Least;
        _room[_nodes][to] += bounds.Least;
        _room[from][_nodes + 1] += bounds.Least;
        _owed += bounds.Least;
    }

    /// <summary>True when every edge can have its least; to be asked once.</summary>
    public bool IsPossible()
    {
        var came = new int[_room.Length];
        while (_owed > 0 && FindsPath(came))
        {
            var most = _owed;
            for (var at = _nodes + 1; at != _nodes; at = came[at])
            {
                most = Math.Min(most, _room[came[at]][at]);
            }
            for (var at = _nodes + 1; at != _nodes; at = came[at])
            {
                _room[came[at]][at] -= most;
                _room[at][came[at]] += most;
            }
            _owed -= most;
        }
        return _owed == 0;
    }

    private bool FindsPath(int[] came)
    {
        Array.Fill(came, -1);
        came[_nodes] = _nodes;
        var next = new Queue<int>([_nodes]);
        while (next.TryDequeue(out var from) && came[_nodes + 1] < 0)
        {
            for (var to = 0; to < _room.Length; to++)
            {
                if (came[to] < 0 && _room[from][to] > 0)
                {
                    came[to] = from;
                    next.Enqueue(to);
                }
            }
        }
        return came[_nodes + 1] >= 0;
    }
}
