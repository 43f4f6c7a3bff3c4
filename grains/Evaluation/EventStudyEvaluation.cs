using System.Globalization;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// Share on assistance month by month around the first Kela referral, each month against the one before the referral,
/// with equal weight for each municipality. Leads show whether the arms went alike before; a passed test of them is no
/// proof, so the effect after going on along the earlier trend stands beside. See the evaluation's page.
/// </summary>
public static class EventStudyEvaluation
{
    private const int Reference = -1;

    private static readonly int[] Leads =
        [.. Enumerable.Range(-BenefitOutcome.WindowMonths, BenefitOutcome.WindowMonths)];

    private static readonly int[] Lags = [.. Enumerable.Range(1, BenefitOutcome.WindowMonths)];

    /// <param name="question">What is asked.</param>
    /// <param name="units">Municipalities in the order of codes, exactly.</param>
    public static EvaluationResult Of(EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units)
    {
        var excluded = new Exclusions();
        var arms = new SortedDictionary<int, List<IndexCell>>();
        foreach (var unit in units)
        {
            foreach (var arm in ChangeEvaluation.Years(question, unit, excluded).GroupBy(it => it.Key.Arm))
            {
                var sum = new IndexCell();
                foreach (var (_, year) in arm)
                {
                    sum.Merge(year);
                }
                if (sum.Change.Clients > 0)
                {
                    arms.TryAdd(arm.Key, []);
                    arms[arm.Key].Add(sum);
                }
            }
        }
        return new EvaluationResult(
            [.. arms.Select(arm => GroupOf(arm.Key, arm.Value))],
            [
                .. StudyArms.Compared.Select(pair => Compare(arms, pair.Treated, pair.Control))
                    .OfType<EvaluationComparison>(),
            ])
        {
            Excluded = excluded.All,
            Notes =
            [
                "A test of the months before that finds nothing is no proof that the arms would have gone alike.",
                "Never more restrictions are tested together than there are municipalities less arms.",
            ],
        };
    }

    private static EvaluationGroup GroupOf(int arm, List<IndexCell> cells)
    {
        StudyArm? named = arm == 0 ? null : (StudyArm)arm;
        var n = cells.Sum(cell => (long)cell.Change.Clients);
        return new EvaluationGroup(StudyArms.NameOf(named), named,
        [
            .. Leads.Append(0).Concat(Lags).Select(month => new Estimate(
                Name(month), cells.Average(cell => Share(cell, month)), null, n, cells.Count)),
        ]);
    }

    private static EvaluationComparison? Compare(
        SortedDictionary<int, List<IndexCell>> arms, StudyArm treated, StudyArm control)
    {
        if (!arms.TryGetValue((int)treated, out var one) || !arms.TryGetValue((int)control, out var other)
            || one.Count < EvaluationQuestion.FewestMunicipalities
            || other.Count < EvaluationQuestion.FewestMunicipalities)
        {
            return null;
        }
        // Chance decided nothing between municipalities with and without the employment experiment.
        var leads = control is not StudyArm.EmploymentOnly ? null : Permutation.TestLargest(
            [.. one.Select(AllLeads)], [.. other.Select(AllLeads)]);
        var n = one.Concat(other).Sum(cell => (long)cell.Change.Clients);
        return new EvaluationComparison(StudyArms.NameOf(treated), StudyArms.NameOf(control),
        [
            .. Leads.Where(month => month != Reference).Append(0).Concat(Lags)
                .Select(month => Difference(Name(month), cell => Against(cell, month))),
            Difference("MEAN_EFFECT", cell => Lags.Average(month => Against(cell, month))),
            Difference("PRE_TREND", Slope) with { Note = "change of the difference a month, before the referral" },
            new Estimate("LARGEST_LEAD", null, null, n, one.Count + other.Count)
            {
                P = leads?.P,
                Note = control is not StudyArm.EmploymentOnly
                    ? "assignments are only among municipalities with the employment experiment"
                    : leads is null ? "too many assignments, or too few municipalities"
                    : FormattableString.Invariant($"permutation, {leads.Value.Assignments} assignments"),
            },
            Difference("MEAN_EFFECT_BEYOND_TREND", cell => Lags.Average(month =>
                Against(cell, month) - (Slope(cell) * (month - Reference)))) with
            {
                Note = "the arms' earlier difference in trend is assumed to go on",
            },
        ]);

        Estimate Difference(string measure, Func<IndexCell, double> value)
        {
            ClusterSum[] ones = [.. one.Select(cell => new ClusterSum(1, value(cell)))];
            ClusterSum[] others = [.. other.Select(cell => new ClusterSum(1, value(cell)))];
            var difference = ClusterMeans.Difference(ones, others);
            return Estimate.Of(measure, difference, [.. ones, .. others]) with { N = n, P = difference.P };
        }
    }

    private static IReadOnlyList<double> AllLeads(IndexCell cell) =>
        [.. Leads.Where(month => month != Reference).Select(month => Against(cell, month))];

    private static double Share(IndexCell cell, int month) => (double)cell.OnIn(month) / cell.Change.Clients;

    private static double Against(IndexCell cell, int month) => Share(cell, month) - Share(cell, Reference);

    /// <summary>Least squares over the months before the referral.</summary>
    private static double Slope(IndexCell cell)
    {
        var middle = Leads.Average();
        return Leads.Sum(month => (month - middle) * Share(cell, month))
            / Leads.Sum(month => (month - middle) * (month - middle));
    }

    private static string Name(int month) =>
        string.Create(CultureInfo.InvariantCulture, $"MONTH_{month:+0;-0;0}");
}
