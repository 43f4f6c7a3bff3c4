namespace OsstOrleans.Grains.Client;

/// <summary>
/// How long a need for support lasts (<em>tuen tarpeen kesto</em>, list 1294), in rising order. A repeated need calls
/// for an own worker; a long-term need for an own worker and a plan.
/// </summary>
public enum SupportDuration
{
    /// <summary><em>Tilapäinen</em>.</summary>
    Temporary = 1,

    /// <summary><em>Toistuva</em>.</summary>
    Repeated = 2,

    /// <summary><em>Pitkäaikainen</em>.</summary>
    LongTerm = 3,
}

/// <summary>One need found in the assessment.</summary>
/// <param name="Need"><em>Tuen tarve</em>, a code of list 1282.</param>
/// <param name="Duration">How long it lasts.</param>
public sealed record AssessedNeed(CodedValue Need, SupportDuration Duration);

/// <summary>
/// Records a finished assessment of the need for services (<em>palvelutarpeen arviointi</em>, SHL 36 §). The day it
/// occurred is the day the assessment was finished.
/// </summary>
/// <param name="Clientship">True when a client relationship begins or goes on (<em>asiakkuus</em>).</param>
/// <param name="StartedOn">The day the assessment began, where it was recorded.</param>
/// <param name="Statement">The worker's words.</param>
/// <param name="ReferralId">The referral that led to it, when one did.</param>
public sealed record AssessNeed(
    bool Clientship,
    DateOnly? StartedOn = null,
    PersonalText? Statement = null,
    string? ReferralId = null) : IClientCommand
{
    /// <summary>The needs found; each code at most once, none when no need was found.</summary>
    public IReadOnlyList<AssessedNeed> Needs { get; init => field = value ?? []; } = [];
}

/// <summary>Assigns the worker who works with the client. A second assignment replaces the first.</summary>
/// <param name="WorkerId">The worker's identifier in the municipality, never a name.</param>
/// <param name="OwnWorker">True when named as the client's own worker (<em>omatyöntekijä</em>, SHL 42 §).</param>
public sealed record AssignWorker(string WorkerId, bool OwnWorker) : IClientCommand;

/// <summary>The need for services was assessed.</summary>
/// <param name="Clientship">True when a client relationship begins or goes on.</param>
/// <param name="Duration">The longest of the needs' durations, which decides the class; null without needs.</param>
/// <param name="StartedOn">The day the assessment began.</param>
/// <param name="Statement">The worker's words.</param>
/// <param name="ReferralId">The referral that led to it.</param>
public sealed record NeedAssessed(
    bool Clientship,
    SupportDuration? Duration,
    DateOnly? StartedOn,
    PersonalText? Statement,
    string? ReferralId) : IClientEvent
{
    /// <summary>The needs found.</summary>
    public IReadOnlyList<AssessedNeed> Needs { get; init => field = value ?? []; } = [];
}

/// <summary>A worker was assigned in place of the one before.</summary>
public sealed record WorkerAssigned(string WorkerId, bool OwnWorker) : IClientEvent;

/// <summary>The latest assessment and its day.</summary>
public sealed record Assessment(NeedAssessed Assessed, DateOnly AssessedOn);

/// <summary>The worker at present and since when.</summary>
public sealed record AssignedWorker(string WorkerId, bool OwnWorker, DateOnly Since);
