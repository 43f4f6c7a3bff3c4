using OsstOrleans.Grains.Measures;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// Change of inclusion as clients themselves say it (ESIS): the last set of answers less the first, of clients who
/// consented and answered on two days at least. Those who answer twice are not those who do not: association, never
/// effect. See the evaluation's page.
/// </summary>
public static class InclusionEvaluation
{
    /// <summary>Scores are kept in tenths of a point.</summary>
    private const double Point = 0.1;

    /// <summary>In place of an arm: all of them, before those in none.</summary>
    private const int All = -1;

    private const double MostPoints = Point * MeasureDefinition.HighestScore;

    /// <param name="question">What is asked; its months are those of first answers.</param>
    /// <param name="units">Municipalities in the order of codes.</param>
    /// <param name="seenUntil">The last day of which the log can know: for others, years that end later are open.
    /// </param>
    public static EvaluationResult Of(
        EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, DateOnly seenUntil) =>
        units.All(unit => unit.IsExact) ? Exactly(question, units) : ForOthers(question, units, seenUntil);

    private static EvaluationResult Exactly(EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units)
    {
        var excluded = new Exclusions();
        var sums = new SortedDictionary<(byte Measure, int Arm), InclusionCell?[]>();
        for (var unit = 0; unit < units.Count; unit++)
        {
            foreach (var (group, cell) in Asked(question, units[unit]))
            {
                var arm = units[unit].ArmIn(group.Month);
                excluded.Count(ExclusionReason.NotScored, arm, cell.Unscored);
                excluded.Count(ExclusionReason.AnsweredOnce, arm, cell.Clients - cell.Unscored - cell.Pairs);
                Add((group.Measure, All), unit, cell);
                Add((group.Measure, (int)(arm ?? 0)), unit, cell);
            }
        }
        return new EvaluationResult([.. sums.Select(it => GroupOf(it.Key.Measure, it.Key.Arm, it.Value))], [])
        {
            Excluded = excluded.All,
            Notes = Notes,
        };

        void Add((byte, int) key, int unit, InclusionCell cell)
        {
            if (!sums.TryGetValue(key, out var cells))
            {
                sums.Add(key, cells = new InclusionCell?[units.Count]);
            }
            (cells[unit] ??= new InclusionCell()).Merge(cell);
        }
    }

    private static EvaluationGroup GroupOf(byte measure, int arm, InclusionCell?[] municipalities)
    {
        InclusionCell[] cells = [.. municipalities.OfType<InclusionCell>().Where(cell => cell.Pairs > 0)];
        var sum = new InclusionCell();
        foreach (var cell in cells)
        {
            sum.Merge(cell);
        }
        StudyArm? of = arm > 0 ? (StudyArm)arm : null;
        return new EvaluationGroup(
            arm == All ? NameOf(measure) : $"{NameOf(measure)}: {StudyArms.NameOf(of)}", of,
            [
                Mean("FIRST_MEAN", sum.First, sum.Pairs, cells.Length, Point).Within(0, MostPoints),
                Mean("LAST_MEAN", sum.Last, sum.Pairs, cells.Length, Point).Within(0, MostPoints),
                Paired(sum, cells.Length),
                .. cells.Length < EvaluationQuestion.FewestMunicipalities ? [] : new[] { Clustered(cells) },
                Mean("MEAN_DAYS_BETWEEN", sum.Days, sum.Pairs, cells.Length, 1),
            ]);
    }

    private static Estimate Mean(string measure, long sum, long n, int clusters, double unit) =>
        new(measure, n == 0 ? null : unit * sum / n, null, n, clusters);

    private static Estimate Paired(InclusionCell sum, int clusters)
    {
        var change = PairedChange.Of(sum.Pairs, sum.Last - sum.First, sum.SquaredChange, Point);
        return new Estimate(
            "MEAN_CHANGE", change?.Estimate,
            (change?.Interval() is { } interval ? interval with { Method = "paired t" } : null)
                ?.Within(-MostPoints, MostPoints), sum.Pairs, clusters)
        {
            DegreesOfFreedom = change is { DegreesOfFreedom: > 0 } it ? it.DegreesOfFreedom : null,
            SmallestDetectable = change?.SmallestDetectable,
            Note = "persons taken as independent",
        };
    }

