namespace OsstOrleans.Silo.Import;

/// <summary>
/// Lines end in any order; what may be skipped after a crash is only what lies before the first that has not ended.
/// </summary>
public sealed class DoneLines(long done)
{
    private readonly Lock _gate = new();
    private readonly HashSet<long> _ahead = [];
    private long _done = done;
    private long _ended = done;

    /// <summary>This line and all before it have ended; lines count from 1.</summary>
    public long AllUpTo
    {
        get
        {
            lock (_gate)
            {
                return _done;
            }
        }
    }

    /// <summary>How many have ended.</summary>
    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _ended;
            }
        }
    }

    public void End(long number)
    {
        lock (_gate)
        {
            _ended++;
            if (number != _done + 1)
            {
                _ahead.Add(number);
                return;
            }
            _done++;
            while (_ahead.Remove(_done + 1))
            {
                _done++;
            }
        }
    }
}
