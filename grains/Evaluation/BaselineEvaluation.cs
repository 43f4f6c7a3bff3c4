using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// Who is in the estimates and who is not (the numbers of a flow chart), and whether the arms were alike at the index:
/// age, reason and months before. Nothing here happened after the referral. No tests: chance did not make
/// the arms, so a test of it would answer no question (Austin 2009).
/// </summary>
public static class BaselineEvaluation
{
    private static readonly (string Measure, Func<BaselineTable, long> Count)[] Shares =
    [
        .. Enum.GetValues<AgeGroup>().Select(age => (
            $"AGE_{StudyArms.WordOf(age)}", (Func<BaselineTable, long>)(it => it.Ages.GetValueOrDefault(age)))),
        .. Enum.GetValues<ReferralReason>().Select(reason => (
            $"REASON_{StudyArms.WordOf(reason)}",
            (Func<BaselineTable, long>)(it => it.Reasons.GetValueOrDefault(reason)))),
        ("ON_ASSISTANCE", it => it.OnAssistance),
        ("INCIDENT", it => it.Incident),
    ];

    /// <param name="question">What is asked.</param>
    /// <param name="units">Municipalities in the order of codes, exactly.</param>
    public static EvaluationResult Of(EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units)
    {
        var excluded = new Exclusions();
        var arms = new SortedDictionary<int, List<Cohort<BaselineTable>>>();
        for (var municipality = 0; municipality < units.Count; municipality++)
        {
            foreach (var ((arm, month), table) in BaselineTable.Of(question, units[municipality]))
            {
                arms.TryAdd(arm, []);
                arms[arm].Add(new Cohort<BaselineTable>(municipality, month, table.Covered, table));
                table.CountInto(excluded, arm == 0 ? null : (StudyArm)arm);
            }
        }
        var compared = ComparedArms.Of(arms, excluded, (common, _) => Compare(common));
        return new EvaluationResult(
            [.. arms.Select(arm => GroupOf(arm.Key, Municipalities(arm.Value)))], compared.All)
        {
            Refused = compared.Refused,
            Excluded = excluded.All,
            Notes =
            [
                "Shares and months are of the covered clients: those in whom an exit or a change could be looked for.",
                "Arms were not drawn by lot: what differs here may make a difference later, and there is more that is "
                    + "not recorded.",
                .. compared.Notes,
            ],
        };
    }

    private static List<BaselineTable> Municipalities(IEnumerable<Cohort<BaselineTable>> cohorts) =>
    [
        .. cohorts.GroupBy(it => it.Municipality).OrderBy(it => it.Key).Select(of =>
        {
            var sum = new BaselineTable();
            foreach (var cohort in of)
            {
                sum.Merge(cohort.Table);
            }
            return sum;
        }),
    ];

    private static EvaluationGroup GroupOf(int arm, List<BaselineTable> tables)
    {
        StudyArm? named = arm == 0 ? null : (StudyArm)arm;
        List<BaselineTable> covered = [.. tables.Where(table => table.Covered > 0)];
        return new EvaluationGroup(StudyArms.NameOf(named), named,
        [
            .. BaselineTable.Flow.Select(step => new Estimate(
                step.Measure, tables.Sum(step.Count), null, tables.Sum(step.Count), tables.Count)),
            .. covered.Count == 0 ? [] : Shares.Select(it => Mean(it.Measure, covered, it.Count).AsShare()),
            .. covered.Count == 0 ? Array.Empty<Estimate>() :
            [
                Mean("MEAN_MONTHS_BEFORE", covered, it => it.MonthsBefore).Within(0, BenefitOutcome.WindowMonths),
            ],
        ]);
    }

    private static IReadOnlyList<Estimate> Compare(CommonIndex<BaselineTable> common) =>
    [
        .. Shares.SelectMany(it => new[]
        {
            Difference(it.Measure, common, it.Count).AsShareDifference(), Standardised(it.Measure, common, it.Count),
        }),
        Difference("MEAN_MONTHS_BEFORE", common, it => it.MonthsBefore),
    ];

    private static Estimate Mean(string measure, List<BaselineTable> tables, Func<BaselineTable, long> count)
    {
        var sums = Sums(tables, count);
        return sums.Length < EvaluationQuestion.FewestMunicipalities
            ? new Estimate(
                measure, ClusterMeans.Mean(sums).Estimate, null, (long)sums.Sum(it => it.N), sums.Length)
            : Estimate.Of(measure, ClusterMeans.Mean(sums), sums);
    }

    private static Estimate Difference(
        string measure, CommonIndex<BaselineTable> common, Func<BaselineTable, long> count)
    {
        var (ones, others) = common.ByClient(it => count(it));
        return Estimate.Of(measure, ClusterMeans.Difference(ones, others), [.. ones, .. others]) with { N = common.N };
    }

    private static Estimate Standardised(
        string measure, CommonIndex<BaselineTable> common, Func<BaselineTable, long> count)
    {
        var (weights, difference) = (common.ClientWeights(), common.ByClient(it => count(it)));
        var (one, other) = (
            Share(common.Treated, weights.Treated, count), Share(common.Control, weights.Control, count));
        var spread = Math.Sqrt(((one * (1 - one)) + (other * (1 - other))) / 2);
        return new Estimate(
            $"{measure}_STANDARDISED",
            spread > 0 ? ClusterMeans.Difference(difference.Treated, difference.Control).Estimate / spread : null,
            null, common.N, 0);
    }

    private static double Share(
        IReadOnlyList<Cohort<BaselineTable>> arm, Func<int, double> weight, Func<BaselineTable, long> count) =>
        arm.Sum(it => weight(it.Index) * count(it.Table)) / arm.Sum(it => weight(it.Index) * it.N);

    private static ClusterSum[] Sums(List<BaselineTable> tables, Func<BaselineTable, long> count) =>
        [.. tables.Select(it => new ClusterSum(it.Covered, count(it)))];
}