    private static Estimate Clustered(InclusionCell[] cells)
    {
        ClusterSum[] clusters = [.. cells.Select(cell => new ClusterSum(cell.Pairs, Point * (cell.Last - cell.First)))];
        return Estimate.Of("MEAN_CHANGE_CLUSTERED", ClusterMeans.Mean(clusters), clusters)
            .Within(-MostPoints, MostPoints);
    }

    /// <summary>
    /// Shares of those who changed by five points or more within a year, from tables of one municipality and one
    /// calendar year of first answers: years whose every client could have answered for a whole year.
    /// </summary>
    private static EvaluationResult ForOthers(
        EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, DateOnly seenUntil)
    {
        var (tables, withheld) = (new ReleasedYears<(byte Measure, InclusionCell Cell)>(units), false);
        for (var unit = 0; unit < units.Count; unit++)
        {
            foreach (var year in Asked(question, units[unit]).GroupBy(it => (it.Key.Measure, Year: it.Key.Month / 12))
                .OrderBy(it => it.Key))
            {
                if (new DateOnly(year.Key.Year, 12, 31).AddDays(InclusionChange.YearDays) > seenUntil)
                {
                    withheld = true;
                    continue;
                }
                var cell = new InclusionCell();
                foreach (var (_, part) in year)
                {
                    cell.Merge(part);
                }
                if (cell.Better + cell.Same + cell.Worse == 0)
                {
                    continue;
                }
                tables.Add(
                    unit, year.Key.Measure, year.Key.Year, (year.Key.Measure, cell),
                    [(int)cell.Better, (int)cell.Same, (int)cell.Worse]);
            }
        }
        var (told, some) = tables.All();
        return new EvaluationResult(
            [
                .. told.GroupBy(it => it.Table.Measure).OrderBy(it => it.Key).Select(of => Bands(
                    of.Key, [.. of.GroupBy(it => it.Municipality).Select(it => it.Select(own => own.Table.Cell))])),
            ],
            [])
        {
            Withheld = withheld || some,
            Notes = [.. Notes, "From tables of whole years: only the last answers within a year of the first count."],
        };
    }

    private static EvaluationGroup Bands(byte measure, IEnumerable<InclusionCell>[] municipalities)
    {
        var shares = new[]
        {
            ("BETTER_WITHIN_YEAR", (Func<InclusionCell, long>)(cell => cell.Better)),
            ("WORSE_WITHIN_YEAR", cell => cell.Worse),
        };
        return new EvaluationGroup(NameOf(measure), null,
        [
            .. shares.Select(share =>
            {
                ClusterSum[] clusters =
                [
                    .. municipalities.Select(own => new ClusterSum(
                        own.Sum(cell => cell.Better + cell.Same + cell.Worse), own.Sum(share.Item2))),
                ];
                return Estimate.Of(share.Item1, ClusterMeans.Mean(clusters), clusters).AsShare();
            }),
        ]);
    }

    private static IEnumerable<KeyValuePair<InclusionGroup, InclusionCell>> Asked(
        EvaluationQuestion question, EvaluationUnit unit) => unit.Inclusion.Where(it =>
        it.Key.Month >= question.FromMonth && it.Key.Month <= question.ToMonth
        && (question.Age is null || it.Key.Age == question.Age));

    private static string NameOf(byte measure) => MeasureList.Of(measure) is { } known
        ? $"{known.Name} {known.Version}"
        : $"measure {measure}";

    private static IReadOnlyList<string> Notes { get; } =
    [
        "Clients who consented and answered; a change needs scores of two days. Who answers twice is chosen by chance "
        + "least of all: those who left, or fared badly, are missing.",
        "A change is no effect: people come when they are low, and a second answer is nearer the middle by itself.",
    ];
}
