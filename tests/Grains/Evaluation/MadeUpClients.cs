using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Tests.Evaluation;

/// <summary>Adds made-up clients to a municipality.</summary>
internal static class MadeUpClients
{
    /// <summary>The place in the log of what is said of coverage: after all clients have come.</summary>
    public const long Covered = 1_000;

    /// <summary>A municipality with one experiment and covered months.</summary>
    public static EvaluationUnit Unit(string code, Experiment experiment, string from, string through) => new(
        code,
        new MunicipalityState
        {
            Arms =
            [
                new ArmPeriod(
                    experiment is Experiment.Osst ? StudyArm.OsstAndEmployment : StudyArm.EmploymentOnly,
                    new DateOnly(2018, 1, 1), null),
            ],
        },
        CoverageFacts.None.With(new RegisterCoverageRecorded("kela", from, through), Covered))
    {
        IsExact = true,
    };

    /// <summary>Municipalities with more exits and fewer months the higher their number.</summary>
    public static IReadOnlyList<EvaluationUnit> Study(
        int treated, int control, bool reversed = false, string through = "2019-12")
    {
        var units = Enumerable.Range(0, treated + control).Select(i =>
        {
            var unit = Unit($"{100 + i}", i < treated ? Experiment.Osst : Experiment.Employment, "2017-01", through);
            (int Months, int Clients)[] exits = [(2, 10 + i), (7, 12), (11, 9 + (2 * i)), (16, 11)];
            foreach (var (months, clients) in reversed ? exits.Reverse() : exits)
            {
                unit.Exit(months, clients);
            }
            return unit;
        });
        return [.. units];
    }

    /// <summary>So many clients who left assistance after so many months; half of them attended a meeting.</summary>
    public static EvaluationUnit Exit(this EvaluationUnit unit, int months, int clients)
    {
        var book = new OutcomeBook();
        for (var i = 0; i < clients; i++)
        {
            var client = $"{unit.Code}-{months}-{i}-{unit.Spells.Values.Sum()}";
            var reason = i % 2 == 0 ? ReferralReason.Need : ReferralReason.Reduction20;
            var registered = new ClientRegistered(
                unit.Code, new PersonalText("X"), new PersonalText("Y"), 1980, null, null, true);
            book.Apply(client, registered, new DateOnly(2018, 3, 1), 1);
            book.Apply(client, new ReferralReceived(
                "r1", ReferralSource.Kela, reason, 3, null, false, false, false), new DateOnly(2018, 3, 5), 2);
            for (var month = 0; month < months; month++)
            {
                book.Apply(client, new BenefitMonthRecorded(
                    new DateOnly(2018, 3, 1).AddMonths(month).ToString(
                        "yyyy-MM", System.Globalization.CultureInfo.InvariantCulture), 50_000, 0),
                    new DateOnly(2018, 3, 5), 3);
            }
            if (i % 4 < 2)
            {
                book.Apply(
                    client, new MeetingAttended("m1", new DateOnly(2018, 4, 1), null, null), new DateOnly(2018, 4, 1),
                    4);
            }
        }
        book.Settle();
        book.Of(unit.Code)!.AddTo(unit.Cells, unit.Spells);
        book.Of(unit.Code)!.AddTo(unit.Waits);
        return unit;
    }
}
