namespace OsstOrleans.Grains.Outcomes;

/// <summary>
/// Months on social assistance in the twelve months before and the twelve months after the month of the first Kela
/// referral, for all clients whose 25 months are covered by the register: the experiment's main question.
/// </summary>
public sealed class BenefitOutcome
{
    /// <summary>Months on each side of the index month; that month itself is in neither.</summary>
    public const int WindowMonths = FollowUp.WindowMonths;

    /// <summary>Clients whose months are all covered and who neither died nor moved in them.</summary>
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

    /// <summary>Adds all that another counts.</summary>
    public void Merge(BenefitOutcome other)
    {
        Clients += other.Clients;
        MonthsBefore += other.MonthsBefore;
        MonthsAfter += other.MonthsAfter;
        SquaredChange += other.SquaredChange;
    }

    internal void Imprint(Rows.Image image)
    {
        var (clients, before, after, squared) = (Clients, MonthsBefore, MonthsAfter, SquaredChange);
        image.Value(ref clients);
        image.Value(ref before);
        image.Value(ref after);
        image.Value(ref squared);
        (Clients, MonthsBefore, MonthsAfter, SquaredChange) = (clients, before, after, squared);
    }
}
