using Orleans;

namespace OsstOrleans.Grains.Calls;

/// <summary>By which relationship a person's data may be used (703/2023 9 §), from the nearest on.</summary>
public enum AccessBasis
{
    /// <summary>The caller is named as the client's own worker (<em>omatyöntekijä</em>, SHL 42 §).</summary>
    OwnWorker = 1,

    /// <summary>The client's worker belongs to one of the caller's teams.</summary>
    Team = 2,

    /// <summary>The caller stands in today for the client's worker.</summary>
    Substitute = 3,

    /// <summary>A meeting with the caller, or with whom the caller stands in for, is booked about this time.</summary>
    Meeting = 4,

    /// <summary>No worker has the client yet, and the caller handles the intake.</summary>
    Intake = 5,

    /// <summary>The caller coordinates the register.</summary>
    Coordination = 6,

    /// <summary>The caller opened the client without a relationship, for a reason and for a time.</summary>
    Opened = 7,

    /// <summary>The caller is assigned to the client, and not named as the own worker.</summary>
    AssignedWorker = 8,

    /// <summary>The caller keeps a drop-in centre's door, where the client stands.</summary>
    Door = 9,

    /// <summary>The caller sees to data protection in the register, and looked at its logs.</summary>
    DataProtection = 10,
}

/// <summary>Bases as the use log names them: stored, so they may only grow.</summary>
public static class AccessBases
{
    public static string NameOf(AccessBasis basis) => basis switch
    {
        AccessBasis.OwnWorker => "own-worker",
        AccessBasis.Team => "team",
        AccessBasis.Substitute => "substitute",
        AccessBasis.Meeting => "meeting",
        AccessBasis.Intake => "intake",
        AccessBasis.Coordination => "coordination",
        AccessBasis.Opened => "opened",
        AccessBasis.AssignedWorker => "assigned-worker",
        AccessBasis.Door => "door",
        AccessBasis.DataProtection => "data-protection",
        _ => throw new ArgumentOutOfRangeException(nameof(basis)),
    };
}

/// <summary>
/// Where a caller stands among the staff of one register, as the register itself says. It travels with the call, so
/// that a client can judge without asking another grain.
/// </summary>
/// <param name="Register">The municipality's code.</param>
/// <param name="WorkerId">Who the caller is among its workers.</param>
[Immutable]
public sealed record Standing(string Register, string WorkerId)
{
    /// <summary>The workers who share a team with the caller.</summary>
    public IReadOnlyList<string> Team { get; init => field = value ?? []; } = [];

    /// <summary>The workers for whom the caller stands in today.</summary>
    public IReadOnlyList<string> Substituted { get; init => field = value ?? []; } = [];

    /// <summary>The caller, or one for whom the caller stands in today, takes in referrals.</summary>
    public bool HandlesIntake { get; init; }

    /// <summary>The caller, or one for whom the caller stands in today, keeps a drop-in centre's door.</summary>
    public bool KeepsDoor { get; init; }

    /// <summary>By what the caller has to do with a client of a worker; null when by nothing.</summary>
    /// <param name="worker">The client's worker.</param>
    /// <param name="isOwn">That worker is named as the own worker.</param>
    public AccessBasis? BasisWith(string worker, bool isOwn) =>
        worker == WorkerId ? (isOwn ? AccessBasis.OwnWorker : AccessBasis.AssignedWorker)
        : Team.Contains(worker) ? AccessBasis.Team
        : Substituted.Contains(worker) ? AccessBasis.Substitute
        : null;

    /// <summary>The workers as whom the caller acts today.</summary>
    public IReadOnlyList<string> ActsAs => [WorkerId, .. Substituted];

    /// <summary>The workers whose clients are the caller's matter.</summary>
    public IEnumerable<string> Workers => [WorkerId, .. Team, .. Substituted];
}
