using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// Change in months on assistance, twelve months after the month of the first Kela referral less twelve before. See the
/// evaluation's page for what each measure means and when not to believe it.
/// </summary>
public static class ChangeEvaluation
{
    /// <summary>The primary outcome of the whole evaluation; all others are secondary.</summary>
    public const string Primary = "MEAN_CHANGE_OF_MUNICIPALITIES";

    /// <param name="question">What is asked.</param>
    /// <param name="units">Municipalities in the order of codes.</param>
    public static EvaluationResult Of(EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units)
    {
        var excluded = new Exclusions();
        var isExact = units.All(unit => unit.IsExact);
        var (arms, withheld) = ArmsOf(question, units, excluded);
        var shown = arms.Where(arm => isExact || arm.Value.Count >= EvaluationQuestion.FewestMunicipalities)
            .ToDictionary();
        return new EvaluationResult(
            [
                .. shown.OrderBy(arm => arm.Key)
                    .Select(arm => isExact ? Exact(arm.Key, arm.Value) : Released(arm.Key, arm.Value)),
            ],
            [
                .. StudyArms.Compared.Select(pair => Compare(arms, pair.Treated, pair.Control, isExact))
                    .OfType<EvaluationComparison>(),
            ])
        {
            Excluded = isExact ? excluded.All : [],
            Withheld = withheld || shown.Count < arms.Count,
            Notes = Notes(isExact),
        };
    }

    /// <summary>
    /// What others than own staff may see of each arm, as counts: from the same tables as their estimates, and only
    /// where three municipalities of the arm have one.
    /// </summary>
    public static (Dictionary<StudyArm, IndexCell> ByArm, bool Withheld) ReleasedByArm(
        EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units)
    {
        var (arms, withheld) = ArmsOf(
            question, [.. units.Select(unit => unit with { IsExact = false })], new Exclusions());
        var shown = new Dictionary<StudyArm, IndexCell>();
        foreach (var (arm, cells) in arms)
        {
            withheld |= cells.Count < EvaluationQuestion.FewestMunicipalities;
            if (cells.Count >= EvaluationQuestion.FewestMunicipalities)
            {
                cells.ForEach(shown.CellOf((StudyArm)arm).Merge);
            }
        }
        return (shown, withheld);
    }

    /// <summary>Each arm's municipalities, in the order of codes; 0 is no arm.</summary>
    private static (SortedDictionary<int, List<IndexCell>> Arms, bool Withheld) ArmsOf(
        EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, Exclusions excluded)
    {
        var (years, withheld) = TablesOf(question, units, excluded);
        var arms = new SortedDictionary<int, List<IndexCell>>();
        foreach (var tables in years.GroupBy(year => (year.Arm, year.Municipality)))
        {
            var sum = new IndexCell();
            foreach (var (_, _, table) in tables)
            {
                sum.Merge(table);
            }
            if (sum.Change.Clients == 0)
            {
                continue;
            }
            if (!arms.TryGetValue(tables.Key.Arm, out var of))
            {
                arms.Add(tables.Key.Arm, of = []);
            }
            of.Add(sum);
        }
        return (arms, withheld);
    }

    /// <summary>Tables of years, in the order of municipalities; of those for others, the ones that may be shown.
    /// </summary>
    private static (IEnumerable<(int Municipality, int Arm, IndexCell Table)> Years, bool Withheld) TablesOf(
        EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, Exclusions excluded)
    {
        var (exact, released, withheld) =
            (new List<(int Municipality, int Arm, IndexCell Table)>(), new ReleasedYears<IndexCell>(units), false);
        for (var municipality = 0; municipality < units.Count; municipality++)
        {
            var unit = units[municipality];
            foreach (var ((arm, year), table) in Years(question, unit, excluded))
            {
                if (unit.IsExact)
                {
                    exact.Add((municipality, arm, table));
                }
                else if (arm != 0 && unit.IsComplete(year))
                {
                    released.Add(municipality, arm, year, table, Persons(table));
                }
                else
                {
                    withheld = true;
                }
            }
        }
        var (told, some) = released.All();
        return (exact.Concat(told), withheld || some);
    }

