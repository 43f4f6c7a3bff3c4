namespace OsstOrleans.Grains.Disclosure;

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
