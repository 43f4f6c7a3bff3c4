using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>Whom a cell counts: clients whose first answers to a measure were given in one month.</summary>
/// <param name="Measure">The number of the measure's version.</param>
/// <param name="Month">That month.</param>
/// <param name="Age">Their age group in it.</param>
public readonly record struct InclusionGroup(byte Measure, int Month, AgeGroup Age);

/// <summary>Clients of one group, as integers that add up; scores are in tenths of a point.</summary>
public sealed class InclusionCell
{
    /// <summary>Five points: a smaller change is neither for the better nor for the worse. No published threshold is
    /// known; it is this platform's own.</summary>
    private const int Band = 50;

    private readonly long[] _sums = new long[(int)Sum.Worse + 1];

    private enum Sum
    {
        Clients,
        Unscored,
        Pairs,
        First,
        Last,
        SquaredChange,
        Days,
        Better,
        Same,
        Worse,
    }

    /// <summary>All clients who answered.</summary>
    public long Clients => _sums[(int)Sum.Clients];

    /// <summary>Those of whom no set has a score.</summary>
    public long Unscored => _sums[(int)Sum.Unscored];

    /// <summary>Those with scores of at least two days: their change counts.</summary>
    public long Pairs => _sums[(int)Sum.Pairs];

    /// <summary>Of these, the sum of first scores.</summary>
    public long First => _sums[(int)Sum.First];

    /// <summary>Of these, the sum of last scores.</summary>
    public long Last => _sums[(int)Sum.Last];

    /// <summary>Of these, the sum of squared changes.</summary>
    public long SquaredChange => _sums[(int)Sum.SquaredChange];

    /// <summary>Of these, the days from the first set to the last.</summary>
    public long Days => _sums[(int)Sum.Days];

    /// <summary>At least five points higher by the last set within a year.</summary>
    public long Better => _sums[(int)Sum.Better];

    /// <summary>Between five points higher and five lower by then.</summary>
    public long Same => _sums[(int)Sum.Same];

    /// <summary>At least five points lower by then.</summary>
    public long Worse => _sums[(int)Sum.Worse];

    internal void Add(InclusionChange answers, int sign)
    {
        Count(Sum.Clients, sign);
        Count(Sum.Unscored, answers.First is null ? sign : 0);
        if (answers.First is not { } first || answers.Last is not var (lastDay, last))
        {
            return;
        }
        Count(Sum.Pairs, sign);
        Count(Sum.First, sign * first);
        Count(Sum.Last, sign * last);
        Count(Sum.SquaredChange, sign * (long)(last - first) * (last - first));
        Count(Sum.Days, sign * (lastDay - answers.FirstDay));
        if (answers.LastInYear is var (_, inYear))
        {
            Count(inYear - first >= Band ? Sum.Better : first - inYear >= Band ? Sum.Worse : Sum.Same, sign);
        }
    }

    /// <summary>Adds all that another counts.</summary>
    public void Merge(InclusionCell other)
    {
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i] += other._sums[i];
        }
    }

    internal void Imprint(Image image)
    {
        var sums = _sums;
        image.Column(ref sums, sums.Length);
        sums.CopyTo(_sums, 0);
    }

    public override string ToString() => string.Join(',', _sums);

    private void Count(Sum sum, long count) => _sums[(int)sum] += count;
}

/// <summary>One municipality's clients who answered measures, by the month of their first answers.</summary>
internal sealed class InclusionTally
{
    private readonly Dictionary<InclusionGroup, InclusionCell> _cells = [];

    /// <summary>Counts a client's answers to a measure, or with -1 takes them back.</summary>
    public void Add(InclusionChange answers, AgeGroup age, int sign)
    {
        var group = new InclusionGroup(
            answers.Measure, MonthSet.NumberOf(DateOnly.FromDayNumber(answers.FirstDay)), age);
        var cell = _cells.CellOf(group);
        cell.Add(answers, sign);
        if (cell.Clients == 0)
        {
            _cells.Remove(group);
        }
    }

    public void AddTo(Dictionary<InclusionGroup, InclusionCell> cells)
    {
        foreach (var (group, cell) in _cells)
        {
            cells.CellOf(group).Merge(cell);
        }
    }

    public void Imprint(Image image) => image.Entries(
        _cells, static (Image i, ref InclusionGroup group, ref InclusionCell cell) =>
        {
            i.Value(ref group);
            (cell ??= new InclusionCell()).Imprint(i);
        });

    /// <summary>Each cell as a line that does not depend on the order of counting.</summary>
    public IEnumerable<string> Lines() => _cells.Select(cell => $"inclusion {cell.Key} {cell.Value}");
}
