namespace OsstOrleans.Grains.DropInCentre;

/// <summary>
/// Counts visitors at the door as they come: anonymous, one call for each press of the button, thousands a day. It adds
/// to the day's count; a day's total recorded afterwards (<c>recordVisits</c>) replaces what the door had counted. A
/// retry by the same <c>commandId</c> counts nothing.
/// </summary>
/// <param name="Visits">How many came; at least one.</param>
/// <param name="AgeBand">Their age band, where the centre asks for it.</param>
public sealed record CountVisits(int Visits, AgeBand? AgeBand = null) : IDropInCentreCommand;

/// <summary>Visitors were counted at the door.</summary>
[StoredAs("drop-in-centre.visits-counted")]
public sealed record VisitsCounted(int Visits, AgeBand? AgeBand) : IDropInCentreEvent;

/// <summary>The cost of a count does not grow with the visits counted before: a day keeps sums.</summary>
internal static class DoorCounts
{
    public static Decision Count(DropInCentreState centre, CountVisits command, Moment moment)
    {
        var sofar = centre.Days.GetValueOrDefault(moment.OccurredOn)?.Visits ?? 0;
        // The message names the day's limit: what is left of it would show how many came.
        var refused = Require.Within(command.Visits, 1, Limits.DailyCount, "visits")
            ?? (sofar + command.Visits > Limits.DailyCount ? Refuse.Limit("visits", Limits.DailyCount) : null)
            ?? Require.OptionalMember(command.AgeBand, "ageBand")
            ?? Opening.OpenOn(centre, moment.OccurredOn);
        return refused is not null ? refused : Decision.Happened(new VisitsCounted(command.Visits, command.AgeBand));
    }

    public static DropInCentreState Evolve(DropInCentreState centre, VisitsCounted happened, DateOnly on) =>
        Visits.Change(centre, on, day => day with
        {
            Visits = (day.Visits ?? 0) + happened.Visits,
            AgeBands = happened.AgeBand is not { } band ? day.AgeBands
                :
                [
                    .. day.AgeBands.Where(known => known.AgeBand < band),
                    new AgeBandVisits(
                        band, happened.Visits + day.AgeBands.Where(known => known.AgeBand == band).Sum(k => k.Visits)),
                    .. day.AgeBands.Where(known => known.AgeBand > band),
                ],
        });
}
