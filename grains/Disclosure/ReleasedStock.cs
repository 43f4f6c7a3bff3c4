using System.Collections.Immutable;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// How many open matters a municipality was released to have, month by month: of each month the last edition. It is a
/// function of what outsiders could see at the time, so they learn nothing more; what is recorded later moves no
/// month that is over.
/// </summary>
public sealed class ReleasedStock
{
    private readonly ImmutableArray<(int Month, int Open)> _months;

    private ReleasedStock(ImmutableArray<(int Month, int Open)> months) => _months = months;

    /// <summary>Nothing was released yet.</summary>
    public static ReleasedStock Nothing { get; } = new([]);

    /// <summary>With one more edition.</summary>
    /// <param name="month">The month of its round.</param>
    /// <param name="released">What it shows of the municipality.</param>
    public ReleasedStock With(int month, ReleasedMetrics released)
    {
        var statuses = released.Of(LiveMetrics.ByStatus);
        var open = statuses.Where((_, status) => status != (int)CaseStatus.Closed).Sum() ?? 0;
        var before = _months.Length > 0 && _months[^1].Month >= month ? _months.RemoveAt(_months.Length - 1) : _months;
        return new ReleasedStock(before.Add((month, open)));
    }

    /// <summary>At least so many at the end of a month; null when none is shown.</summary>
    public int? At(int month)
    {
        for (var i = _months.Length - 1; i >= 0; i--)
        {
            if (_months[i].Month <= month)
            {
                return _months[i].Open is > 0 and var open ? open : null;
            }
        }
        return null;
    }

    /// <summary>Written, or read.</summary>
    public static void Imprint(Image image, ref ReleasedStock stock)
    {
        var months = stock?._months ?? [];
        image.List(ref months, static (i, month) =>
        {
            i.Value(ref month);
            return month;
        });
        stock = new ReleasedStock(months);
    }

    public override string ToString() => string.Join(',', _months);
}

/// <summary>What is known of a figure.</summary>
public enum FigureState
{
    /// <summary>It is shown.</summary>
    Shown = 1,

    /// <summary>It is not for this caller, or a small cell.</summary>
    Withheld = 2,

    /// <summary>Nothing was recorded of that time.</summary>
    NotCovered = 3,

    /// <summary>That time is not over.</summary>
    NotYet = 4,
}
