namespace OsstOrleans.Grains.Municipality;

/// <summary>
/// Sets how often plans are reviewed. No law or structure gives a number for working-age clients: it belongs to the
/// municipality's model.
/// </summary>
/// <param name="Days">Calendar days from the plan or its last review, 1-730.</param>
public sealed record SetReviewInterval(int Days) : IMunicipalityCommand;

/// <summary>
/// Sets the municipality's own target for the first contact after a referral. It is not the legal time limit of
/// toimeentulotukilaki 14 e § (7th working day after the client asked), which no municipality can set.
/// </summary>
/// <param name="Days">Calendar days from the referral, 1-365.</param>
public sealed record SetFirstContactTarget(int Days) : IMunicipalityCommand;

/// <summary>
/// Says whether Saturdays count in time limits in working days (arkipäivä). The law's text was not verified on
/// this, so each municipality decides; until it does, they do not count.
/// </summary>
/// <param name="SaturdayCounts">True when a Saturday that is no holiday is a working day.</param>
public sealed record SetWorkingDayRule(bool SaturdayCounts) : IMunicipalityCommand;

/// <summary>
/// Sets the smallest group of people that others than the register's own staff may see in its figures. No act fixes it.
/// Counts are rounded down to multiples of it, and hidden below twice of it.
/// </summary>
/// <param name="Persons">A multiple of 5, 5-100.</param>
public sealed record SetSmallestGroup(int Persons) : IMunicipalityCommand;

/// <summary>The review interval changed, in calendar days.</summary>
[StoredAs("municipality.review-interval-set", TellsOfNoPerson = true)]
public sealed record ReviewIntervalSet(int Days) : IMunicipalityEvent;

/// <summary>The target for the first contact changed, in calendar days.</summary>
[StoredAs("municipality.first-contact-target-set", TellsOfNoPerson = true)]
public sealed record FirstContactTargetSet(int Days) : IMunicipalityEvent;

/// <summary>The rule of working days changed.</summary>
[StoredAs("municipality.working-day-rule-set", TellsOfNoPerson = true)]
public sealed record WorkingDayRuleSet(bool SaturdayCounts) : IMunicipalityEvent;

/// <summary>The smallest group that others may see changed.</summary>
[StoredAs("municipality.smallest-group-set")]
public sealed record SmallestGroupSet(int Persons) : IMunicipalityEvent;

internal static class Targets
{
    private const int LongestReviewIntervalDays = 730;
    private const int LongestFirstContactTargetDays = 365;

    public static Decision SetInterval(MunicipalityState municipality, SetReviewInterval command) =>
        Require.Within(command.Days, 1, LongestReviewIntervalDays, "days") is { } refused ? refused
        : municipality.ReviewIntervalDays == command.Days ? Decision.Nothing
        : Decision.Happened(new ReviewIntervalSet(command.Days));

    public static Decision SetFirstContact(MunicipalityState municipality, SetFirstContactTarget command) =>
        Require.Within(command.Days, 1, LongestFirstContactTargetDays, "days") is { } refused ? refused
        : municipality.FirstContactTargetDays == command.Days ? Decision.Nothing
        : Decision.Happened(new FirstContactTargetSet(command.Days));

    /// <summary>
    /// Multiples of 5 alone: two numbers, each shown by another of them, leave as many possible as the finer one alone.
    /// </summary>
    public static Decision SetSmallestGroup(MunicipalityState municipality, SetSmallestGroup command) =>
        Require.Within(
            command.Persons, MunicipalityState.LeastGroup, MunicipalityState.LargestGroup, "persons") is { } refused
            ? refused
        : command.Persons % MunicipalityState.LeastGroup != 0
            ? Refuse.Field(RejectionCodes.OutOfRange, "persons", "This must be a multiple of 5.")
        : municipality.SmallestGroup == command.Persons ? Decision.Nothing
        : Decision.Happened(new SmallestGroupSet(command.Persons));

    public static Decision SetWorkingDays(MunicipalityState municipality, SetWorkingDayRule command) =>
        municipality.WorkingDays.SaturdayCounts == command.SaturdayCounts ? Decision.Nothing
        : Decision.Happened(new WorkingDayRuleSet(command.SaturdayCounts));

    public static MunicipalityState Evolve(MunicipalityState municipality, WorkingDayRuleSet happened) =>
        municipality with { WorkingDays = new WorkingDays(happened.SaturdayCounts) };

    public static MunicipalityState Evolve(MunicipalityState municipality, ReviewIntervalSet happened) =>
        municipality with { ReviewIntervalDays = happened.Days };

    public static MunicipalityState Evolve(MunicipalityState municipality, SmallestGroupSet happened) =>
        municipality with { SmallestGroup = happened.Persons };

    public static MunicipalityState Evolve(MunicipalityState municipality, FirstContactTargetSet happened) =>
        municipality with { FirstContactTargetDays = happened.Days };
}
