using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Hosting;

/// <summary>What every grain's host needs; one per process.</summary>
public sealed record HostServices(IEventStore Store, MasterKey MasterKey, TimeProvider Time)
{
    /// <summary>The code systems in use.</summary>
    public CodeRegister Codes { get; init; } = CodeRegister.BuiltIn;

    private static readonly TimeZoneInfo Finland = TimeZoneInfo.FindSystemTimeZoneById("Europe/Helsinki");

    /// <summary>What the grains of this process do.</summary>
    public GrainFigures Figures { get; } = new();

    /// <summary>Now, and the calendar day that it is in Finland.</summary>
    public (DateTimeOffset Now, DateOnly Today) Clock()
    {
        var now = Time.GetUtcNow();
        return (now, DayOf(now));
    }

    /// <summary>The calendar day of an instant in Finland.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Finland).DateTime);

    /// <summary>The instant at which a calendar day begins in Finland.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return day == DateOnly.MinValue // In Finland it began before the first instant that can be told.
            ? DateTimeOffset.MinValue
            : new DateTimeOffset(midnight, Finland.GetUtcOffset(midnight));
    }

    /// <summary>The time until the next calendar day begins in Finland; more than nothing.</summary>
    public TimeSpan UntilTomorrow()
    {
        var (now, today) = Clock();
        var midnight = today.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Finland.GetUtcOffset(midnight)) - now;
    }
}
