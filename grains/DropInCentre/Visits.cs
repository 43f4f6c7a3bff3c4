using System.Collections.Immutable;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.DropInCentre;

/// <summary>Coarse age of visitors, where the centre asks for it.</summary>
public enum AgeBand
{
    /// <summary>Under 18 years.</summary>
    Under18 = 1,

    /// <summary>18 to 24 years.</summary>
    From18To24 = 2,

    /// <summary>25 to 39 years.</summary>
    From25To39 = 3,

    /// <summary>40 to 64 years.</summary>
    From40To64 = 4,

    /// <summary>65 years and over.</summary>
    Over64 = 5,
}

/// <summary>Visits of one age band.</summary>
/// <param name="AgeBand">The band.</param>
/// <param name="Visits">Visits in all that day; a person who comes twice counts twice.</param>
public sealed record AgeBandVisits(AgeBand AgeBand, int Visits);

/// <summary>
/// Records the day's visits, an anonymous count. The day it occurred is the day counted; a second count of the same
/// day corrects the first.
/// </summary>
/// <param name="Visits">Visits in all that day; a person who comes twice counts twice.</param>
public sealed record RecordVisits(int Visits) : IDropInCentreCommand
{
    /// <summary>Visits by age band, each band at most once, together at most Visits.</summary>
    public IReadOnlyList<AgeBandVisits> AgeBands { get; init => field = value ?? []; } = [];
}

/// <summary>
/// Records how many peer experts (<em>kokemusasiantuntijat</em>) and volunteers helped that day. A second count of the
/// same day replaces the first.
/// </summary>
/// <param name="PeerExperts">Peer experts present.</param>
/// <param name="Volunteers">Volunteers present.</param>
public sealed record RecordHelpers(int PeerExperts, int Volunteers) : IDropInCentreCommand;

/// <summary>The visits of a day were counted.</summary>
/// <param name="Visits">Visits in all.</param>
/// <param name="PreviousVisits">The earlier count this one corrects; null for the first count of the day.</param>
[StoredAs("drop-in-centre.visits-recorded")]
public sealed record VisitsRecorded(int Visits, int? PreviousVisits) : IDropInCentreEvent
{
    /// <summary>Visits by age band.</summary>
    public IReadOnlyList<AgeBandVisits> AgeBands { get; init => field = value ?? []; } = [];
}

/// <summary>The helpers of a day were counted.</summary>
[StoredAs("drop-in-centre.helpers-recorded", TellsOfNoPerson = true)]
public sealed record HelpersRecorded(int PeerExperts, int Volunteers) : IDropInCentreEvent;

/// <summary>What was counted on one day.</summary>
/// <param name="Visits">Visits; null when not counted.</param>
/// <param name="PeerExperts">Peer experts present.</param>
/// <param name="Volunteers">Volunteers present.</param>
/// <param name="Sessions">Group sessions held.</param>
/// <param name="Participants">Participants of those sessions.</param>
public sealed record CentreDay(
    int? Visits = null, int PeerExperts = 0, int Volunteers = 0, int Sessions = 0, int Participants = 0)
{
    /// <summary>Visits by age band.</summary>
    public ImmutableArray<AgeBandVisits> AgeBands { get; init; } = [];
}

internal static class Visits
{
    public static Decision Record(DropInCentreState centre, RecordVisits command, Moment moment)
    {
        var refused = Require.Within(command.Visits, 0, Limits.DailyCount, "visits")
            ?? Bands(command)
            ?? Opening.OpenOn(centre, moment.OccurredOn);
        if (refused is not null)
        {
            return refused;
        }
        var known = centre.Days.GetValueOrDefault(moment.OccurredOn);
        return known?.Visits == command.Visits && known.AgeBands.SequenceEqual(command.AgeBands)
            ? Decision.Nothing
            : Decision.Happened(new VisitsRecorded(command.Visits, known?.Visits) { AgeBands = command.AgeBands });
    }

    public static Decision Record(DropInCentreState centre, RecordHelpers command, Moment moment)
    {
        var refused = Require.Within(command.PeerExperts, 0, Limits.DailyCount, "peerExperts")
            ?? Require.Within(command.Volunteers, 0, Limits.DailyCount, "volunteers")
            ?? Opening.OpenOn(centre, moment.OccurredOn);
        return refused is not null ? refused
            : centre.Days.GetValueOrDefault(moment.OccurredOn) is { } day
                && day.PeerExperts == command.PeerExperts && day.Volunteers == command.Volunteers ? Decision.Nothing
            : Decision.Happened(new HelpersRecorded(command.PeerExperts, command.Volunteers));
    }

    public static DropInCentreState Evolve(DropInCentreState centre, VisitsRecorded happened, DateOnly on) =>
        Change(centre, on, day => day with { Visits = happened.Visits, AgeBands = [.. happened.AgeBands] });

    public static DropInCentreState Evolve(DropInCentreState centre, HelpersRecorded happened, DateOnly on) =>
        Change(centre, on, day => day with { PeerExperts = happened.PeerExperts, Volunteers = happened.Volunteers });

    /// <summary>The state with one day's counts changed.</summary>
    public static DropInCentreState Change(DropInCentreState centre, DateOnly on, Func<CentreDay, CentreDay> change) =>
        centre with { Days = centre.Days.SetItem(on, change(centre.Days.GetValueOrDefault(on) ?? new CentreDay())) };

    private static Rejection? Bands(RecordVisits command) =>
        Require.Each(
            command.AgeBands,
            "ageBands",
            (band, at) => Require.Member(band.AgeBand, $"{at}.ageBand")
                ?? Require.Within(band.Visits, 0, Limits.DailyCount, $"{at}.visits"))
        ?? Require.Distinct(command.AgeBands, band => band.AgeBand, "ageBands")
        ?? (command.AgeBands.Sum(band => band.Visits) > command.Visits
            ? Refuse.Field(AgeBandsExceedVisits, "ageBands", "The age bands count more visits than the day has.")
            : null);
}
