namespace OsstOrleans.Grains.DropInCentre;

/// <summary>Weeks as ISO 8601 has them.</summary>
public static class CentreWeeks
{
    /// <summary>The Monday of a day's week.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
