using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Municipality;

/// <summary>What ran in a municipality, as a fact with days. The study's arms follow from these facts.</summary>
public enum Experiment
{
    /// <summary>
    /// The employment experiment (<em>valtakunnallinen työllisyyskokeilu</em>; HE 51/2017: from August 2017 to the end
    /// of 2018).
    /// </summary>
    Employment = 1,

    /// <summary>OSST itself (<em>osallistavan sosiaaliturvan kokeilu</em>).</summary>
    Osst = 2,

    /// <summary>Neither ran, and the municipality is followed as a control.</summary>
    Neither = 3,
}

/// <summary>
/// Records that an experiment ran in the municipality, or that it is followed as a control where neither did. With the
/// first such fact its arms follow from the facts alone, and periods placed before do not count any more.
/// </summary>
/// <param name="Experiment">What ran.</param>
/// <param name="StartsOn">Its first day.</param>
/// <param name="EndsOn">Its last day, which belongs to it; null while open.</param>
public sealed record RecordExposure(Experiment Experiment, DateOnly StartsOn, DateOnly? EndsOn = null)
    : IMunicipalityCommand;

/// <summary>Moves the end of an exposure: an extension, or leaving early as Tornio did on 31.12.2018.</summary>
/// <param name="Experiment">What ran.</param>
/// <param name="StartsOn">The first day of the period meant.</param>
/// <param name="EndsOn">Its new last day; null opens it again.</param>
public sealed record ChangeExposureEnd(Experiment Experiment, DateOnly StartsOn, DateOnly? EndsOn)
    : IMunicipalityCommand;

/// <summary>An experiment ran in the municipality for a period.</summary>
[StoredAs("municipality.exposure-recorded", TellsOfNoPerson = true)]
public sealed record ExposureRecorded(Experiment Experiment, DateOnly StartsOn, DateOnly? EndsOn) : IMunicipalityEvent;

/// <summary>The last day of the exposure that began on <paramref name="StartsOn"/> changed.</summary>
[StoredAs("municipality.exposure-end-changed", TellsOfNoPerson = true)]
public sealed record ExposureEndChanged(Experiment Experiment, DateOnly StartsOn, DateOnly? EndsOn)
    : IMunicipalityEvent;

/// <summary>A period in which an experiment ran; its last day belongs to it.</summary>
public sealed record Exposure(Experiment Experiment, DateOnly StartsOn, DateOnly? EndsOn);

internal static class Exposures
{
    public static Decision Record(MunicipalityState municipality, RecordExposure command, Moment moment)
    {
        var exposure = new Exposure(command.Experiment, command.StartsOn, command.EndsOn);
        var refused = Require.Member(command.Experiment, "experiment")
            ?? Require.Planned(command.StartsOn, moment, "startsOn")
            ?? Require.Planned(command.EndsOn, moment, "endsOn")
            ?? Require.Period(command.StartsOn, command.EndsOn, "endsOn");
        return refused is not null ? refused
            : municipality.Exposures.Contains(exposure) ? Decision.Nothing
            : Excluding(municipality.Exposures, exposure) ? Overlapping("startsOn")
            : municipality.Exposures.Count >= Limits.ArmPeriods
                ? Refuse.Limit("experiment", Limits.ArmPeriods)
            : Decision.Happened(new ExposureRecorded(command.Experiment, command.StartsOn, command.EndsOn));
    }

    public static Decision ChangeEnd(MunicipalityState municipality, ChangeExposureEnd command, Moment moment)
    {
        var known = municipality.Exposures.FirstOrDefault(
            it => it.Experiment == command.Experiment && it.StartsOn == command.StartsOn);
        var refused = known is null
            ? Refuse.Step(ExposureUnknown, "startsOn", "No such experiment began here on this day.")
            : Require.Planned(command.EndsOn, moment, "endsOn")
                ?? Require.Period(command.StartsOn, command.EndsOn, "endsOn");
        if (refused is not null)
        {
            return refused;
        }
        var changed = known! with { EndsOn = command.EndsOn };
        return changed == known ? Decision.Nothing
            : Excluding([.. municipality.Exposures.Where(it => it != known)], changed) ? Overlapping("endsOn")
            : Decision.Happened(new ExposureEndChanged(command.Experiment, command.StartsOn, command.EndsOn));
    }

    public static MunicipalityState Evolve(MunicipalityState municipality, ExposureRecorded happened) => With(
        municipality,
        municipality.Exposures.Append(new Exposure(happened.Experiment, happened.StartsOn, happened.EndsOn)));

    public static MunicipalityState Evolve(MunicipalityState municipality, ExposureEndChanged happened) => With(
        municipality,
        municipality.Exposures.Select(known =>
            known.Experiment == happened.Experiment && known.StartsOn == happened.StartsOn
                ? known with { EndsOn = happened.EndsOn }
                : known));

    private static MunicipalityState With(MunicipalityState municipality, IEnumerable<Exposure> exposures)
    {
        IReadOnlyList<Exposure> facts = [.. exposures.OrderBy(it => it.StartsOn).ThenBy(it => it.Experiment)];
        return municipality with { Exposures = facts, Arms = ArmsOf(facts) };
    }

    /// <summary>
    /// A municipality with OSST is in that arm on OSST's days, and in none on others: what OSST left behind is neither
    /// the experiment nor a control. One without OSST belongs to the employment experiment's arm from that experiment's
    /// first day on: it has had it, also when it is over. A control with neither is one as long as it is followed.
    /// </summary>
    private static IReadOnlyList<ArmPeriod> ArmsOf(IReadOnlyList<Exposure> facts)
    {
        Exposure[] osst = [.. facts.Where(it => it.Experiment is Experiment.Osst)];
        if (osst.Length > 0)
        {
            return [.. osst.Select(it => new ArmPeriod(StudyArm.OsstAndEmployment, it.StartsOn, it.EndsOn))];
        }
        var employment = facts.FirstOrDefault(it => it.Experiment is Experiment.Employment);
        var neither = facts.Where(it => it.Experiment is Experiment.Neither)
            .Where(it => employment is null || it.StartsOn < employment.StartsOn)
            .Select(it => new ArmPeriod(StudyArm.Neither, it.StartsOn, it.EndsOn));
        return employment is null
            ? [.. neither]
            : [.. neither, new ArmPeriod(StudyArm.EmploymentOnly, employment.StartsOn, null)];
    }

    /// <summary>The same experiment runs once on a day, and a control with neither has none.</summary>
    private static bool Excluding(IReadOnlyList<Exposure> known, Exposure one) => known.Any(other =>
        (other.Experiment == one.Experiment
            || other.Experiment is Experiment.Neither || one.Experiment is Experiment.Neither)
        && Periods.Overlap((one.StartsOn, one.EndsOn), (other.StartsOn, other.EndsOn)));

    private static Rejection Overlapping(string field) =>
        Refuse.Step(ArmOverlap, field, "This experiment, or one that excludes it, runs on one of these days already.");
}
