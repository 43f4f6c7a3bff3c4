using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>
/// Months on social assistance in the twelve months before and the twelve months after the month of the first plan,
/// for clients whose twelve months after are over. The experiment's main question, from Kela's register.
/// </summary>
public sealed class BenefitOutcome
{
    /// <summary>Months on each side of the first plan's month; that month itself is in neither.</summary>
    public const int WindowMonths = CaseloadRow.BenefitWindowMonths;

    public int Clients { get; private set; }

    public long MonthsBefore { get; private set; }

    public long MonthsAfter { get; private set; }

    /// <summary>Sum of squared differences (after - before), for the standard deviation of the change.</summary>
    public long SquaredChange { get; private set; }

    public double? MeanBefore => Clients == 0 ? null : (double)MonthsBefore / Clients;

    public double? MeanAfter => Clients == 0 ? null : (double)MonthsAfter / Clients;

    /// <summary>Mean change in months per client; negative is fewer months on assistance.</summary>
    public double? MeanChange => Clients == 0 ? null : (double)(MonthsAfter - MonthsBefore) / Clients;

    /// <summary>Sample standard deviation of the change; null below two clients.</summary>
    public double? ChangeDeviation
    {
        get
        {
            if (Clients < 2)
            {
                return null;
            }
            var mean = MeanChange!.Value;
            return Math.Sqrt(Math.Max(0, (SquaredChange - (Clients * mean * mean)) / (Clients - 1)));
        }
    }

    internal void Add(int before, int after, int sign)
    {
        Clients += sign;
        MonthsBefore += sign * before;
        MonthsAfter += sign * after;
        SquaredChange += sign * (after - before) * (after - before);
    }

    internal void Merge(BenefitOutcome other)
    {
        Clients += other.Clients;
        MonthsBefore += other.MonthsBefore;
        MonthsAfter += other.MonthsAfter;
        SquaredChange += other.SquaredChange;
    }
}

/// <summary>One municipality's clients by the month of their first plan.</summary>
internal sealed class BenefitTally
{
    private readonly Dictionary<int, BenefitOutcome> _byIndexMonth = [];

    public void Add(in CaseloadRow row, int sign)
    {
        if (row.IndexMonth == 0)
        {
            return;
        }
        var before = row.BenefitMonths.CountBetween(row.IndexMonth - BenefitOutcome.WindowMonths, row.IndexMonth);
        var after = row.BenefitMonths.CountBetween(
            row.IndexMonth + 1, row.IndexMonth + 1 + BenefitOutcome.WindowMonths);
        _byIndexMonth.CellOf(row.IndexMonth).Add(before, after, sign);
    }

    /// <summary>Adds clients whose first plan fell into the period and whose window after it is over.</summary>
    public void AddTo(
        Dictionary<StudyArm, BenefitOutcome> answer, OutcomePeriod period, int thisMonth, Func<int, StudyArm?> armIn)
    {
        foreach (var (month, cell) in _byIndexMonth)
        {
            if (period.Takes(month, armIn) && month + BenefitOutcome.WindowMonths < thisMonth
                && armIn(month) is { } arm)
            {
                answer.CellOf(arm).Merge(cell);
            }
        }
    }
}
