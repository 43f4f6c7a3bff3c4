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

/// <summary>Places the municipality in an arm of the study for a period. Periods never overlap.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="StartsOn">Its first day.</param>
/// <param name="EndsOn">Its last day, which belongs to it; null while open.</param>
public sealed record PlaceInArm(StudyArm Arm, DateOnly StartsOn, DateOnly? EndsOn = null) : IMunicipalityCommand;

/// <summary>Moves the end of an arm's period: an extension, or leaving early as Tornio did on 31.12.2018.</summary>
/// <param name="StartsOn">The first day of the period meant.</param>
/// <param name="EndsOn">Its new last day; null opens it again.</param>
public sealed record ChangeArmEnd(DateOnly StartsOn, DateOnly? EndsOn) : IMunicipalityCommand;

/// <summary>The municipality belongs to an arm for a period.</summary>
public sealed record ArmPlaced(StudyArm Arm, DateOnly StartsOn, DateOnly? EndsOn) : IMunicipalityEvent;

/// <summary>The last day of the period that began on <paramref name="StartsOn"/> changed.</summary>
public sealed record ArmEndChanged(DateOnly StartsOn, DateOnly? EndsOn) : IMunicipalityEvent;

/// <summary>A period in an arm; its last day belongs to it.</summary>
public sealed record ArmPeriod(StudyArm Arm, DateOnly StartsOn, DateOnly? EndsOn);
