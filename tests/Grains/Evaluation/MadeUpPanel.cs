using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>Municipalities with made-up statistics.</summary>
internal static class MadeUpPanel
{
    public static readonly EvaluationQuestion Question = new(
        EvaluationSubject.Panel, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2019-12"));

    private static readonly int First = MonthSet.NumberOf("2016-08");

    /// <summary>Six with OSST, of which the last leaves after 2018, and others, with numbers of a seed.</summary>
    /// <param name="effect">Added to the share in months of OSST.</param>
    /// <param name="noise">The most that a month differs by chance, in shares.</param>
    public static IReadOnlyList<PanelUnit> Study(double effect = 0, double noise = 0, int controls = 3, int neither = 3)
    {
        var random = new Random(20_180_101);
        return
        [
            .. Enumerable.Range(0, 6).Select(i => Unit(i, Osst(i == 5 ? "2018-12" : "2019-12"))),
            .. Enumerable.Range(6, controls).Select(i => Unit(i, Arm(StudyArm.EmploymentOnly, "2017-08", null))),
            .. Enumerable.Range(6 + controls, neither)
                .Select(i => Unit(i, Arm(StudyArm.Neither, "2017-01", "2019-12"))),
        ];

        PanelUnit Unit(int i, ArmPeriod arm)
        {
            var (residents, level) = (20_000 + (13_000 * i), 0.04 + (0.004 * i));
            return Statistics($"{100 + i}", arm, residents, month => level - (0.0002 * (month - First))
                + (noise * (random.NextDouble() - 0.5))
                + (arm.Arm is StudyArm.OsstAndEmployment && month >= MonthSet.NumberOf(arm.StartsOn)
                    && month <= MonthSet.NumberOf(arm.EndsOn!.Value) ? effect : 0));
        }
    }

    public static ArmPeriod Osst(string last, string first = "2018-01") =>
        Arm(StudyArm.OsstAndEmployment, first, last);

    public static ArmPeriod Arm(StudyArm arm, string first, string? last) => new(
        arm, MonthSet.FirstDayOf(MonthSet.NumberOf(first)),
        last is null ? null : MonthSet.FirstDayOf(MonthSet.NumberOf(last) + 1).AddDays(-1));

    /// <summary>A municipality whose residents are published each December.</summary>
    public static PanelUnit Statistics(string code, ArmPeriod arm, int residents, Func<int, double> share) => new(
        code,
        new MunicipalityState
        {
            Arms = [arm],
            Panel =
            [
                .. Enumerable.Range(2015, 4).Select(year => new PanelValue(
                    PanelMeasure.Residents, $"{year}-12", residents + (100 * (year - 2015)), default)),
                .. Enumerable.Range(First, 41).Select(month => new PanelValue(
                    PanelMeasure.OnAssistance, new CalendarMonth(month / 12, (month % 12) + 1).ToString(),
                    (int)Math.Round(residents * share(month)), default)),
            ],
        });

    /// <summary>The same with one number changed.</summary>
    public static PanelUnit With(this PanelUnit unit, string month, int? value) => unit with
    {
        State = unit.State with
        {
            Panel =
            [
                .. unit.State.Panel.Select(it => it.Measure is PanelMeasure.OnAssistance && it.Month == month
                    ? it with { Value = value }
                    : it),
            ],
        },
    };

    /// <summary>The same with experiments as dated facts.</summary>
    public static PanelUnit Had(
        this PanelUnit unit, params IReadOnlyList<(Experiment Experiment, string First)> facts) => unit with
        {
            State = unit.State with
            {
                Exposures =
                [
                    .. facts.Select(it => new Exposure(
                        it.Experiment, MonthSet.FirstDayOf(MonthSet.NumberOf(it.First)), null)),
                ],
            },
        };

    public static PanelUnit In(this PanelUnit unit, ArmPeriod arm) =>
        unit with { State = unit.State with { Arms = [arm] } };
}
