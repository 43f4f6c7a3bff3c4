using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>Made-up clients by when they first began work, study and services; the index month is 2018-03.</summary>
internal static class MadeUpEmployment
{
    private static readonly IndexGroup Group = new(
        MonthSet.NumberOf("2018-03"), AgeGroup.From25To54, ReferralReason.Need);

    /// <summary>So many clients more whose waiting ended so, in every path.</summary>
    public static EvaluationUnit Add(this EvaluationUnit unit, PathEnd end, int months, int clients)
    {
        foreach (var path in Enum.GetValues<EmploymentPath>())
        {
            unit.Employment.Ends.Count(new PathKey(Group, path, months, end), clients);
        }
        return unit;
    }

    /// <summary>So many of them had begun such things before.</summary>
    public static EvaluationUnit AddBefore(this EvaluationUnit unit, int clients)
    {
        foreach (var path in Enum.GetValues<EmploymentPath>())
        {
            unit.Employment.Before.Count((Group, path), clients);
        }
        return unit;
    }

    /// <summary>Municipalities in which more begin, and other ends come, the higher their number.</summary>
    public static IReadOnlyList<EvaluationUnit> Study(int treated, int control) =>
    [
        .. Enumerable.Range(0, treated + control).Select(i => MadeUpClients.Unit(
                $"{100 + i}", i < treated ? Experiment.Osst : Experiment.Employment, "2017-01", "2020-12")
            .Add(PathEnd.Began, 2, 5 + i).Add(PathEnd.Began, 7, 9).Add(PathEnd.Began, 15, 6 + (i % 3))
            .Add(PathEnd.Died, 4, 1 + (i % 2)).Add(PathEnd.Moved, 9, 3).Add(PathEnd.Closed, 6, 10 + i)
            .Add(PathEnd.Closed, 20, 2).Add(PathEnd.Open, 0, 40 + (3 * i)).AddBefore(2)),
    ];
}
