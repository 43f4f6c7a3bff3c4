using System.Diagnostics;
using System.Globalization;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Evaluation;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Benchmarks;

/// <summary>
/// Evaluations of 300 municipalities while the number of clients grows. The sums are filled straight from made-up
/// events; the change contains the bootstrap's 9 999 draws with its interval, for each of three comparisons.
/// </summary>
internal static class EvaluationBenchmark
{
    private const int Municipalities = 300;
    private const int Questions = 20;
    private const int MostMonths = 18;

    private static readonly Caller Outsider = new(Role.Researcher, "bench", Reach.All);

    private static readonly StudyArm[] Arms = Enum.GetValues<StudyArm>();

    public static async Task<FigureTable> Run()
    {
        var table = new FigureTable("evaluation");
        foreach (var clients in new[] { 20_000, 200_000 })
        {
            await using var place = await Workplace.Open();
            var watch = Stopwatch.StartNew();
            var events = await Fill(place.Silo, clients);
            table.Add(new Figure(
                $"fold of {clients:#,0} clients' events into caseloads and sums", "µs an event",
                [watch.Elapsed.TotalMicroseconds / events]));
            var figures = new Figures(place.Silo.Caseloads);
            var evaluations = new Evaluations(place.Silo.Caseloads, figures);
            foreach (var subject in Enum.GetValues<EvaluationSubject>())
            {
                var question = new EvaluationQuestion(
                    subject, MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2019-12"));
                table.Add(new Figure(
                    $"{subject}, {Municipalities} municipalities, {clients:#,0} clients, p95", "ms",
                    [Slowest(() => evaluations.Exactly(question, null))]));
            }
            var years = new OutcomeScope(
                null, new OutcomePeriod(MonthSet.NumberOf("2018-01"), MonthSet.NumberOf("2019-12"), null));
            foreach (var (name, ask) in new (string, Action)[]
            {
                ("referrals", () => figures.Funnel(Outsider, years)),
                ("goals", () => figures.Avain(Outsider, years)),
                ("exits", () => evaluations.Ask(
                    Outsider, new EvaluationQuestion(EvaluationSubject.Exit, years.Period.FromMonth,
                        years.Period.ToMonth), null)),
            })
            {
                table.Add(new Figure(
                    $"{name} for others, {Municipalities} municipalities, {clients:#,0} clients, p95", "ms",
                    [Slowest(ask)]));
            }
        }
        return table;
    }

    private static double Slowest(Action ask)
    {
        ask();
        var times = new List<double>();
        for (var i = 0; i < Questions; i++)
        {
            var watch = Stopwatch.StartNew();
            ask();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        return times[(int)(Questions * 0.95)];
    }

    private static async Task<long> Fill(Platform silo, int clients)
    {
        var (position, random) = (0L, new Random(7));
        for (var m = 0; m < Municipalities; m++)
        {
            var code = $"{m + 100}";
            var grain = GrainName.Municipality(code);
            await Apply(code, grain, 1, new MunicipalityRegistered($"Kunta {m}", null), new DateOnly(2017, 1, 1));
            await Apply(
                code, grain, 2, new ArmPlaced(Arms[m % Arms.Length], new DateOnly(2018, 1, 1), null),
                new DateOnly(2018, 1, 1));
            for (var month = MonthSet.NumberOf("2015-12"); month <= MonthSet.NumberOf("2019-12"); month++)
            {
                var (text, isDecember) = ($"{new CalendarMonth(month / 12, (month % 12) + 1)}", month % 12 == 11);
                await Apply(code, grain, 4, isDecember
                    ? new PanelValueRecorded(PanelMeasure.Residents, text, 10_000 + (700 * m))
                    : new PanelValueRecorded(PanelMeasure.Unemployed, text, random.Next(300, 400)),
                    new DateOnly(2021, 1, 10));
                await Apply(
                    code, grain, 5, new PanelValueRecorded(PanelMeasure.OnAssistance, text, random.Next(300, 900)),
                    new DateOnly(2021, 1, 10));
            }
        }
        for (var i = 0; i < clients; i++)
        {
            var municipality = $"{(i % Municipalities) + 100}";
            var client = GrainName.Client($"bench-{i}");
            var referred = new DateOnly(2018, 1, 1).AddDays(random.Next(365));
            var version = 0L;
            await Apply(municipality, client, ++version, new ClientRegistered(
                municipality, default, default, 1955 + (i % 45), null, null, true), referred);
            await Apply(municipality, client, ++version, new ReferralReceived(
                "r1", ReferralSource.Kela, (ReferralReason)((i % 8) + 1), 3, null, false, false, false), referred);
            if (i % 2 == 0)
            {
                await Apply(
                    municipality, client, ++version, new MeetingAttended("m1", referred.AddDays(9), null, null),
                    referred.AddDays(9));
            }
            for (var month = random.Next(MostMonths); month >= 0; month--)
            {
                var paid = referred.AddMonths(month - 4).ToString("yyyy-MM", CultureInfo.InvariantCulture);
                await Apply(municipality, client, ++version, new BenefitMonthRecorded(paid, 50_000, 0), referred);
            }
        }
        for (var m = 0; m < Municipalities; m++)
        {
            // Last: a fact of coverage says nothing of clients who come later.
            await Apply(
                $"{m + 100}", GrainName.Municipality($"{m + 100}"), 6,
                new RegisterCoverageRecorded("bench", "2016-12", "2020-12"), new DateOnly(2021, 1, 10));
        }
        silo.Caseloads.CaughtUpTo(position, DateTimeOffset.UnixEpoch.AddYears(51));
        return position;

        ValueTask Apply(string municipality, GrainName grain, long version, IEvent happened, DateOnly day) =>
            silo.Caseloads.Apply(
                new StoredEvent(
                    grain, version, ++position, municipality, "", day, default, default, "", default, default),
                happened);
    }
}
