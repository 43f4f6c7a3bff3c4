using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Municipality;

/// <summary>
/// Which experiments ran in a municipality: the experiment and its two kinds of control, as the evaluation compares
/// them.
/// </summary>
public enum StudyArm
{
    /// <summary>OSST together with the employment experiment (<em>valtakunnallinen työllisyyskokeilu</em>).</summary>
    OsstAndEmployment = 1,

    /// <summary>Control: the employment experiment only.</summary>
    EmploymentOnly = 2,

    /// <summary>Control: neither experiment.</summary>
    Neither = 3,
}

/// <summary>
/// Places the municipality in an arm of the study for a period; periods never overlap. Where experiments are recorded
/// as dated facts (<see cref="RecordExposure"/>), arms follow from them and this is refused.
/// </summary>
/// <param name="Arm">The arm.</param>
/// <param name="StartsOn">Its first day.</param>
/// <param name="EndsOn">Its last day, which belongs to it; null while open.</param>
public sealed record PlaceInArm(StudyArm Arm, DateOnly StartsOn, DateOnly? EndsOn = null) : IMunicipalityCommand;

/// <summary>Moves the end of an arm's period: an extension, or leaving early as Tornio did on 31.12.2018.</summary>
/// <param name="StartsOn">The first day of the period meant.</param>
/// <param name="EndsOn">Its new last day; null opens it again.</param>
public sealed record ChangeArmEnd(DateOnly StartsOn, DateOnly? EndsOn) : IMunicipalityCommand;

/// <summary>The municipality belongs to an arm for a period.</summary>
[StoredAs("municipality.arm-placed", TellsOfNoPerson = true)]
public sealed record ArmPlaced(StudyArm Arm, DateOnly StartsOn, DateOnly? EndsOn) : IMunicipalityEvent;

/// <summary>The last day of the period that began on <paramref name="StartsOn"/> changed.</summary>
[StoredAs("municipality.arm-end-changed", TellsOfNoPerson = true)]
public sealed record ArmEndChanged(DateOnly StartsOn, DateOnly? EndsOn) : IMunicipalityEvent;

/// <summary>A period in an arm; its last day belongs to it.</summary>
public sealed record ArmPeriod(StudyArm Arm, DateOnly StartsOn, DateOnly? EndsOn);

internal static class Arms
{
    public static Decision Place(MunicipalityState municipality, PlaceInArm command, Moment moment)
    {
        var period = new ArmPeriod(command.Arm, command.StartsOn, command.EndsOn);
        var refused = Require.Member(command.Arm, "arm")
            ?? Require.Planned(command.StartsOn, moment, "startsOn")
            ?? Require.Planned(command.EndsOn, moment, "endsOn")
            ?? Require.Period(command.StartsOn, command.EndsOn, "endsOn");
        return refused is not null ? refused
            : municipality.Arms.Contains(period) ? Decision.Nothing
            : municipality.Exposures.Count > 0 ? Following()
            : municipality.Arms.Any(known => Overlap(known, period)) ? Overlapping("startsOn")
            : municipality.Arms.Count >= Limits.ArmPeriods ? Refuse.Limit("arm", Limits.ArmPeriods)
            : Decision.Happened(new ArmPlaced(command.Arm, command.StartsOn, command.EndsOn));
    }

    public static Decision ChangeEnd(MunicipalityState municipality, ChangeArmEnd command, Moment moment)
    {
        var known = municipality.Arms.FirstOrDefault(period => period.StartsOn == command.StartsOn);
        var refused = known is null ? Refuse.Step(ArmUnknown, "startsOn", "No period in an arm begins on this day.")
            : Require.Planned(command.EndsOn, moment, "endsOn")
                ?? Require.Period(command.StartsOn, command.EndsOn, "endsOn");
        if (refused is not null)
        {
            return refused;
        }
        var changed = known! with { EndsOn = command.EndsOn };
        return changed == known ? Decision.Nothing
            : municipality.Exposures.Count > 0 ? Following()
            : municipality.Arms.Any(other => other != known && Overlap(other, changed)) ? Overlapping("endsOn")
            : Decision.Happened(new ArmEndChanged(command.StartsOn, command.EndsOn));
    }

    public static MunicipalityState Evolve(MunicipalityState municipality, ArmPlaced happened) => municipality with
    {
        Arms =
        [
            .. municipality.Arms
                .Append(new ArmPeriod(happened.Arm, happened.StartsOn, happened.EndsOn))
                .OrderBy(period => period.StartsOn),
        ],
    };

    public static MunicipalityState Evolve(MunicipalityState municipality, ArmEndChanged happened) => municipality with
    {
        Arms =
        [
            .. municipality.Arms.Select(known => known.StartsOn == happened.StartsOn
                ? known with { EndsOn = happened.EndsOn }
                : known),
        ],
    };

    private static bool Overlap(ArmPeriod one, ArmPeriod other) =>
        Periods.Overlap((one.StartsOn, one.EndsOn), (other.StartsOn, other.EndsOn));

    private static Rejection Following() => Refuse.Step(
        ArmFollows, "startsOn", "The municipality's arms follow from the experiments recorded of it.");

    private static Rejection Overlapping(string field) =>
        Refuse.Step(ArmOverlap, field, "The municipality would be in two arms on one day.");
}
