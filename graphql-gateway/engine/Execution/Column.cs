namespace OsstOrleans.GraphQL.Execution;

/// <summary>
/// What one place of the operation holds: a value or a fault per parent, in the parents' order. Writing takes them one
/// by one in that order.
/// </summary>
internal sealed class Column<TValue>
{
    private readonly IReadOnlyList<TValue> _values;
    private readonly Exception? _all;
    private readonly bool _isShared;
    private Dictionary<int, Exception>? _faults;
    private int _next;

    public Column(IReadOnlyList<TValue> values) => _values = values;

    /// <summary>The resolver failed as a whole.</summary>
    public Column(Exception fault)
    {
        _values = [];
        _all = fault;
    }

    /// <summary>One value for every parent.</summary>
    public Column(TValue shared)
    {
        _values = [shared];
        _isShared = true;
    }

    public void Fail(int index, Exception fault) => (_faults ??= [])[index] = fault;

    /// <summary>The values whose resolvers succeeded, in order.</summary>
    public IReadOnlyList<TValue> Succeeded()
    {
        if (_faults is null)
        {
            return _values;
        }
        var kept = new List<TValue>(_values.Count);
        for (var i = 0; i < _values.Count; i++)
        {
            if (!_faults.ContainsKey(i))
            {
                kept.Add(_values[i]);
            }
        }
        return kept;
    }

    /// <summary>The next parent's value, or the fault in its place.</summary>
    public Exception? Next(out TValue value)
    {
        value = default!;
        if (_all is not null)
        {
            return _all;
        }
        var index = _isShared ? 0 : _next++;
        if (_faults is not null && _faults.TryGetValue(index, out var fault))
        {
            return fault;
        }
        value = _values[index];
        return null;
    }
}
