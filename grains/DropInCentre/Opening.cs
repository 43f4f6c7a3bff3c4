using static OsstOrleans.Grains.RejectionCodes;

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
[StoredAs("drop-in-centre.opening-days-changed", TellsOfNoPerson = true)]
public sealed record OpeningDaysChanged : IDropInCentreEvent
{
    /// <summary>The weekdays it is open.</summary>
    public IReadOnlyList<Weekday> OpeningDays { get; init => field = value ?? []; } = [];
}

/// <summary>A day was marked as closed.</summary>
[StoredAs("drop-in-centre.closed-day-marked", TellsOfNoPerson = true)]
public sealed record ClosedDayMarked(DateOnly Day, string? Reason) : IDropInCentreEvent;

/// <summary>A closed day was taken back.</summary>
[StoredAs("drop-in-centre.closed-day-unmarked", TellsOfNoPerson = true)]
public sealed record ClosedDayUnmarked(DateOnly Day) : IDropInCentreEvent;

internal static class Opening
{
    public static Decision Change(DropInCentreState centre, ChangeOpeningDays command, Moment moment) =>
        ValidDays(command.OpeningDays) is { } refused ? refused
        : Sorted(command.OpeningDays).SequenceEqual(DaysOn(centre, moment.OccurredOn)) ? Decision.Nothing
        : centre.OpeningPeriods.Count >= Limits.OpeningPeriods
            ? Refuse.Limit("openingDays", Limits.OpeningPeriods)
        : Decision.Happened(new OpeningDaysChanged { OpeningDays = Sorted(command.OpeningDays) });

    public static Decision Close(DropInCentreState centre, MarkClosedDay command, Moment moment)
    {
        var refused = Require.Planned(command.Day, moment, "day") ?? Require.ShortText(command.Reason, "reason");
        return refused is not null ? refused
            : centre.ClosedDays.Contains(command.Day) ? Decision.Nothing
            : centre.Exceptions.GetValueOrDefault(command.Day) is { Open: true }
                ? Refuse.Step(DayMarkedOtherwise, "day", "This day is marked as open; take that back first.")
            : centre.Days.ContainsKey(command.Day)
                ? Refuse.Step(DayAlreadyCounted, "day", "Something was counted on this day, so the centre was open.")
            : centre.ClosedDays.Count >= Limits.CentreDays ? Refuse.Limit("day", Limits.CentreDays)
            : Decision.Happened(new ClosedDayMarked(command.Day, command.Reason));
    }

    public static Decision Reopen(DropInCentreState centre, UnmarkClosedDay command) =>
        centre.ClosedDays.Contains(command.Day)
            ? Decision.Happened(new ClosedDayUnmarked(command.Day))
            : Refuse.Step(DayNotClosed, "day", "This day is not marked as closed.");

    /// <summary>
    /// Anything counted needs an open centre. A weekday that is usually closed may be an extra opening.
    /// </summary>
    public static Rejection? OpenOn(DropInCentreState centre, DateOnly day) =>
        centre.ClosedDays.Contains(day)
            ? Refuse.Step(ClosedDay, "occurredOn", "The centre was closed that day.")
            : centre.Days.Count >= Limits.CentreDays && !centre.Days.ContainsKey(day)
            ? Refuse.Limit("occurredOn", Limits.CentreDays)
            : null;

    public static Rejection? ValidDays(IReadOnlyList<Weekday> days) =>
        Require.Some(days, "openingDays")
        ?? Require.Each(days, "openingDays", Require.Member)
        ?? Require.Distinct(days, day => day, "openingDays");

    private static IReadOnlyList<Weekday> DaysOn(DropInCentreState centre, DateOnly day) =>
        centre.OpeningPeriods.LastOrDefault(period => period.From <= day)?.OpeningDays ?? [];

    public static IReadOnlyList<Weekday> Sorted(IReadOnlyList<Weekday> days) => [.. days.Order()];

    /// <summary>Recorded late, a change applies from its day to the next one known.</summary>
    public static DropInCentreState Evolve(DropInCentreState centre, OpeningDaysChanged happened, DateOnly on)
    {
        OpeningPeriod[] periods =
        [
            .. centre.OpeningPeriods.Where(period => period.From < on),
            new OpeningPeriod(on) { OpeningDays = happened.OpeningDays },
            .. centre.OpeningPeriods.Where(period => period.From > on),
        ];
        return centre with { OpeningDays = periods[^1].OpeningDays, OpeningPeriods = periods };
    }

    public static DropInCentreState Evolve(DropInCentreState centre, ClosedDayMarked happened) => centre with
    {
        ClosedDays = [.. centre.ClosedDays.Append(happened.Day).Order()],
        Exceptions = centre.Exceptions.SetItem(happened.Day, new DayException(false, happened.Reason)),
    };

    public static DropInCentreState Evolve(DropInCentreState centre, ClosedDayUnmarked happened) => centre with
    {
        ClosedDays = [.. centre.ClosedDays.Where(day => day != happened.Day)],
        Exceptions = centre.Exceptions.Remove(happened.Day),
    };
}
