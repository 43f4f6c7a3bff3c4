namespace OsstOrleans.Grains.Client;

/// <summary>A step towards work or study.</summary>
public enum EmploymentKind
{
    /// <summary>Work on the open labour market (<em>avoimet työmarkkinat</em>).</summary>
    OpenLabourMarket = 1,

    /// <summary>Work with a wage subsidy (<em>palkkatukityö</em>).</summary>
    SubsidisedWork = 2,

    /// <summary><em>Kuntouttava työtoiminta</em>.</summary>
    RehabilitativeWork = 3,

    /// <summary><em>Työkokeilu</em>.</summary>
    WorkTrial = 4,

    /// <summary>Studies leading to a qualification (<em>opiskelu</em>).</summary>
    Study = 5,

    /// <summary>Own business (<em>yrittäjyys</em>).</summary>
    Entrepreneurship = 6,
}

/// <summary>
/// Records that the client began work, study or a step towards them. The same kind and first day with another last day
/// replaces the last day.
/// </summary>
/// <param name="Kind">What began.</param>
/// <param name="StartsOn">Its first day: not before the registration, not in the future.</param>
/// <param name="EndsOn">Its last day, where known; may lie ahead.</param>
/// <param name="Note">The worker's words.</param>
public sealed record RecordEmploymentOutcome(
    EmploymentKind Kind,
    DateOnly StartsOn,
    DateOnly? EndsOn = null,
    PersonalText? Note = null) : IClientCommand;

/// <summary>Work, study or a step towards them began, or its last day became known.</summary>
public sealed record EmploymentOutcomeRecorded(
    EmploymentKind Kind,
    DateOnly StartsOn,
    DateOnly? EndsOn,
    PersonalText? Note) : IClientEvent;

/// <summary>A period of work or study; its last day belongs to it.</summary>
public sealed record EmploymentOutcome(EmploymentKind Kind, DateOnly StartsOn, DateOnly? EndsOn);
