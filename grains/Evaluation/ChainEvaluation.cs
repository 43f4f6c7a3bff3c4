using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Statistics;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>
/// Attendance of the first Kela referral: who came to a meeting of it within 90 days, need-based referrals against
/// those about a reduced basic part (the finding of press release 202/2018). Referrals left without investigation stay
/// in: a client who was never invited did not come. See the evaluation's page.
/// </summary>
public static class ChainEvaluation
{
    private static readonly string[] Labels = ["NEED", "REDUCTION"];

    /// <param name="question">What is asked.</param>
    /// <param name="units">Municipalities in the order of codes.</param>
    /// <param name="seenUntil">The last day of which the log can know: windows that end later are open.</param>
    public static EvaluationResult Of(
        EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, DateOnly seenUntil)
    {
        var excluded = new Exclusions();
        var isExact = units.All(unit => unit.IsExact);
        var (strata, withheld) = StrataOf(question, units, seenUntil, excluded);
        if (!isExact && strata.Count(Says) < EvaluationQuestion.FewestMunicipalities)
        {
            return new EvaluationResult([], []) { Withheld = true, Notes = Notes };
        }
        return new EvaluationResult(
            [
                .. Labels.Select((label, i) => GroupOf(label, strata, i)),
                .. isExact ? ChainSteps.Groups(question, units, seenUntil, new Exclusions()) : [],
            ],
            strata.Count == 0 ? [] : [Compare(strata)])
        {
            Excluded = isExact ? excluded.All : [],
            Withheld = withheld,
            Notes = Notes,
        };
    }

    /// <summary>Each municipality's two tallies; one that may show no year of its own is left out.</summary>
    private static (List<Stratum> Strata, bool Withheld) StrataOf(
        EvaluationQuestion question, IReadOnlyList<EvaluationUnit> units, DateOnly seenUntil, Exclusions excluded)
    {
        var (exact, released, withheld) =
            (new List<(int Municipality, int Arm, Stratum Year)>(), new ReleasedYears<Stratum>(units), false);
        for (var municipality = 0; municipality < units.Count; municipality++)
        {
            foreach (var (index, year) in Years(question, units[municipality], seenUntil, excluded))
            {
                if (units[municipality].IsExact)
                {
                    exact.Add((municipality, 0, year));
                }
                else if (IsOver(index, seenUntil))
                {
                    released.Add(municipality, 0, index, year, Persons(year.One), Persons(year.Other));
                }
                else
                {
                    withheld = true;
                }
            }
        }
        var (told, some) = released.All();
        var strata = exact.Concat(told.Select(it => (it.Municipality, it.Arm, it.Table)))
            .GroupBy(year => year.Municipality)
            .Select(of => (units[of.Key].IsExact, Sum: of.Aggregate(
                new Stratum(), (sum, it) => new Stratum(Plus(sum.One, it.Item3.One), Plus(sum.Other, it.Item3.Other)))))
            .Where(of => of.IsExact ? of.Sum.One.Of + of.Sum.Other.Of > 0 : Says(of.Sum));
        return ([.. strata.Select(of => of.Sum)], withheld || some);
    }

    private static SortedDictionary<int, Stratum> Years(
        EvaluationQuestion question, EvaluationUnit unit, DateOnly seenUntil, Exclusions excluded)
    {
        var years = new SortedDictionary<int, Stratum>();
        foreach (var (group, cell) in unit.Cells.Where(it => question.Takes(it.Key)))
        {
            var isNeed = group.Reason is ReferralReason.Need;
            if (!isNeed && group.Reason is not (ReferralReason.Reduction20 or ReferralReason.Reduction40))
            {
                continue;
            }
            if (!IsSeen(group.Month, seenUntil))
            {
                excluded.Count(ExclusionReason.WindowOpen, unit.ArmIn(group.Month), cell.Clients);
                continue;
            }
            var came = new Tally(cell.Attended, cell.Clients);
            var year = years.GetValueOrDefault(group.Month / 12);
            years[group.Month / 12] = isNeed
                ? year with { One = Plus(year.One, came) }
                : year with { Other = Plus(year.Other, came) };
        }
        return years;
    }

    private static EvaluationGroup GroupOf(string label, List<Stratum> strata, int which)
    {
        Tally[] tallies = [.. strata.Select(it => which == 0 ? it.One : it.Other).Where(it => it.Of > 0)];
        var all = tallies.Aggregate(new Tally(), Plus);
        ClusterSum[] clusters = [.. tallies.Select(it => new ClusterSum(it.Of, it.Count))];
        List<Estimate> estimates =
        [
            new("ATTENDED_90", all.Share, Proportions.Wilson(all), all.Of, clusters.Length)
            {
                Note = "persons taken as independent",
            },
        ];
        if (clusters.Length >= EvaluationQuestion.FewestMunicipalities)
        {
            estimates.Add(Estimate.Of("ATTENDED_90_CLUSTERED", ClusterMeans.Mean(clusters), clusters).AsShare());
        }
        return new EvaluationGroup(label, null, estimates);
    }

    private static EvaluationComparison Compare(List<Stratum> strata)
    {
        var saying = strata.Count(Says);
        var (one, other) = strata.Where(Says).Aggregate(
            (One: new Tally(), Other: new Tally()),
            (sum, it) => (Plus(sum.One, it.One), Plus(sum.Other, it.Other)));
        var difference = Proportions.MantelHaenszel(strata);
        List<Estimate> estimates =
        [
            new Estimate(
                "RISK_DIFFERENCE_MANTEL_HAENSZEL", difference?.Estimate,
                saying >= EvaluationQuestion.FewestMunicipalities && difference?.Interval() is { } interval
                    ? interval with { Method = "Mantel-Haenszel, HC2 over municipalities, t" }
                    : null,
                one.Of + other.Of, saying)
            {
                P = saying < EvaluationQuestion.FewestMunicipalities ? null : difference?.P,
                DegreesOfFreedom = difference is { DegreesOfFreedom: > 0 } it ? it.DegreesOfFreedom : null,
                SmallestDetectable =
                    saying < EvaluationQuestion.FewestMunicipalities ? null : difference?.SmallestDetectable,
            }.AsShareDifference(),
        ];
        if (strata.Count == 1)
        {
            estimates.Add(new Estimate(
                "RISK_DIFFERENCE", one.Share - other.Share, Proportions.Newcombe(one, other), one.Of + other.Of, 1)
            {
                Note = "persons taken as independent",
            });
        }
        return new EvaluationComparison(Labels[0], Labels[1], estimates);
    }

    /// <summary>A municipality in which only one kind of referral came compares nothing.</summary>
    private static bool Says(Stratum stratum) => stratum is { One.Of: > 0, Other.Of: > 0 };

    /// <summary>True when nobody referred in the month can still come within the window.</summary>
    private static bool IsSeen(int month, DateOnly seenUntil) =>
        MonthSet.FirstDayOf(month + 1).AddDays(FollowUp.AttendanceDays - 1) <= seenUntil;

    /// <summary>A year that grows by a month would show each month as the difference of two days.</summary>
    private static bool IsOver(int year, DateOnly seenUntil) => IsSeen(MonthSet.LastOf(year), seenUntil);

    private static int[] Persons(Tally tally) => [(int)tally.Count, (int)(tally.Of - tally.Count)];

    private static Tally Plus(Tally one, Tally other) => new(one.Count + other.Count, one.Of + other.Of);

    private static IReadOnlyList<string> Notes { get; } =
    [
        "Only the first Kela referral of a client, with its repeated notices within a month as one.",
        "A difference between reasons is no effect of the reason: different people get different referrals.",
    ];
}
