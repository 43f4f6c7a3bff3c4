namespace OsstOrleans.Grains.DropInCentre;

/// <summary>The weekdays that a centre is open from a day on, until the next such period.</summary>
public sealed record OpeningPeriod(DateOnly From)
{
    /// <summary>The weekdays.</summary>
    public IReadOnlyList<Weekday> OpeningDays { get; init => field = value ?? []; } = [];
}

/// <summary>A day that goes otherwise than its weekday.</summary>
/// <param name="Open">Open, or closed.</param>
/// <param name="Reason">Why; never about a person.</param>
public sealed record DayException(bool Open, string? Reason);

/// <summary>What decides whether a centre is open on a day.</summary>
public enum OpeningGround
{
    /// <summary>The weekday.</summary>
    Weekday = 1,

    /// <summary>A mark for this day.</summary>
    Exception = 2,

    /// <summary>Something was counted: an extra opening without a mark.</summary>
    Counted = 3,
}

/// <summary>A day of a centre's calendar.</summary>
/// <param name="Day">The day.</param>
/// <param name="Open">Whether the centre is open.</param>
/// <param name="Ground">What decides it.</param>
/// <param name="Reason">The reason of a mark.</param>
public sealed record CalendarDay(DateOnly Day, bool Open, OpeningGround Ground, string? Reason = null);

/// <summary>Weekly opening days, as they changed over time, and dated exceptions.</summary>
public static class CentreCalendar
{
    /// <summary>The longest part of a calendar in one answer, in days.</summary>
    public const int MostDays = 366;

    /// <summary>The days of a period, both ends included; none before the registration.</summary>
    public static IEnumerable<CalendarDay> Of(DropInCentreState centre, DateOnly from, DateOnly to)
    {
        for (var day = from < centre.RegisteredOn ? centre.RegisteredOn.Value : from; day <= to; day = day.AddDays(1))
        {
            yield return On(centre, day);
        }
    }

    /// <summary>Whether the centre is open on a day, and why.</summary>
    public static CalendarDay On(DropInCentreState centre, DateOnly day) =>
        centre.Exceptions.GetValueOrDefault(day) is { } marked
            ? new CalendarDay(day, marked.Open, OpeningGround.Exception, marked.Reason)
        : IsWeekly(centre, day) ? new CalendarDay(day, true, OpeningGround.Weekday)
        : centre.Days.ContainsKey(day) ? new CalendarDay(day, true, OpeningGround.Counted)
        : new CalendarDay(day, false, OpeningGround.Weekday);

    private static bool IsWeekly(DropInCentreState centre, DateOnly day) =>
        centre.OpeningPeriods.LastOrDefault(period => period.From <= day)?.OpeningDays.Contains(WeekdayOf(day)) is true;

    private static Weekday WeekdayOf(DateOnly day) =>
        day.DayOfWeek is DayOfWeek.Sunday ? Weekday.Sunday : (Weekday)(int)day.DayOfWeek;
}
