namespace OsstOrleans.Grains.DropInCentre;

/// <summary>Changes the weekdays the centre is open, from the day it occurred.</summary>
public sealed record ChangeOpeningDays : IDropInCentreCommand
{
    /// <summary>The weekdays it is open; at least one, each once.</summary>
    public IReadOnlyList<Weekday> OpeningDays { get; init => field = value ?? []; } = [];
}

/// <summary>Marks one day as closed: a holiday, illness, moving. It may lie ahead.</summary>
/// <param name="Day">The day; no visits or sessions may have been recorded for it.</param>
/// <param name="Reason">Why; never about a person.</param>
public sealed record MarkClosedDay(DateOnly Day, string? Reason = null) : IDropInCentreCommand;

/// <summary>Takes a closed day back.</summary>
/// <param name="Day">A day marked as closed.</param>
public sealed record UnmarkClosedDay(DateOnly Day) : IDropInCentreCommand;

/// <summary>The opening days changed.</summary>
public sealed record OpeningDaysChanged : IDropInCentreEvent
{
    /// <summary>The weekdays it is open.</summary>
    public IReadOnlyList<Weekday> OpeningDays { get; init => field = value ?? []; } = [];
}

/// <summary>A day was marked as closed.</summary>
public sealed record ClosedDayMarked(DateOnly Day, string? Reason) : IDropInCentreEvent;

/// <summary>A closed day was taken back.</summary>
public sealed record ClosedDayUnmarked(DateOnly Day) : IDropInCentreEvent;
