namespace OsstOrleans.Silo.Simulation;

/// <summary>
/// Days on which simulated offices and centres are open: Monday to Friday without the holidays of fixed date. The
/// movable ones (Easter, Ascension, Midsummer) are left in: a simulation, not a calendar for deadlines.
/// </summary>
internal static class WorkingDays
{
    public static bool IsHoliday(DateOnly day) => (day.Month, day.Day) is
        (1, 1) or (1, 6) or (5, 1) or (12, 6) or (12, 24) or (12, 25) or (12, 26);

    public static DateOnly OnOrAfter(DateOnly day)
    {
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || IsHoliday(day))
        {
            day = day.AddDays(1);
        }
        return day;
    }
}
