using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
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
        var cohorts = ChangeCohorts.Of(question, units, excluded);
        var arms = cohorts.ByArm.ToDictionary(arm => arm.Key, arm => ChangeCohorts.Municipalities(arm.Value));
        var shown = arms.Where(arm => isExact || arm.Value.Count >= EvaluationQuestion.FewestMunicipalities)
            .ToDictionary();
        var compared = ComparedArms.Of(cohorts.ByArm, excluded, (common, control) => isExact
            ? Differences(common, control)
            : [Difference("FEWER_MONTHS_SHARE", common, common.ByClient(it => it.Fewer)).AsShareDifference()]);
        return new EvaluationResult(
            [
                .. shown.OrderBy(arm => arm.Key)
                    .Select(arm => isExact ? Exact(arm.Key, arm.Value) : Released(arm.Key, arm.Value)),
            ],
            compared.All)
        {
            Excluded = isExact ? excluded.All : [],
            Refused = compared.Refused,
            Withheld = cohorts.Withheld || shown.Count < arms.Count,
            Notes = [.. Notes(isExact), .. compared.Notes],
        };
    }

    /// <summary>
    /// What others than own staff may see of each arm, as counts: from the same tables as their estimates, and only
    /// where three municipalities of the arm have one.
    /// </summary>
    public static (Dictionary<StudyArm, IndexCell> ByArm, bool Withheld) ReleasedByArm(
        EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units)
    {
        var (arms, withheld) = ChangeCohorts.Of(
            question, [.. units.Select(unit => unit with { IsExact = false })], new Exclusions());
        var shown = new Dictionary<StudyArm, IndexCell>();
        foreach (var (arm, cohorts) in arms)
        {
            var cells = ChangeCohorts.Municipalities(cohorts);
            withheld |= cells.Count < EvaluationQuestion.FewestMunicipalities;
            if (cells.Count >= EvaluationQuestion.FewestMunicipalities)
            {
                cells.ForEach(shown.CellOf((StudyArm)arm).Merge);
            }
        }
        return (shown, withheld);
    }

    private static EvaluationGroup Exact(int arm, List<IndexCell> cells)
    {
        StudyArm? named = arm == 0 ? null : (StudyArm)arm;
        var n = cells.Sum(cell => (long)cell.Change.Clients);
        return new EvaluationGroup(StudyArms.NameOf(named), named,
        [
            Mean(Primary, [.. Changes(cells).Select(it => it.AsOne)], n),
            Mean("MEAN_CHANGE", Changes(cells), n),
            MonthsOf("MEAN_BEFORE", cells, n, it => it.MonthsBefore),
            MonthsOf("MEAN_AFTER", cells, n, it => it.MonthsAfter),
            .. ChangeBounds.Of(cells, Primary, "MEAN_CHANGE"),
            new Estimate(
                "CLOSED_IN_WINDOW", (double)cells.Sum(cell => (long)cell.Closed) / n, null, n, cells.Count)
            {
                Note = "share whose matter was closed: a death or a move after it is not known, and counts as months "
                    + "without assistance",
            },
        ]);
    }

    private static Estimate MonthsOf(string measure, List<IndexCell> cells, long n, Func<BenefitOutcome, long> months)
    {
        var mean = Mean(measure, [.. cells.Select(it => new ClusterSum(it.Change.Clients, months(it.Change)))], n);
        return mean.Within(0, BenefitOutcome.WindowMonths);
    }

    private static EvaluationGroup Released(int arm, List<IndexCell> cells) =>
        new(StudyArms.NameOf((StudyArm)arm), (StudyArm)arm,
        [
            Mean("FEWER_MONTHS_SHARE", [.. cells.Select(it => new ClusterSum(it.Change.Clients, it.Fewer))],
                cells.Sum(cell => (long)cell.Change.Clients)).AsShare(),
            Mean("MORE_MONTHS_SHARE", [.. cells.Select(it => new ClusterSum(it.Change.Clients, it.More))],
                cells.Sum(cell => (long)cell.Change.Clients)).AsShare(),
        ]);

    private static IReadOnlyList<Estimate> Differences(CommonIndex<IndexCell> common, StudyArm control)
    {
        var (treated, controls) = common.ByClient(Change);
        var bootstrap = new WildBootstrap(treated, controls);
        var weighted = ClusterMeans.Difference(treated, controls);
        List<Estimate> all =
        [
            Difference(Primary, common, common.ByMunicipality(Change)),
            Difference("MEAN_CHANGE", common, (treated, controls)),
            new("MEAN_CHANGE_BOOTSTRAP", weighted.Estimate, bootstrap.Invert(weighted), common.N, common.Clusters)
            {
                P = bootstrap.P(),
                Note = $"{WildBootstrap.UsualDraws} draws of a fixed seed",
            },
        ];
        // Chance decided nothing between municipalities with and without the employment experiment.
        var (ones, others) = common.Exchangeable(Change);
        if (control is StudyArm.EmploymentOnly && Permutation.Test(ones, others) is { } permuted)
        {
            all.Add(new Estimate("PERMUTATION", all[0].Value, null, common.N, common.Clusters)
            {
                P = permuted.P,
                Note = $"{permuted.Assignments} assignments; the smallest p is 1/{permuted.Assignments}",
            });
        }
        return [.. all, .. ChangeBounds.Of(common, Primary)];
    }

    private static Estimate Difference(
        string measure, CommonIndex<IndexCell> common, (ClusterSum[] Treated, ClusterSum[] Control) sums)
    {
        var difference = ClusterMeans.Difference(sums.Treated, sums.Control);
        return Estimate.Of(measure, difference, [.. sums.Treated, .. sums.Control]) with
        {
            N = common.N,
            P = difference.P,
            SmallestDetectable = difference.SmallestDetectable,
        };
    }

    private static double Change(IndexCell cell) => cell.Change.MonthsAfter - cell.Change.MonthsBefore;

    private static Estimate Mean(string measure, IReadOnlyList<ClusterSum> clusters, long n) =>
        clusters.Count < EvaluationQuestion.FewestMunicipalities
            ? new Estimate(measure, ClusterMeans.Mean(clusters).Estimate, null, n, clusters.Count)
            : Estimate.Of(measure, ClusterMeans.Mean(clusters), clusters) with { N = n };

    private static ClusterSum[] Changes(List<IndexCell> cells) =>
        [.. cells.Select(it => new ClusterSum(it.Change.Clients, it.Change.MonthsAfter - it.Change.MonthsBefore))];

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
