namespace OsstOrleans.Dashboard.Words;

/// <summary>The time of day in Finland, which every viewer reads, wherever the server is.</summary>
public static class FinnishClock
{
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki");

    /// <summary>The day there.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);
}
