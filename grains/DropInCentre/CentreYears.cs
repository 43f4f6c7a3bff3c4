using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.DropInCentre;

/// <summary>
/// Records how many different persons visited the centre in a year, where the centre counted them
/// (<em>kävijämäärä</em>). Visits are anonymous and cannot show it. A second count of the same year replaces the first.
/// </summary>
/// <param name="Year">A year that has begun.</param>
/// <param name="Persons">Different persons.</param>
public sealed record RecordYearlyPersons(int Year, int Persons) : IDropInCentreCommand;

/// <summary>The different persons of a year were counted.</summary>
[StoredAs("drop-in-centre.yearly-persons-recorded")]
public sealed record YearlyPersonsRecorded(int Year, int Persons) : IDropInCentreEvent;

/// <summary>
/// A centre's year in numbers. They are outputs (<em>tuotos</em>): they depend on opening days, resources and the kind
/// of work. A number is null where it was not counted or is withheld as a small cell.
/// </summary>
/// <param name="Year">The calendar year.</param>
/// <param name="OpeningDays">Days open by the calendar, until today.</param>
/// <param name="CountedDays">Days with counted visits.</param>
/// <param name="Visits">Visits.</param>
/// <param name="Persons">Different persons, where counted.</param>
/// <param name="Groups">Groups that ran at some time in the year.</param>
/// <param name="Sessions">Group sessions.</param>
/// <param name="Attendance">Participants of all sessions together (<em>osallistumiskerrat</em>).</param>
/// <param name="PeerExpertDays">Peer experts (<em>kokemusasiantuntijat</em>) present, per day and summed.</param>
/// <param name="VolunteerDays">Volunteers present, counted per day and summed.</param>
/// <param name="Withheld">Some number is withheld.</param>
public sealed record CentreYear(
    int Year, int OpeningDays, int CountedDays, int? Visits, int? Persons, int Groups, int Sessions, int? Attendance,
    int PeerExpertDays, int VolunteerDays, bool Withheld = false)
{
    /// <summary>Visits by age band, where asked for; empty when withheld.</summary>
    public IReadOnlyList<AgeBandVisits> AgeBands { get; init => field = value ?? []; } = [];
}

/// <summary>Yearly figures, and the rule for who counts persons.</summary>
public static class CentreYears
{
    /// <summary>The years from the registration to today.</summary>
    public static IReadOnlyList<CentreYear> Of(DropInCentreState centre, DateOnly today) =>
        centre.RegisteredOn is not { } since || since > today ? []
            : [.. Enumerable.Range(since.Year, today.Year - since.Year + 1).Select(year => Of(centre, year, today))];

    internal static Decision Record(DropInCentreState centre, RecordYearlyPersons command, Moment moment) =>
        (Require.Within(command.Year, centre.RegisteredOn!.Value.Year, moment.Today.Year, "year")
            ?? Require.Within(command.Persons, 0, Limits.DailyCount, "persons")) is { } refused ? refused
        : centre.YearlyPersons.TryGetValue(command.Year, out var known) && known == command.Persons ? Decision.Nothing
        : PersonsExceedVisits(centre, command)
            ? Refuse.Field(RejectionCodes.PersonsExceedVisits, "persons", "The year has fewer visits than persons.")
        : Decision.Happened(new YearlyPersonsRecorded(command.Year, command.Persons));

    internal static DropInCentreState Evolve(DropInCentreState centre, YearlyPersonsRecorded happened) => centre with
    {
        YearlyPersons = centre.YearlyPersons.SetItem(happened.Year, happened.Persons),
    };

    private static bool PersonsExceedVisits(DropInCentreState centre, RecordYearlyPersons command) =>
        DaysOf(centre, command.Year).Sum(day => day.Value.Visits ?? 0) is > 0 and var visits
        && command.Persons > visits;

    private static CentreYear Of(DropInCentreState centre, int year, DateOnly today)
    {
        var days = DaysOf(centre, year).Select(day => day.Value).ToList();
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var counted = days.Where(day => day.Visits is not null).ToList();
        return new CentreYear(
            year,
            CentreCalendar.Of(centre, first, last < today ? last : today).Count(day => day.Open),
            counted.Count,
            counted.Count == 0 ? null : counted.Sum(day => day.Visits!.Value),
            centre.YearlyPersons.TryGetValue(year, out var persons) ? persons : null,
            centre.Groups.Count(group => group.StartedOn <= last && (group.EndedOn ?? last) >= first),
            days.Sum(day => day.Sessions),
            days.Sum(day => day.Participants),
            days.Sum(day => day.PeerExperts),
            days.Sum(day => day.Volunteers))
        {
            AgeBands =
            [
                .. counted.SelectMany(day => day.AgeBands).GroupBy(band => band.AgeBand).OrderBy(band => band.Key)
                    .Select(band => new AgeBandVisits(band.Key, band.Sum(one => one.Visits))),
            ],
        };
    }

    private static IEnumerable<KeyValuePair<DateOnly, CentreDay>> DaysOf(DropInCentreState centre, int year) =>
        centre.Days.Where(day => day.Key.Year == year);
}
