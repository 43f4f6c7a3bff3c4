namespace OsstOrleans.Grains.Outcomes;

/// <summary>How long a period of a trend is.</summary>
public enum TrendStep
{
    /// <summary>A calendar month.</summary>
    Month = 1,

    /// <summary>Three months from January, April, July or October on.</summary>
    Quarter = 3,
}

/// <summary>The periods of a trend, one after the other.</summary>
/// <param name="FirstMonth">The first month of the first period, as
/// <see cref="Rows.MonthSet.NumberOf(DateOnly)"/> counts.</param>
/// <param name="Count">How many.</param>
/// <param name="Step">How long each is.</param>
public readonly record struct TrendPeriods(int FirstMonth, int Count, TrendStep Step)
{
    private int Months => (int)Step;

    /// <summary>All periods that have a month in common with a span.</summary>
    public static TrendPeriods Between(int fromMonth, int toMonth, TrendStep step)
    {
        var first = fromMonth / (int)step;
        return new TrendPeriods(first * (int)step, (toMonth / (int)step) - first + 1, step);
    }

    /// <summary>A period's first month.</summary>
    public int From(int period) => FirstMonth + (period * Months);

    /// <summary>A period's last month, which belongs to it.</summary>
    public int Through(int period) => From(period) + Months - 1;

    /// <summary>The period of a month; negative before the first one.</summary>
    internal int Of(int month) => month < FirstMonth ? -1 : (month - FirstMonth) / Months;
}