    /// <summary>A municipality's clients whose 25 months are covered, by arm (0 is none) and year of the index.
    /// </summary>
    internal static Dictionary<(int Arm, int Year), IndexCell> Years(
        EvaluationQuestion question, EvaluationUnit unit, Exclusions excluded)
    {
        var years = new Dictionary<(int Arm, int Year), IndexCell>();
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
            years.CellOf(((int)(arm ?? 0), group.Month / 12)).Merge(cell);
        }
        return years;
    }

    private static int[] Persons(IndexCell cell) =>
        [cell.Fewer, cell.More, cell.Change.Clients - cell.Fewer - cell.More];

    private static EvaluationGroup Exact(int arm, List<IndexCell> cells)
    {
        StudyArm? named = arm == 0 ? null : (StudyArm)arm;
        var n = cells.Sum(cell => (long)cell.Change.Clients);
        var change = cells.Sum(cell => cell.Change.MonthsAfter - cell.Change.MonthsBefore);
        var dead = (N: cells.Sum(cell => (long)cell.Died), Before: cells.Sum(cell => cell.MonthsBeforeDeath));
        var moved = (N: cells.Sum(cell => (long)cell.Moved), Before: cells.Sum(cell => cell.MonthsBeforeMove));
        return new EvaluationGroup(StudyArms.NameOf(named), named,
        [
            Mean(Primary, [.. Changes(cells).Select(it => it.AsOne)], n),
            Mean("MEAN_CHANGE", Changes(cells), n),
            MonthsOf("MEAN_BEFORE", cells, n, it => it.MonthsBefore),
            MonthsOf("MEAN_AFTER", cells, n, it => it.MonthsAfter),
            .. Bounds("DEAD", dead),
            .. Bounds("MOVED", moved),
            .. Bounds("GONE", (dead.N + moved.N, dead.Before + moved.Before)),
            new Estimate(
                "CLOSED_IN_WINDOW", (double)cells.Sum(cell => (long)cell.Closed) / n, null, n, cells.Count)
            {
                Note = "share whose matter was closed: a death or a move after it is not known, and counts as months "
                    + "without assistance",
            },
        ]);

        IEnumerable<Estimate> Bounds(string who, (long N, long Before) left)
        {
            var none = change - left.Before;
            yield return Bound($"MEAN_CHANGE_IF_{who}_HAD_NO_MONTH", none);
            yield return Bound($"MEAN_CHANGE_IF_{who}_HAD_ALL_MONTHS", none + (BenefitOutcome.WindowMonths * left.N));

            Estimate Bound(string measure, long sum) => new(
                measure, (double)sum / (n + left.N), null, n + left.N, cells.Count)
            { Note = "a bound, no estimate" };
        }
    }

    private static Estimate MonthsOf(string measure, List<IndexCell> cells, long n, Func<BenefitOutcome, long> months)
    {
        var mean = Mean(measure, [.. cells.Select(it => new ClusterSum(it.Change.Clients, months(it.Change)))], n);
        return mean.Within(0, BenefitOutcome.WindowMonths);
    }

    private static EvaluationGroup Released(int arm, List<IndexCell> cells) =>
        new(StudyArms.NameOf((StudyArm)arm), (StudyArm)arm,
        [
            Mean("FEWER_MONTHS_SHARE", Fewer(cells), cells.Sum(cell => (long)cell.Change.Clients)).AsShare(),
            Mean("MORE_MONTHS_SHARE", [.. cells.Select(it => new ClusterSum(it.Change.Clients, it.More))],
                cells.Sum(cell => (long)cell.Change.Clients)).AsShare(),
        ]);

    private static EvaluationComparison? Compare(
        SortedDictionary<int, List<IndexCell>> arms, StudyArm treated, StudyArm control, bool isExact)
    {
        if (!arms.TryGetValue((int)treated, out var one) || !arms.TryGetValue((int)control, out var other)
            || one.Count < EvaluationQuestion.FewestMunicipalities
            || other.Count < EvaluationQuestion.FewestMunicipalities)
        {
            return null;
        }
        return new EvaluationComparison(StudyArms.NameOf(treated), StudyArms.NameOf(control),
            isExact ? Differences(one, other, control) :
            [
                Difference("FEWER_MONTHS_SHARE", Fewer(one), Fewer(other)).AsShareDifference(),
            ]);
    }

    private static IReadOnlyList<Estimate> Differences(
        List<IndexCell> one, List<IndexCell> other, StudyArm control)
    {
        var (treated, controls) = (Changes(one), Changes(other));
        var n = (long)treated.Concat(controls).Sum(it => it.N);
        var bootstrap = new WildBootstrap(treated, controls);
        var weighted = ClusterMeans.Difference(treated, controls);
        List<Estimate> all =
        [
            Difference(Primary, [.. treated.Select(it => it.AsOne)], [.. controls.Select(it => it.AsOne)]) with
            {
                N = n,
            },
            Difference("MEAN_CHANGE", treated, controls),
            new("MEAN_CHANGE_BOOTSTRAP", weighted.Estimate, bootstrap.Invert(weighted), n, one.Count + other.Count)
            {
                P = bootstrap.P(),
                Note = $"{WildBootstrap.UsualDraws} draws of a fixed seed",
            },
        ];
        // Chance decided nothing between municipalities with and without the employment experiment.
        if (control is StudyArm.EmploymentOnly && Permutation.Test(
            [.. treated.Select(it => it.AsOne.Sum)], [.. controls.Select(it => it.AsOne.Sum)]) is { } permuted)
        {
            all.Add(new Estimate("PERMUTATION", all[0].Value, null, n, one.Count + other.Count)
            {
                P = permuted.P,
                Note = $"{permuted.Assignments} assignments; the smallest p is 1/{permuted.Assignments}",
            });
        }
        return all;
    }

    private static Estimate Difference(
        string measure, IReadOnlyList<ClusterSum> treated, IReadOnlyList<ClusterSum> control)
    {
        var difference = ClusterMeans.Difference(treated, control);
        return Estimate.Of(measure, difference, [.. treated, .. control]) with
        {
            P = difference.P,
            SmallestDetectable = difference.SmallestDetectable,
        };
    }

    private static Estimate Mean(string measure, IReadOnlyList<ClusterSum> clusters, long n) =>
        clusters.Count < EvaluationQuestion.FewestMunicipalities
            ? new Estimate(measure, ClusterMeans.Mean(clusters).Estimate, null, n, clusters.Count)
            : Estimate.Of(measure, ClusterMeans.Mean(clusters), clusters) with { N = n };

    private static ClusterSum[] Changes(List<IndexCell> cells) =>
        [.. cells.Select(it => new ClusterSum(it.Change.Clients, it.Change.MonthsAfter - it.Change.MonthsBefore))];

    private static ClusterSum[] Fewer(List<IndexCell> cells) =>
        [.. cells.Select(it => new ClusterSum(it.Change.Clients, it.Fewer))];

    private static IReadOnlyList<string> Notes(bool isExact) =>
    [
        $"{Primary} is the evaluation's primary outcome; all others are secondary, their p is not adjusted "
            + "here (FAMILY adjusts).",
        "Referral comes when assistance is high, so months fall afterwards in every arm (regression to the mean): read "
            + "the difference of arms, not the change of one.",
        .. isExact
            ? Array.Empty<string>()
            : [
                "Computed from tables without small cells, by municipality and year of the referral: at least three "
                    + "months fewer, at least three more, and between.",
            ],
    ];
}
