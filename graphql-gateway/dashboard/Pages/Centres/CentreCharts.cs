using System.Globalization;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Centres;

/// <summary>The charts of drop-in centres in one language: of all of them, or of one.</summary>
public static class CentreCharts
{
    /// <summary>Lines that an eye can keep apart.</summary>
    private const int MostYears = 3;

    /// <summary>A year of fewer weeks is no line beside others; its weeks are in the table.</summary>
    private const int FewestWeeks = 4;

    public static IReadOnlyList<Chart> Of(CentresAnswer all, DateOnly today, Language words)
    {
        var weeks = Weeks(all.DropInMetrics, today, all.Programme, words);
        var missing = NotEachYear(all, words);
        return [missing is null ? weeks : weeks with { Caveats = [missing, .. weeks.Caveats] }];
    }

    public static IReadOnlyList<Chart> Of(
        CentreDetailsAnswer centre, ProgrammeAnswer? programme, DateOnly today, Language words) =>
        [Weeks(centre.Metrics, today, programme, words), Years(centre, words)];

    /// <summary>The weekdays in their order, in words.</summary>
    public static string Weekdays(IReadOnlyList<string> days, Language words) => days.Count == 0
        ? words["centres.noDays"]
        : string.Join(", ", days.Select(day => words.Of("weekday", day)));

    /// <summary>The years of the lines: those of a few weeks at least, or all where there are none.</summary>
    private static IGrouping<int, WeekAnswer>[] YearsOf(DropInAnswer visits)
    {
        var all = visits.Weeks.GroupBy(week => week.Year).OrderBy(year => year.Key).ToArray();
        var whole = all.Where(year => year.Count() >= FewestWeeks).ToArray();
        return [.. (whole.Length > 0 ? whole : all).TakeLast(MostYears)];
    }

    /// <summary>
    /// Centres that did not count in each of the years that are drawn: a year lies lower for that alone. Null for none.
    /// </summary>
    private static string? NotEachYear(CentresAnswer all, Language words)
    {
        var drawn = YearsOf(all.DropInMetrics).Select(year => year.Key).ToArray();
        var some = all.Municipalities.SelectMany(one => one.DropInCentres).Select(centre => (
                centre.Name,
                Years: centre.Years.Where(year => year.CountedDays > 0 && drawn.Contains(year.Year)).ToArray()))
            .Where(one => one.Years.Length > 0 && one.Years.Length < drawn.Length)
            .Select(one => words.Say(
                "centres.onlyIn", ("name", one.Name),
                ("years", string.Join(", ", one.Years.Select(year => Name(year.Year))))))
            .ToArray();
        return some.Length == 0 ? null : words.Say("centres.notEachYear", ("centres", string.Join("; ", some)));
    }

    private static Chart Weeks(
        DropInAnswer visits, DateOnly today, ProgrammeAnswer? programme, Language words)
    {
        var years = YearsOf(visits)
            .Select(year => new YearLine(
                Name(year.Key), year.ToDictionary(week => week.Week, week => (long)week.Visits))).ToArray();
        return new Chart(
            "weeks", words["centres.weeks"], Sentence(visits, today, programme, words),
            new Sheet(
                [words["centres.year"], words["visits.label"], words["unit.visits"]], ["year", "week", "visits"],
                [
                    .. visits.Weeks.Select(week => (IReadOnlyList<Cell>)
                    [
                        Cells.Of(Name(week.Year)), Cells.Number((long)week.Week, words),
                        Cells.Number((long)week.Visits, words),
                    ]),
                ]),
            years.Length == 0 ? null : new YearLines(years, words.Number) { Week = words["centres.isoWeek"] })
        {
            Caveats =
            [
                words["centres.outputs"], words["centres.gaps"],
                .. visits.Withheld ? (string[])[words["visits.withheld"]] : [],
            ],
        };
    }

    private static string Sentence(
        DropInAnswer visits, DateOnly today, ProgrammeAnswer? programme, Language words) =>
        visits.PeakWeek is { } peak && new VisitWeeks(visits.Weeks, today, programme?.EndsOn).Last is { } last
            ? words.Say(
                "centres.sentence", ("visits", visits.Visits), ("days", visits.CountedDays),
                ("mean", words.Number((double)visits.Visits / Math.Max(1, visits.CountedDays), 1)),
                ("peak", OverviewPictures.NameOf(peak, words)), ("most", peak.Visits),
                ("last", OverviewPictures.NameOf(last, words)), ("n", last.Visits))
            : words[visits.Withheld ? "centres.withheld" : "centres.none"];

    private static Chart Years(CentreDetailsAnswer centre, Language words)
    {
        var years = centre.Years.Where(year => year.CountedDays > 0).ToArray();
        var most = Math.Max(1, years.Max(year => year.Visits) ?? 0);
        var bars = years.Select(year => new FunnelBar(
            Name(year.Year), (double)(year.Visits ?? 0) / most,
            FigureWords.Of(Visits(year), words) + " \u00b7 "
                + words.Say("centres.openDays", ("n", year.CountedDays), ("open", year.OpeningDays)),
            null));
        return new Chart(
            "years", words["centres.years"], YearsSentence(years, words), SheetOf(years, words),
            years.Length == 0 ? null : new Funnel([.. bars]))
        {
            Caveats =
            [
                words["centres.persons"], words["centres.outputs"],
                .. years.Any(year => year.Withheld) ? (string[])[words["centres.yearWithheld"]] : [],
            ],
        };
    }

    private static string YearsSentence(CentreYearAnswer[] years, Language words) =>
        years is not [.., var last] ? words["centres.none"] : words.Say(
            "centres.yearSentence", ("year", Name(last.Year)), ("counted", last.CountedDays),
            ("open", last.OpeningDays), ("visits", FigureWords.Of(Visits(last), words)), ("sessions", last.Sessions),
            ("experts", last.PeerExpertDays));

    private static Sheet SheetOf(IEnumerable<CentreYearAnswer> years, Language words) => new(
        [
            words["centres.year"], words["centres.openingDays"], words["centres.countedDays"], words["unit.visits"],
            words["centres.personsHead"], words["centres.groups"], words["centres.sessions"],
            words["centres.attendance"], words["centres.experts"], words["centres.volunteers"],
        ],
        [
            "year", "opening_days", "counted_days", "visits", "persons", "groups", "sessions", "attendance",
            "peer_expert_days", "volunteer_days",
        ],
        [
            .. years.Select(year => (IReadOnlyList<Cell>)
            [
                Cells.Of(Name(year.Year)), Cells.Number((long)year.OpeningDays, words),
                Cells.Number((long)year.CountedDays, words), Cells.Of(Visits(year), words),
                Cells.Of(Unless(year, year.Persons), words), Cells.Number((long)year.Groups, words),
                Cells.Number((long)year.Sessions, words), Cells.Of(Unless(year, year.Attendance), words),
                Cells.Number((long)year.PeerExpertDays, words), Cells.Number((long)year.VolunteerDays, words),
            ]),
        ]);

    public static Figure Visits(CentreYearAnswer year) => Unless(year, year.Visits);

    /// <summary>A number that is not there is withheld, or was not counted.</summary>
    private static Figure Unless(CentreYearAnswer year, int? count) =>
        count is { } known ? Figure.Of((long)known) : year.Withheld ? Figure.Withheld : Figure.NotCounted;

    private static string Name(int year) => year.ToString(CultureInfo.InvariantCulture);
}
