using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>A municipality's dated facts that are public: its experiments and what statistics say of its residents.
/// </summary>
/// <param name="Code">Its code.</param>
/// <param name="State">Its facts.</param>
public sealed record PanelUnit(string Code, MunicipalityState State);

/// <summary>A municipality's shares of residents, month by month, where no month is missing.</summary>
internal sealed class PanelSeries
{
    /// <summary>Statistics of residents that come once a year hold for the months of the next one, too.</summary>
    private const int ResidentsHoldMonths = 12;

    private readonly int _first;
    private readonly double[] _shares;
    private readonly bool[] _inArm;

    private PanelSeries(StudyArm arm, int adopted, double[] shares, bool[] inArm, double residents)
    {
        (Arm, Adopted, _shares, _inArm, Residents) = (arm, adopted, shares, inArm, residents);
        _first = PanelPeriod.BaseFrom;
        (Base, LogBase) = (BaseOf(share => share), BaseOf(Math.Log));
    }

    /// <summary>The arm that its experiments put it in; it stays, also when it leaves.</summary>
    public StudyArm Arm { get; }

    /// <summary>The first month in which it was in that arm.</summary>
    public int Adopted { get; }

    /// <summary>The first month in which an experiment ran there: before it all municipalities were alike. Where
    /// facts say none, that of the arm.</summary>
    public int Exposed { get; private init; }

    /// <summary>False where OSST is a fact and the employment experiment is none: what the arm's name says is then not
    /// known.</summary>
    public bool HasEmployment { get; private init; }

    /// <summary>Residents aged 18-64 in the last month of the base.</summary>
    public double Residents { get; }

    /// <summary>Mean share of the months of the base.</summary>
    public double Base { get; }

    private double LogBase { get; }

    /// <summary>True when each share has a logarithm.</summary>
    public bool HasLogs => Array.TrueForAll(_shares, share => share > 0);

    /// <summary>Null when a month of the base or of the asked ones is missing or suppressed.</summary>
    /// <param name="state">The municipality.</param>
    /// <param name="arm">Its arm.</param>
    /// <param name="question">What is asked.</param>
    public static PanelSeries? Of(MunicipalityState state, StudyArm arm, EvaluationQuestion question)
    {
        var values = state.Panel.Where(it => it.Value is not null)
            .ToDictionary(it => (it.Measure, MonthSet.NumberOf(it.Month)), it => it.Value!.Value);
        var months = Enumerable.Range(PanelPeriod.BaseFrom, question.ToMonth - PanelPeriod.BaseFrom + 1).ToArray();
        double?[] shares = [.. months.Select(month => ShareIn(values, question.PanelMeasure, month))];
        return shares.Contains(null) ? null : new PanelSeries(
            arm, FirstMonthOf(state, arm)!.Value, [.. shares.Select(share => share!.Value)],
            [.. months.Select(month => state.ArmOn(MonthSet.FirstDayOf(month + 1).AddDays(-1)) == arm)],
            ResidentsIn(values, PanelPeriod.BaseThrough)!.Value)
        {
            Exposed = state.Exposures.Where(it => it.Experiment is not Experiment.Neither)
                .Select(it => MonthSet.NumberOf(it.StartsOn)).Append(FirstMonthOf(state, arm)!.Value).Min(),
            HasEmployment = state.Exposures.Count == 0
                || state.Exposures.Any(it => it.Experiment is Experiment.Employment),
        };
    }

    /// <summary>The first month of a municipality in an arm; null when it was never in it.</summary>
    public static int? FirstMonthOf(MunicipalityState state, StudyArm arm) =>
        state.Arms.FirstOrDefault(period => period.Arm == arm) is { } first ? MonthSet.NumberOf(first.StartsOn) : null;

    /// <summary>The share of residents in a month.</summary>
    public double Share(int month) => _shares[month - _first];

    /// <summary>What changed from the base to a month, in shares.</summary>
    public double Change(int month) => Share(month) - Base;

    /// <summary>The same in logarithms: 0.1 is about a tenth more.</summary>
    public double LogChange(int month) => Math.Log(Share(month)) - LogBase;

    /// <summary>True when its experiment ran, or it was followed as a control, at the end of a month.</summary>
    public bool IsIn(int month) => _inArm[month - _first];

    /// <summary>Least squares over the months of the base: the change of the share a month.</summary>
    public double Slope()
    {
        var middle = PanelPeriod.Base.Average();
        return PanelPeriod.Base.Sum(month => (month - middle) * Share(month))
            / PanelPeriod.Base.Sum(month => (month - middle) * (month - middle));
    }

    private double BaseOf(Func<double, double> scale) =>
        _shares.Take(PanelPeriod.BaseMonths).Average(scale);

    private static double? ShareIn(
        Dictionary<(PanelMeasure, int), int> values, PanelMeasure measure, int month) =>
        values.TryGetValue((measure, month), out var persons) && ResidentsIn(values, month) is { } residents
            ? (double)persons / residents
            : null;

    private static int? ResidentsIn(Dictionary<(PanelMeasure, int), int> values, int month)
    {
        for (var back = 0; back <= ResidentsHoldMonths; back++)
        {
            if (values.TryGetValue((PanelMeasure.Residents, month - back), out var residents) && residents > 0)
            {
                return residents;
            }
        }
        return null;
    }
}

/// <summary>Which months the panel compares.</summary>
internal static class PanelPeriod
{
    /// <summary>Months of the base: a whole year, so that no season is in it twice.</summary>
    public const int BaseMonths = 12;

    /// <summary>Months from adoption on that are shown and in no average: staff came by and by.</summary>
    public const int RampUpMonths = 3;

    /// <summary>The last month before both experiments (the employment experiment began in August 2017).</summary>
    public static int BaseThrough { get; } = MonthSet.NumberOf("2017-07");

    /// <summary>The last month that can be asked for.</summary>
    public static int Latest { get; } = BaseThrough + 120;

    /// <summary>The first month of the base.</summary>
    public static int BaseFrom { get; } = BaseThrough - BaseMonths + 1;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<int> Base { get; } = [.. Enumerable.Range(BaseFrom, BaseMonths)];
}
