namespace OsstOrleans.Dashboard.Words;

/// <summary>The time of day in Finland, which every viewer reads, wherever the server is.</summary>
internal static class FinnishClock
{
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki");
}
