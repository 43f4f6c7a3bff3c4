using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>
/// A number of a row, read from its columns alone. It is a type, not a delegate, so that it becomes part of its
/// counter's code: a start counts every row there is.
/// </summary>
internal interface IColumn
{
    static abstract int Of(CaseloadTable table, int place);
}

/// <summary>A set of numbers from 0 to 63 of a row, one bit each.</summary>
internal interface IBitColumn
{
    static abstract ulong Of(CaseloadTable table, int place);
}

/// <summary>
/// The standing counter of one metric. It counts into arrays of numbers and allocates nothing for a row.
/// </summary>
internal abstract class MetricCounter
{
    /// <summary>Counts the row at a place, or with -1 takes it back.</summary>
    public abstract void Add(CaseloadTable table, int place, int sign);

    /// <summary>Adds the numbers of the cells in which the row at a place counts, as of a day.</summary>
    public abstract void AddCells(CaseloadTable table, int place, DueRule due, List<int> cells);

    /// <summary>Adds the counts to an answer, as of a day.</summary>
    public abstract void AddTo(CaseloadMetrics answer, CaseloadNames names, DueRule due);
}

/// <summary>
/// Counts rows by a column, and answers with its numbers or with coarser cells that depend on the day.
/// </summary>
/// <param name="metric">The metric.</param>
/// <param name="size">Numbers of the column: 0 to one less.</param>
/// <param name="cell">The answer's cell of a number; null where it is the number itself.</param>
internal sealed class ColumnCounter<TColumn>(CellMetric metric, int size, Func<int, DueRule, int>? cell = null)
    : MetricCounter
    where TColumn : struct, IColumn
{
    private readonly int[] _counts = new int[size];

    [MethodImpl(StartPath.Optimized)]
    public override void Add(CaseloadTable table, int place, int sign) =>
        _counts[TColumn.Of(table, place)] += sign;

    public override void AddCells(CaseloadTable table, int place, DueRule due, List<int> cells)
    {
        var number = TColumn.Of(table, place);
        cells.Add(cell is null ? number : cell(number, due));
    }

    public override void AddTo(CaseloadMetrics answer, CaseloadNames names, DueRule due)
    {
        var (counts, sums) = (_counts, answer.Cells(metric));
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] != 0)
            {
                sums[cell is null ? i : cell(i, due)] += counts[i];
            }
        }
    }
}

/// <summary>Counts rows by a day, so that "how many are late" costs nothing as the days go by.</summary>
/// <param name="metric">The metric.</param>
/// <param name="cell">The answer's cell in which late rows count.</param>
/// <param name="before">Rows whose day is before this one are late; those with day 0 never are.</param>
internal sealed class LateCounter<TColumn>(CellMetric metric, int cell, Func<DueRule, int> before) : MetricCounter
    where TColumn : struct, IColumn
{
    private readonly DayCounts _days = new();

    [MethodImpl(StartPath.Optimized)]
    public override void Add(CaseloadTable table, int place, int sign) =>
        _days.Add(TColumn.Of(table, place), sign);

    public override void AddCells(CaseloadTable table, int place, DueRule due, List<int> cells)
    {
        if (TColumn.Of(table, place) is var day && day != 0 && day < before(due))
        {
            cells.Add(cell);
        }
    }

    public override void AddTo(CaseloadMetrics answer, CaseloadNames names, DueRule due) =>
        answer.Cells(metric)[cell] += _days.CountBefore(before(due));
}

/// <summary>Counts rows by one numbered name; a row with -1 has none.</summary>
internal sealed class NameCounter<T, TColumn>(NamedMetric<T> metric) : MetricCounter
    where T : notnull
    where TColumn : struct, IColumn
{
    private int[] _counts = [];

    [MethodImpl(StartPath.Optimized)]
    public override void Add(CaseloadTable table, int place, int sign)
    {
        var name = TColumn.Of(table, place);
        if (name >= _counts.Length)
        {
            Array.Resize(ref _counts, Math.Max(16, (name + 1) * 2));
        }
        if (name >= 0)
        {
            _counts[name] += sign;
        }
    }

    public override void AddCells(CaseloadTable table, int place, DueRule due, List<int> cells)
    {
        if (TColumn.Of(table, place) is var name and >= 0)
        {
            cells.Add(name);
        }
    }

    public override void AddTo(CaseloadMetrics answer, CaseloadNames names, DueRule due) =>
        NamedCounts.Add(_counts, metric.NamesIn(names), answer.Names(metric));
}

/// <summary>Counts rows by any of up to 64 numbered names.</summary>
internal sealed class NameSetCounter<T, TColumn>(NamedMetric<T> metric) : MetricCounter
    where T : notnull
    where TColumn : struct, IBitColumn
{
    private readonly int[] _counts = new int[64];

    [MethodImpl(StartPath.Optimized)]
    public override void Add(CaseloadTable table, int place, int sign)
    {
        for (var left = TColumn.Of(table, place); left != 0; left &= left - 1)
        {
            _counts[BitOperations.TrailingZeroCount(left)] += sign;
        }
    }

    public override void AddCells(CaseloadTable table, int place, DueRule due, List<int> cells)
    {
        for (var left = TColumn.Of(table, place); left != 0; left &= left - 1)
        {
            cells.Add(BitOperations.TrailingZeroCount(left));
        }
    }

    public override void AddTo(CaseloadMetrics answer, CaseloadNames names, DueRule due) =>
        NamedCounts.Add(_counts, metric.NamesIn(names), answer.Names(metric));
}

/// <summary>Counts by number become counts by name.</summary>
internal static class NamedCounts
{
    public static void Add<T>(int[] counts, NumberedNames<T> names, Dictionary<T, int> sums)
        where T : notnull
    {
        for (var i = 0; i < Math.Min(counts.Length, names.Count); i++)
        {
            if (counts[i] != 0)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(sums, names[i], out _) += counts[i];
            }
        }
    }
}
