using System.Collections.Immutable;
using OsstOrleans.Grains.DropInCentre;

namespace OsstOrleans.Grains.Disclosure;

/// <summary>
/// A drop-in centre's visits as outsiders may see them: callers who are not the municipality's own staff. The days of
/// an ISO week are one table with the week as its total, and the weeks one with the year as its total. A week with a
/// small day is shown by its sum alone, because the choice of hidden days would say something about their numbers.
/// Where the sum says too much, neither the week is shown nor the years that it touches. So no count of 1 to 4 follows
/// from the shown ones.
/// </summary>
public sealed class DisclosedVisits
{
    private const int DaysOfWeek = 7;

    private readonly ImmutableSortedDictionary<DateOnly, CentreDay> _days;

    /// <summary>What is shown of each week with counted visits, by its Monday.</summary>
    private readonly Dictionary<DateOnly, WeekShown> _weeks;

    /// <param name="centre">The centre as its own staff know it.</param>
    public DisclosedVisits(DropInCentreState centre)
    {
        _days = centre.Days;
        _weeks = centre.Days.Where(day => day.Value.Visits is not null)
            .Select(day => CentreWeeks.MondayOf(day.Key)).Distinct()
            .ToDictionary(monday => monday, ShownOf);
    }

    private enum WeekShown
    {
        /// <summary>Each day.</summary>
        Days = 1,

        /// <summary>Its sum alone.</summary>
        Sum = 2,

        /// <summary>Neither.</summary>
        Nothing = 3,
    }

    /// <summary>True when a day's visits may be shown.</summary>
    public bool ShowsDay(DateOnly day) =>
        !_weeks.TryGetValue(CentreWeeks.MondayOf(day), out var shown) || shown is WeekShown.Days;

    /// <summary>True when a year's visits may be shown.</summary>
    public bool ShowsYear(int year) =>
        _weeks.All(week => week.Value is not WeekShown.Nothing || !Touches(week.Key, year))
        && SmallCells.MayShow(_days.Where(day => day.Key.Year == year).Sum(day => day.Value.Visits ?? 0));

    /// <summary>
    /// The days of a period whose weeks may be shown, to be summed by week: a week that the period cuts is left out.
    /// </summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day, which counts.</param>
    /// <returns>All days, those of other weeks without their visits; and whether there were such.</returns>
    public (ImmutableSortedDictionary<DateOnly, CentreDay> Days, bool Withheld) Within(DateOnly from, DateOnly to)
    {
        var withheld = _days.Where(day => day.Key >= from && day.Key <= to && day.Value.Visits is not null
            && !ShowsWeek(CentreWeeks.MondayOf(day.Key), from, to)).ToList();
        return (
            _days.SetItems(withheld.Select(day => KeyValuePair.Create(day.Key, day.Value with { Visits = null }))),
            withheld.Count > 0);
    }

    private bool ShowsWeek(DateOnly monday, DateOnly from, DateOnly to) =>
        _weeks[monday] is not WeekShown.Nothing && monday >= from && to.DayNumber - monday.DayNumber >= DaysOfWeek - 1;

    private WeekShown ShownOf(DateOnly monday)
    {
        Span<int> visits = stackalloc int[DaysOfWeek];
        for (var i = 0; i < DaysOfWeek && monday.DayNumber + i <= DateOnly.MaxValue.DayNumber; i++)
        {
            visits[i] = _days.TryGetValue(monday.AddDays(i), out var day) ? day.Visits ?? 0 : 0;
        }
        if (visits.ToArray().All(count => SmallCells.MayShow(count)))
        {
            return WeekShown.Days;
        }
        // The totals of two years that share a week would give each year's part of it.
        var ofFirstYear = Touches(monday, monday.Year + 1)
            ? new DateOnly(monday.Year + 1, 1, 1).DayNumber - monday.DayNumber
            : DaysOfWeek;
        return SmallCells.MayShowSum(visits[..ofFirstYear]) && SmallCells.MayShowSum(visits[ofFirstYear..])
            ? WeekShown.Sum
            : WeekShown.Nothing;
    }

    private static bool Touches(DateOnly monday, int year) =>
        monday.Year == year || (monday.Year == year - 1 && monday.DayOfYear + DaysOfWeek - 1 > LengthOf(monday.Year));

    private static int LengthOf(int year) => DateTime.IsLeapYear(year) ? 366 : 365;
}
