using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>Clients whose 25 months are covered, by arm, municipality and index month. Of what others may see: by index
/// year, and only the tables that may be shown.</summary>
/// <param name="ByArm">Cohorts of each arm; 0 is none.</param>
/// <param name="Withheld">True when tables were left out.</param>
internal sealed record ChangeCohorts(SortedDictionary<int, List<Cohort<IndexCell>>> ByArm, bool Withheld)
{
    /// <param name="question">What is asked.</param>
    /// <param name="units">Municipalities in the order of codes.</param>
    /// <param name="excluded">Takes in who is left out.</param>
    public static ChangeCohorts Of(
        EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, Exclusions excluded)
    {
        var arms = new SortedDictionary<int, List<Cohort<IndexCell>>>();
        var (released, withheld) = (new ReleasedYears<IndexCell>(units), false);
        for (var municipality = 0; municipality < units.Count; municipality++)
        {
            var unit = units[municipality];
            foreach (var ((arm, index), table) in TablesOf(question, unit, excluded))
            {
                if (unit.IsExact)
                {
                    Add(municipality, arm, index, table);
                }
                else if (arm != 0 && unit.IsComplete(index))
                {
                    released.Add(municipality, arm, index, table, Persons(table));
                }
                else
                {
                    withheld = true;
                }
            }
        }
        var (told, some) = released.All();
        foreach (var (municipality, arm, year, table) in told)
        {
            Add(municipality, arm, year, table);
        }
        return new ChangeCohorts(arms, withheld || some);

        void Add(int municipality, int arm, int index, IndexCell table)
        {
            if (table.Change.Clients == 0)
            {
                return;
            }
            if (!arms.TryGetValue(arm, out var of))
            {
                arms.Add(arm, of = []);
            }
            of.Add(new Cohort<IndexCell>(municipality, index, table.Change.Clients, table));
        }
    }

    /// <summary>The municipalities of an arm, each with all of its clients, in the order of codes.</summary>
    public static List<IndexCell> Municipalities(IEnumerable<Cohort<IndexCell>> cohorts) =>
    [
        .. cohorts.GroupBy(it => it.Municipality).OrderBy(it => it.Key).Select(of =>
        {
            var sum = new IndexCell();
            foreach (var cohort in of)
            {
                sum.Merge(cohort.Table);
            }
            return sum;
        }),
    ];

    /// <summary>By arm (0 is none) and month of the index; of what others may see, by year.</summary>
    private static Dictionary<(int Arm, int Index), IndexCell> TablesOf(
        EvaluationQuestion question, EvaluationUnit unit, Exclusions excluded)
    {
        var tables = new Dictionary<(int Arm, int Index), IndexCell>();
        foreach (var (group, cell) in unit.Cells.Where(it => question.Takes(it.Key)))
        {
            var arm = unit.ArmIn(group.Month);
            excluded.Count(ExclusionReason.HistoryTooLong, arm, cell.Unreadable);
            if (!unit.HasWindow(group))
            {
                excluded.Count(ExclusionReason.NotCovered, arm, cell.Clients - cell.Unreadable);
                continue;
            }
            excluded.Count(ExclusionReason.Died, arm, cell.Died);
            excluded.Count(ExclusionReason.Moved, arm, cell.Moved);
            tables.CellOf(((int)(arm ?? 0), unit.IsExact ? group.Month : group.Month / 12)).Merge(cell);
        }
        return tables;
    }

    private static int[] Persons(IndexCell cell) =>
        [cell.Fewer, cell.More, cell.Change.Clients - cell.Fewer - cell.More];
}
