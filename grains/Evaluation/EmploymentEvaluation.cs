using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Statistics;
using static OsstOrleans.Grains.Evaluation.CurveEstimates;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// Time from the first Kela referral to the first work, study and service towards work (Aalen-Johansen: death, a move
/// and a closing for good compete with them). See the evaluation's page for what each measure means and when not to
/// believe it.
/// </summary>
public static class EmploymentEvaluation
{
    private static readonly int[] Months = [3, 6, Year, TwoYears];

    /// <param name="question">What is asked.</param>
    /// <param name="units">Municipalities in the order of codes.</param>
    /// <param name="today">When the log ends: open cases are followed to the last whole month before it.</param>
    public static EvaluationResult Of(
        EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, DateOnly today)
    {
        var (isExact, last) = (units.All(unit => unit.IsExact), MonthSet.NumberOf(today) - 1);
        var years = isExact ? null : new EmploymentYears(question, units, last);
        EmploymentTable[] tables =
        [
            .. Enum.GetValues<EmploymentPath>().Select(path =>
                EmploymentTable.Of(path, question, units, last, years)),
        ];
        var groups = new List<EvaluationGroup>();
        var compared = new List<(EmploymentPath Path, ComparedArms Arms)>();
        foreach (var (path, table) in Enum.GetValues<EmploymentPath>().Zip(tables))
        {
            var arms = table.Times.ByArm().ToDictionary(arm => arm.Key, arm => new Survival(arm.Value));
            groups.AddRange(arms.OrderBy(arm => arm.Key).Select(arm =>
                GroupOf(path, arm.Key, arm.Value, isExact ? table.Before(arm.Key) : null)));
            compared.Add((path, ComparedArms.Of(
                table.Times.Cohorts(), table.Excluded, (common, _) => Compare(common, isExact))));
        }
        return new EvaluationResult(
            groups,
            [
                .. compared.SelectMany(of => of.Arms.All.Select(one => one with
                {
                    Label = LabelOf(of.Path, one.Label),
                    Against = LabelOf(of.Path, one.Against),
                })),
            ])
        {
            Excluded = isExact ? tables[0].Excluded.All : [], // Each client is once in every table.
            Refused = compared[0].Arms.Refused,
            Withheld = years is { Withheld: true },
            Notes = [.. Notes(isExact), .. compared[0].Arms.Notes],
        };
    }

    /// <param name="path">What can begin.</param>
    /// <param name="arm">The arm; 0 is none.</param>
    /// <param name="curve">Its clients.</param>
    /// <param name="before">Who had begun before; null for others than own staff, whose table has one year and no
    /// more.</param>
    private static EvaluationGroup GroupOf(EmploymentPath path, int arm, Survival curve, long? before)
    {
        StudyArm? named = arm == 0 ? null : (StudyArm)arm;
        return new EvaluationGroup(LabelOf(path, StudyArms.NameOf(named)), named,
        [
            .. Months.Where(months => before is not null || months == Year)
                .Select(months => Clustered($"BEGAN_{months}", Begun(curve, months), curve, months).AsShare()),
            .. before is { } known ? Ends(curve, known) : [],
        ])
        {
            Curve = before is null ? [] :
            [
                .. Enumerable.Range(1, Math.Min(TwoYears, curve.Longest)).Select(month => new CurvePoint(
                    month, curve.AtRisk(month), 1 - Enum.GetValues<PathEnd>().Where(end => end is not PathEnd.Open)
                        .Sum(end => curve.Incidence((int)end, month)),
                    curve.Incidence((int)PathEnd.Began, month), null)),
            ],
        };
    }

    private static IReadOnlyList<Estimate> Ends(Survival curve, long before)
    {
        var clusters = Begun(curve, Year).Count;
        return
        [
            Of($"CLOSED_{Year}", Known(curve, Year, curve.Incidence((int)PathEnd.Closed, Year))),
            Of($"DIED_{Year}", Known(curve, Year, curve.Incidence((int)PathEnd.Died, Year))),
            Of($"MOVED_{Year}", Known(curve, Year, curve.Incidence((int)PathEnd.Moved, Year))),
            Of("CENSORED_SHARE", curve.N == 0 ? null : (double)curve.CensoredBefore(TwoYears) / curve.N),
            Of("BEGAN_BEFORE", curve.N == 0 ? null : (double)before / curve.N) with
            {
                Note = "they are in all estimates: what counts is what begins after the referral",
            },
        ];

        Estimate Of(string measure, double? value) => new(measure, value, null, curve.N, clusters);
    }

    private static IReadOnlyList<Estimate> Compare(CommonIndex<IReadOnlyList<FollowedUp>> common, bool isExact)
    {
        var weights = common.ClientWeights();
        var one = FollowedUpTable.Curve(common.Treated, weights.Treated);
        var other = FollowedUpTable.Curve(common.Control, weights.Control);
        return
        [
            .. Months.Where(months => months == Year || (isExact && months == TwoYears)).Select(months =>
                Difference($"BEGAN_{months}", one, other, months, curve => Begun(curve, months))
                    .AsShareDifference()),
        ];
    }

    private static IReadOnlyList<ClusterSum> Begun(Survival curve, int months) =>
        curve.IncidenceByCluster((int)PathEnd.Began, months);

    private static string LabelOf(EmploymentPath path, string arm) => $"{StudyArms.WordOf(path)}: {arm}";

    private static IReadOnlyList<string> Notes(bool isExact) =>
    [
        "Clients belong to the municipality and arm of their first Kela referral, whatever was done for them.",
        "The index month is the first month. Work is on the open market, subsidised or an own business; a service is "
            + "kuntouttava työtoiminta or työkokeilu; studies lead to a qualification.",
        "Workers record what they learn of: no register says that nothing began. A difference of arms is also one of "
            + "how much is recorded.",
        .. isExact
            ?
            [
                "Death, a move and a closing for good end the waiting; open cases are followed at most 24 months, to "
                    + "the last whole month of the log, and no longer than their municipality recorded work with "
                    + "clients.",
            ]
            : new[]
            {
                "Computed from tables of two numbers without small cells, by municipality and year of the referral: "
                    + "who began within twelve months, and all others.",
            },
    ];
}
