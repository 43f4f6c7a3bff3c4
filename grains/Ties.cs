namespace OsstOrleans.Grains;

/// <summary>
/// Who has to do with a person: the facts of the person's own grain by which a relationship is verified (703/2023
/// 9 §), as far as they arose in the register where the person is now and have not ended.
/// </summary>
/// <param name="Worker">The worker, and whether named as the own worker; null when none was assigned.</param>
/// <param name="IsInIntake">A referral or a request waits, and no worker has the person.</param>
/// <param name="Meets">The workers with whom a meeting about this time was booked by another person.</param>
/// <param name="Openings">Who opened the person's data without a relationship, and until when.</param>
/// <param name="IsRestricted">The processing of the person's data is restricted: openings alone let them be read, of
/// which only those for the law's reasons are here.</param>
/// <param name="IsProtected">The person has a security ban: no duty reaches the person, and no opening.</param>
public readonly record struct Ties(
    (string Id, bool IsOwn)? Worker, bool IsInIntake, IEnumerable<string> Meets,
    IEnumerable<(string Actor, DateTimeOffset Until)> Openings, bool IsProtected = false, bool IsRestricted = false);
