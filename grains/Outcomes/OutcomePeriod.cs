using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>
/// Which months of a municipality count for an outcome. Outcomes are kept by month, so an arm that a municipality
/// entered or left within the period takes part with just its own months, as Tornio does to the end of 2018.
/// </summary>
/// <param name="FromMonth">First month, as <see cref="MonthSet.NumberOf(DateOnly)"/> gives it.</param>
/// <param name="ToMonth">Last month, included.</param>
/// <param name="Arm">When set, only months whose first day the municipality was in this arm.</param>
public readonly record struct OutcomePeriod(int FromMonth, int ToMonth, StudyArm? Arm)
{
    public bool Takes(int month, Func<int, StudyArm?> armIn) =>
        month >= FromMonth && month <= ToMonth && (Arm is null || armIn(month) == Arm);

    /// <summary>The period cut into calendar years.</summary>
    public IEnumerable<OutcomePeriod> Years()
    {
        for (var year = FromMonth / 12; year <= ToMonth / 12; year++)
        {
            yield return this with
            {
                FromMonth = Math.Max(FromMonth, year * 12),
                ToMonth = Math.Min(ToMonth, (year * 12) + 11),
            };
        }
    }
}
