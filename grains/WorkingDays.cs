namespace OsstOrleans.Grains;

/// <summary>
/// Which days count in a time limit in working days (<em>arkipäivä</em>), by the calendar days of Finland:
/// neither Sundays nor public holidays nor the eves of Christmas and Midsummer. Whether a Saturday counts was not
/// verified, so each municipality decides (<c>SetWorkingDayRule</c>); until it does, none counts.
/// </summary>
/// <param name="SaturdayCounts">True when a Saturday that is no holiday is a working day.</param>
public readonly record struct WorkingDays(bool SaturdayCounts = false)
{
    /// <summary>True on a working day.</summary>
    public bool Contains(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Sunday => false,
        DayOfWeek.Saturday when !SaturdayCounts => false,
        _ => !IsHolidayOrEve(day),
    };

    /// <summary>The day itself, or the first working day after it.</summary>
    public DateOnly OnOrAfter(DateOnly day)
    {
        while (!Contains(day))
        {
            day = day.AddDays(1);
        }
        return day;
    }

    /// <summary>
    /// The last day of a time limit of so many working days; the day that begins it is not counted. "By the 7th
    /// working day after the request" is <c>After(requestedOn, 7)</c>.
    /// </summary>
    public DateOnly After(DateOnly day, int workingDays)
    {
        for (; workingDays > 0; workingDays--)
        {
            day = OnOrAfter(day.AddDays(1));
        }
        return day;
    }

    /// <summary>True on a day on which nothing is open that keeps public holidays.</summary>
    public static bool IsHolidayOrEve(DateOnly day) => FinnishHolidays.Contains(day) || FinnishHolidays.IsEve(day);
}
