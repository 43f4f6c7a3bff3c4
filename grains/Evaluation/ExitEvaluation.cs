using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Statistics;
using static OsstOrleans.Grains.Evaluation.CurveEstimates;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// Exit from assistance of clients who were on it in the month of their first Kela referral. See the evaluation's page
/// for what each measure means and when not to believe it.
/// </summary>
public static class ExitEvaluation
{
    private static readonly int[] Quarters = [3, 6, 9, Year];

    /// <param name="question">What is asked.</param>
    /// <param name="units">Municipalities in the order of codes.</param>
    public static EvaluationResult Of(EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units)
    {
        var table = ExitTable.Of(question, units);
        var clients = table.Times.ByArm();
        var arms = clients.ToDictionary(arm => arm.Key, arm => new Survival([.. arm.Value.Select(EveryExit)]));
        var asClosed = clients.ToDictionary(arm => arm.Key, arm => new Survival(arm.Value));
        var isExact = units.All(unit => unit.IsExact);
        var shown = arms.Where(arm => isExact || IsShown(arm.Value)).ToDictionary();
        var compared = ComparedArms.Of(table.Times.Cohorts(), table.Excluded, (common, _) => Compare(common));
        return new EvaluationResult(
            [
                .. shown.OrderBy(arm => arm.Key).Select(arm => GroupOf(
                    arm.Key, arm.Value, isExact ? Ends(arm.Value, asClosed[arm.Key]) : [])),
            ],
            compared.All)
        {
            Excluded = isExact ? table.Excluded.All : [],
            Refused = compared.Refused,
            Withheld = table.Withheld || shown.Count < arms.Count,
            Notes = [.. Notes(question, isExact), .. compared.Notes],
        };
    }

    private static FollowedUp EveryExit(FollowedUp person) =>
        person.End == (int)SpellEnd.ExitAfterClosing ? person with { End = Survival.Event } : person;

    /// <summary>Others than own staff see no arm of few municipalities.</summary>
    private static bool IsShown(Survival arm) =>
        arm.RestrictedMeanByCluster(Year).Count >= EvaluationQuestion.FewestMunicipalities;

    private static EvaluationGroup GroupOf(int arm, Survival curve, IReadOnlyList<Estimate> ends)
    {
        var clusters = curve.RestrictedMeanByCluster(Year).Count;
        StudyArm? named = arm == 0 ? null : (StudyArm)arm;
        return new EvaluationGroup(StudyArms.NameOf(named), named,
        [
            .. Quarters.Select(months => new Estimate(
                $"STILL_ON_{months}", Known(curve, months, curve.At(months)),
                curve.Reaches(months) ? curve.IntervalAt(months) : null, curve.N, clusters)
            {
                Note = curve.Reaches(months) ? "persons taken as independent" : NotFollowed(months),
            }),
            Clustered($"EXITED_{Year}", curve.IncidenceByCluster((int)SpellEnd.Exit, Year), curve, Year).AsShare(),
            .. ends,
            Clustered($"RESTRICTED_MEAN_{Year}", curve.RestrictedMeanByCluster(Year), curve, Year).Within(1, Year),
            Clustered($"RESTRICTED_MEAN_{TwoYears}", curve.RestrictedMeanByCluster(TwoYears), curve, TwoYears)
                .Within(1, TwoYears),
        ])
        {
            Curve =
            [
                .. Enumerable.Range(1, Math.Min(TwoYears, curve.Longest)).Select(month => new CurvePoint(
                    month, curve.AtRisk(month), curve.At(month), curve.Incidence((int)SpellEnd.Exit, month),
                    curve.Reaches(month) ? curve.IntervalAt(month) : null)),
            ],
        };
    }

    /// <summary>What the table for others does not tell: it has exits by quarter, and all others together.</summary>
    /// <param name="curve">With every exit as an exit.</param>
    /// <param name="asClosed">The same, with an exit after the matter was closed as an end of its own.</param>
    private static IReadOnlyList<Estimate> Ends(Survival curve, Survival asClosed)
    {
        var clusters = curve.RestrictedMeanByCluster(Year).Count;
        return
        [
            Of($"EXITED_{Year}_BEFORE_CLOSING", Known(curve, Year, asClosed.Incidence((int)SpellEnd.Exit, Year))) with
            {
                Note = "a lower bound: once the matter is closed no death or move is recorded, and looks like an exit",
            },
            Of($"DIED_{Year}", Known(curve, Year, curve.Incidence((int)SpellEnd.Died, Year))),
            Of($"MOVED_{Year}", Known(curve, Year, curve.Incidence((int)SpellEnd.Moved, Year))),
            Of("MEDIAN", curve.Median()),
            Of("CENSORED_SHARE", curve.N == 0 ? null : (double)curve.Censored / curve.N),
        ];

        Estimate Of(string measure, double? value) => new(measure, value, null, curve.N, clusters);
    }

    private static IReadOnlyList<Estimate> Compare(CommonIndex<IReadOnlyList<FollowedUp>> common)
    {
        var weights = common.ClientWeights();
        var (one, other) = (Curve(common.Treated, weights.Treated), Curve(common.Control, weights.Control));
        var exit = (int)SpellEnd.Exit;
        var logRank = LogRank.Test(common.Months.Select(month => (
            Curve(common.Treated.Where(it => it.Index == month), _ => 1),
            Curve(common.Control.Where(it => it.Index == month), _ => 1))));
        return
        [
            Difference($"EXITED_{Year}", one, other, Year, it => it.IncidenceByCluster(exit, Year))
                .AsShareDifference(),
            Difference($"RESTRICTED_MEAN_{Year}", one, other, Year, it => it.RestrictedMeanByCluster(Year)),
            Difference($"RESTRICTED_MEAN_{TwoYears}", one, other, TwoYears, it => it.RestrictedMeanByCluster(TwoYears)),
            new Estimate("LOG_RANK", logRank?.ChiSquare, null, one.N + other.N, 0)
            {
                P = logRank?.P,
                Note = "within index months; unclustered: persons taken as independent, so it finds too much",
            },
        ];

        static Survival Curve(IEnumerable<Cohort<IReadOnlyList<FollowedUp>>> arm, Func<int, double> weight) =>
            FollowedUpTable.Curve(arm, weight, EveryExit);
    }

    private static IReadOnlyList<string> Notes(EvaluationQuestion question, bool isExact) =>
    [
        $"An exit is {question.Gap} covered months in a row without assistance.",
        "Clients belong to the municipality and arm of their first Kela referral, whatever was done for them.",
        .. isExact
            ? ["Death and moves are ends of their own, no exits."]
            : new[]
            {
                "Computed from tables of quarters without small cells, by municipality and year of the referral. Who "
                    + "died or moved is in them as still on assistance.",
            },
    ];
}
