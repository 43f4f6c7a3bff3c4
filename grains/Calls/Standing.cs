using Orleans;

namespace OsstOrleans.Grains.Calls;

/// <summary>By which relationship a person's data may be used (703/2023 9 §), from the nearest on.</summary>
public enum AccessBasis
{
    /// <summary>The caller is the client's worker.</summary>
    OwnWorker = 1,

    /// <summary>The client's worker belongs to one of the caller's teams.</summary>
    Team = 2,

    /// <summary>The caller stands in today for the client's worker.</summary>
    Substitute = 3,

    /// <summary>A meeting with the caller is booked.</summary>
    Meeting = 4,

    /// <summary>No worker has the client yet, and the caller handles the intake.</summary>
    Intake = 5,

    /// <summary>The caller coordinates the register.</summary>
    Coordination = 6,

    /// <summary>The caller opened the client without a relationship, for a reason and for a time.</summary>
    Opened = 7,
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

    /// <summary>The caller takes in referrals, and says who gets them.</summary>
    public bool HandlesIntake { get; init; }

    /// <summary>By what the caller has to do with the clients of a worker; null when by nothing.</summary>
    public AccessBasis? BasisWith(string worker) =>
        worker == WorkerId ? AccessBasis.OwnWorker
        : Team.Contains(worker) ? AccessBasis.Team
        : Substituted.Contains(worker) ? AccessBasis.Substitute
        : null;

    /// <summary>The workers whose clients are the caller's matter.</summary>
    public IEnumerable<string> Workers => [WorkerId, .. Team, .. Substituted];
}
