using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// What others are shown of times to work, studies and services: who began within a year, and all others together, by
/// municipality and year, and only where all of them could be followed a year. A year's clients are the same on every
/// path, so all of its tables are shown, or none: a path that is shown would count the clients of one that is not.
/// </summary>
internal sealed class EmploymentYears
{
    private static readonly EmploymentPath[] Paths = Enum.GetValues<EmploymentPath>();

    private readonly List<(int Cluster, int Arm, int Year, (long Began, long Others)[] Tables)> _shown;

    /// <param name="question">What is asked.</param>
    /// <param name="units">Municipalities in the order of codes.</param>
    /// <param name="last">The last whole month of the log.</param>
    public EmploymentYears(EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, int last)
    {
        var released = new ReleasedYears<(long Began, long Others)[]>(units);
        foreach (var (cluster, unit) in units.Index())
        {
            foreach (var ((arm, year), tables) in YearsOf(question, unit).OrderBy(it => it.Key))
            {
                if (arm == 0 || EmploymentTable.Followed(unit, MonthSet.LastOf(year), last) < CurveEstimates.Year)
                {
                    Withheld = true;
                }
                else
                {
                    released.Add(
                        cluster, arm, year, tables,
                        [.. tables.Select(table => (int[])[(int)table.Began, (int)table.Others])]);
                }
            }
        }
        var (told, withheld) = released.All();
        _shown = [.. told];
        Withheld |= withheld;
    }

    /// <summary>True when something was left out.</summary>
    public bool Withheld { get; }

    /// <summary>The tables of one path, in the order of municipalities, arms and years.</summary>
    public IEnumerable<(int Cluster, int Arm, int Year, (long Began, long Others) Table)> Of(EmploymentPath path) =>
        _shown.Select(it => (it.Cluster, it.Arm, it.Year, it.Tables[Array.IndexOf(Paths, path)]));

    private static Dictionary<(int Arm, int Year), (long Began, long Others)[]> YearsOf(
        EvaluationQuestion question, EvaluationUnit unit)
    {
        var years = new Dictionary<(int Arm, int Year), (long Began, long Others)[]>();
        foreach (var (key, count) in unit.Employment.Ends.Where(it => question.Takes(it.Key.Group)))
        {
            var year = ((int)(unit.ArmIn(key.Group.Month) ?? 0), key.Group.Month / 12);
            if (!years.TryGetValue(year, out var tables))
            {
                years.Add(year, tables = new (long Began, long Others)[Paths.Length]);
            }
            ref var table = ref tables[Array.IndexOf(Paths, key.Path)];
            var isBegun = key is { End: PathEnd.Began, Months: <= CurveEstimates.Year };
            table = isBegun ? (table.Began + count, table.Others) : (table.Began, table.Others + count);
        }
        return years;
    }
}
