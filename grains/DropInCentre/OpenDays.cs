using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.DropInCentre;

/// <summary>Marks one day as open although its weekday is closed: an event, a feast. It may lie ahead.</summary>
/// <param name="Day">The day.</param>
/// <param name="Reason">Why; never about a person.</param>
public sealed record MarkOpenDay(DateOnly Day, string? Reason = null) : IDropInCentreCommand;

/// <summary>Takes an extra open day back; nothing may have been counted on it.</summary>
/// <param name="Day">A day marked as open.</param>
public sealed record UnmarkOpenDay(DateOnly Day) : IDropInCentreCommand;

/// <summary>A day was marked as open.</summary>
[StoredAs("drop-in-centre.open-day-marked", TellsOfNoPerson = true)]
public sealed record OpenDayMarked(DateOnly Day, string? Reason) : IDropInCentreEvent;

/// <summary>An extra open day was taken back.</summary>
[StoredAs("drop-in-centre.open-day-unmarked", TellsOfNoPerson = true)]
public sealed record OpenDayUnmarked(DateOnly Day) : IDropInCentreEvent;

internal static class OpenDays
{
    public static Decision Mark(DropInCentreState centre, MarkOpenDay command, Moment moment)
    {
        var refused = Require.Planned(command.Day, moment, "day") ?? Require.ShortText(command.Reason, "reason");
        return refused is not null ? refused
            : centre.Exceptions.GetValueOrDefault(command.Day) switch
            {
                { Open: true } => Decision.Nothing,
                { } => Refuse.Step(DayMarkedOtherwise, "day", "This day is marked as closed; take that back first."),
                _ when centre.Exceptions.Count >= Limits.CentreDays => Refuse.Limit("day", Limits.CentreDays),
                _ => Decision.Happened(new OpenDayMarked(command.Day, command.Reason)),
            };
    }

    public static Decision Unmark(DropInCentreState centre, UnmarkOpenDay command) =>
        centre.Exceptions.GetValueOrDefault(command.Day) is not { Open: true }
            ? Refuse.Step(DayNotOpen, "day", "This day is not marked as open.")
        : centre.Days.ContainsKey(command.Day)
            ? Refuse.Step(DayAlreadyCounted, "day", "Something was counted on this day, so the centre was open.")
        : Decision.Happened(new OpenDayUnmarked(command.Day));

    public static DropInCentreState Evolve(DropInCentreState centre, OpenDayMarked happened) => centre with
    {
        Exceptions = centre.Exceptions.SetItem(happened.Day, new DayException(true, happened.Reason)),
    };

    public static DropInCentreState Evolve(DropInCentreState centre, OpenDayUnmarked happened) => centre with
    {
        Exceptions = centre.Exceptions.Remove(happened.Day),
    };
}
