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
        var arms = new SortedDictionary<int, List<BaselineTable>>();
        foreach (var unit in units)
        {
            foreach (var (arm, table) in BaselineTable.Of(question, unit))
            {
                arms.TryAdd(arm, []);
                arms[arm].Add(table);
                table.CountInto(excluded, arm == 0 ? null : (StudyArm)arm);
            }
        }
        return new EvaluationResult(
            [.. arms.Select(arm => GroupOf(arm.Key, arm.Value))],
            [
                .. StudyArms.Compared.Select(pair => Compare(
                        pair, Covered(arms, pair.Treated), Covered(arms, pair.Control)))
                    .OfType<EvaluationComparison>(),
            ])
        {
            Excluded = excluded.All,
            Notes =
            [
                "Shares and months are of the covered clients: those in whom an exit or a change could be looked for.",
                "Arms were not drawn by lot: what differs here may make a difference later, and there is more that is "
                    + "not recorded.",
            ],
        };
    }

    private static List<BaselineTable> Covered(SortedDictionary<int, List<BaselineTable>> arms, StudyArm arm) =>
        [.. arms.GetValueOrDefault((int)arm, []).Where(table => table.Covered > 0)];

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

    private static EvaluationComparison? Compare(
        (StudyArm Treated, StudyArm Control) pair, List<BaselineTable> one, List<BaselineTable> other) =>
        one.Count < EvaluationQuestion.FewestMunicipalities || other.Count < EvaluationQuestion.FewestMunicipalities
            ? null
            : new EvaluationComparison(StudyArms.NameOf(pair.Treated), StudyArms.NameOf(pair.Control),
            [
                .. Shares.SelectMany(it => new[]
                {
                    Difference(it.Measure, one, other, it.Count).AsShareDifference(),
                    Standardised(it.Measure, Pooled(one, it.Count), Pooled(other, it.Count)),
                }),
                Difference("MEAN_MONTHS_BEFORE", one, other, it => it.MonthsBefore),
            ]);

    private static Estimate Mean(string measure, List<BaselineTable> tables, Func<BaselineTable, long> count)
    {
        var sums = Sums(tables, count);
        return sums.Length < EvaluationQuestion.FewestMunicipalities
            ? new Estimate(
                measure, ClusterMeans.Mean(sums).Estimate, null, (long)sums.Sum(it => it.N), sums.Length)
            : Estimate.Of(measure, ClusterMeans.Mean(sums), sums);
    }

    private static Estimate Difference(
        string measure, List<BaselineTable> one, List<BaselineTable> other, Func<BaselineTable, long> count)
    {
        var (ones, others) = (Sums(one, count), Sums(other, count));
        return Estimate.Of(measure, ClusterMeans.Difference(ones, others), [.. ones, .. others]);
    }

    private static Estimate Standardised(string measure, Tally one, Tally other)
    {
        var spread = Math.Sqrt(((one.Share!.Value * (1 - one.Share.Value))
            + (other.Share!.Value * (1 - other.Share.Value))) / 2);
        return new Estimate(
            $"{measure}_STANDARDISED", spread > 0 ? (one.Share - other.Share) / spread : null, null,
            one.Of + other.Of, 0);
    }

    private static Tally Pooled(List<BaselineTable> tables, Func<BaselineTable, long> count) =>
        new(tables.Sum(count), tables.Sum(it => it.Covered));

    private static ClusterSum[] Sums(List<BaselineTable> tables, Func<BaselineTable, long> count) =>
        [.. tables.Select(it => new ClusterSum(it.Covered, count(it)))];
}
