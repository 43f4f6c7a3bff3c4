using System.Runtime.CompilerServices;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>
/// How many of something fall on each day, and how many before a day. The latter costs nothing when the day asked for
/// moves slowly, as "today" does: a running total follows it.
/// </summary>
internal sealed class DayCounts
{
    private int[] _counts = [];
    private int _first;
    private int _pivot;
    private int _beforePivot;

    /// <summary>Adds (or with -1 takes away) one on a day; day 0 means "no such day".</summary>
    [MethodImpl(StartPath.Optimized)]
    public void Add(int day, int sign)
    {
        if (day == 0)
        {
            return;
        }
        MakeRoomFor(day);
        _counts[day - _first] += sign;
        if (day < _pivot)
        {
            _beforePivot += sign;
        }
    }

    public int CountBefore(int day)
    {
        if (_counts.Length == 0)
        {
            return 0;
        }
        for (; _pivot < day; _pivot++)
        {
            _beforePivot += At(_pivot);
        }
        while (_pivot > day)
        {
            _beforePivot -= At(--_pivot);
        }
        return _beforePivot;
    }

    private int At(int day) => day >= _first && day < _first + _counts.Length ? _counts[day - _first] : 0;

    private void MakeRoomFor(int day)
    {
        if (_counts.Length == 0)
        {
            _first = day;
            _counts = new int[64];
            _pivot = day;
            return;
        }
        if (day >= _first && day < _first + _counts.Length)
        {
            return;
        }
        var first = Math.Min(_first, day);
        var end = Math.Max(_first + _counts.Length, day + 1);
        var larger = new int[Math.Max(end - first, _counts.Length * 2)];
        _counts.CopyTo(larger, _first - first);
        (_counts, _first) = (larger, first);
    }
}
