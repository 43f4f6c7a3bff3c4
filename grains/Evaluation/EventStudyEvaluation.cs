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
        var arms = ChangeCohorts.Of(question, units, excluded).ByArm;
        var compared = ComparedArms.Of(arms, excluded, Compare);
        return new EvaluationResult(
            [.. arms.Select(arm => GroupOf(arm.Key, ChangeCohorts.Municipalities(arm.Value)))], compared.All)
        {
            Refused = compared.Refused,
            Excluded = excluded.All,
            Notes =
            [
                "A test of the months before that finds nothing is no proof that the arms would have gone alike.",
                "Never more restrictions are tested together than there are municipalities less arms.",
                .. compared.Notes,
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

    private static IReadOnlyList<Estimate> Compare(CommonIndex<IndexCell> common, StudyArm control)
    {
        // Chance decided nothing between municipalities with and without the employment experiment.
        var leads = control is not StudyArm.EmploymentOnly ? null : TestLeads(common);
        var (n, clusters) = (common.N, common.Clusters);
        return
        [
            .. Leads.Where(month => month != Reference).Append(0).Concat(Lags)
                .Select(month => Difference(Name(month), cell => Against(cell, month))),
            Difference("MEAN_EFFECT", cell => Lags.Average(month => Against(cell, month))),
            Difference("PRE_TREND", Slope) with { Note = "change of the difference a month, before the referral" },
            new Estimate("LARGEST_LEAD", null, null, n, clusters)
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
        ];

        Estimate Difference(string measure, Func<IndexCell, double> value)
        {
            var (ones, others) = common.ByMunicipality(cell => value(cell) * cell.Change.Clients);
            var difference = ClusterMeans.Difference(ones, others);
            return Estimate.Of(measure, difference, [.. ones, .. others]) with { N = n, P = difference.P };
        }
    }

    private static (double P, int Assignments)? TestLeads(CommonIndex<IndexCell> common)
    {
        var leads = Leads.Where(month => month != Reference)
            .Select(month => common.Exchangeable(cell => Against(cell, month) * cell.Change.Clients)).ToArray();
        return Permutation.TestLargest(
            Turned([.. leads.Select(it => it.Treated)]), Turned([.. leads.Select(it => it.Control)]));

        static IReadOnlyList<IReadOnlyList<double>> Turned(double[][] byLead) =>
            [.. byLead[0].Select((_, municipality) => byLead.Select(it => it[municipality]).ToArray())];
    }

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
