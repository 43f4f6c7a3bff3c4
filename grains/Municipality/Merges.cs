using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Municipality;

/// <summary>How the municipality knows that two clients are one person. The project's own list.</summary>
public enum MergeGrounds
{
    /// <summary>Both have the same <em>henkilötunnus</em> or <em>tilapäinen yksilöintitunnus</em>.</summary>
    SameIdentifier = 1,

    /// <summary>The client said so.</summary>
    ConfirmedByClient = 2,

    /// <summary>A document says so.</summary>
    ConfirmedByDocument = 3,
}

/// <summary>Why two clients were not merged.</summary>
public enum MergeRefusal
{
    /// <summary>One of them is not registered in this municipality.</summary>
    ClientUnknown = 1,

    /// <summary>One of them moved to another municipality while they were being merged.</summary>
    OtherMunicipality = 2,

    /// <summary>One of them was merged already.</summary>
    AlreadyMerged = 3,

    /// <summary>Both have a <em>henkilötunnus</em>, and not the same: they are two persons.</summary>
    DifferentIdentityCodes = 4,

    /// <summary>
    /// The duplicate has meetings, an assessment, a plan, work or study, a closed matter, a security ban or a
    /// prohibition of disclosure: merge the other way round, or not at all where both have them.
    /// </summary>
    DuplicateHasCasework = 5,

    /// <summary>Together they have more referrals than one client may have.</summary>
    TooManyReferrals = 6,

    /// <summary>One of them was erased, and nothing more is recorded of that one.</summary>
    ClientErased = 7,

    /// <summary>
    /// The survivor's matter is closed and a referral of the duplicate waits: reopen the survivor first, or merge the
    /// other way round.
    /// </summary>
    SurvivorClosed = 8,

    /// <summary>
    /// Together they have more periods in the register of the employment services than one client may have.
    /// </summary>
    TooManyPeriods = 9,
}

/// <summary>What became of a merge.</summary>
public enum MergeOutcome
{
    /// <summary>It is being carried out.</summary>
    UnderWay = 1,

    /// <summary>The survivor has everything, and nothing happens to the duplicate any more.</summary>
    Merged = 2,

    /// <summary>It was not possible; nothing was changed.</summary>
    Refused = 3,
}

/// <summary>
/// Decides that two clients of the municipality are one person, and merges them (asiakastietojen yhdistäminen):
/// referrals and contacts of the duplicate, its benefit months and periods of the employment services go to the
/// survivor, and the duplicate is ended. It is never done without this decision, and it cannot be taken back. The
/// platform carries it out; <c>duplicateMerges</c> shows the outcome.
/// </summary>
/// <param name="MergeId">The caller's identifier, unique within the municipality.</param>
/// <param name="SurvivorId">The client that stays.</param>
/// <param name="DuplicateId">The client that is ended.</param>
/// <param name="Grounds">How the municipality knows that they are one person.</param>
public sealed record MergeDuplicate(string MergeId, string SurvivorId, string DuplicateId, MergeGrounds Grounds)
    : IRegisterCommand;

/// <summary>
/// Begins to carry a merge out, after both clients were found fit for it. From here on only their own grains say what
/// becomes of it: another run that judges otherwise by now comes too late.
/// </summary>
/// <param name="MergeId">The merge.</param>
public sealed record BeginMerge(string MergeId) : IMunicipalityCommand, ICarriedOut;

/// <summary>Records that a merge was carried out, or could not be.</summary>
/// <param name="MergeId">The merge.</param>
/// <param name="Refusal">Why it could not; null when it was carried out.</param>
/// <param name="Begun">Whether it had begun: what was judged before its beginning does not end it afterwards.</param>
public sealed record EndMerge(string MergeId, MergeRefusal? Refusal = null, bool Begun = false)
    : IMunicipalityCommand, ICarriedOut;

/// <summary>The municipality decided that two clients are one person.</summary>
[StoredAs("municipality.duplicate-merge-decided")]
public sealed record DuplicateMergeDecided(string MergeId, string SurvivorId, string DuplicateId, MergeGrounds Grounds)
    : IMunicipalityEvent, IOpensWork, INamesClients
{
    /// <inheritdoc/>
    public IReadOnlyList<string> NamedClients() => [SurvivorId, DuplicateId];
}

/// <summary>Both clients of a merge were found fit for it, and it began.</summary>
[StoredAs("municipality.duplicate-merge-begun")]
public sealed record DuplicateMergeBegun(string MergeId) : IMunicipalityEvent;

/// <summary>A merge was carried out.</summary>
[StoredAs("municipality.duplicate-merged")]
public sealed record DuplicateMerged(string MergeId) : IMunicipalityEvent;

/// <summary>A merge was not possible; nothing was changed.</summary>
[StoredAs("municipality.duplicate-merge-refused")]
public sealed record DuplicateMergeRefused(string MergeId, MergeRefusal Refusal) : IMunicipalityEvent;

/// <summary>A merge and what became of it.</summary>
/// <param name="Number">Which of the municipality's decisions it is: an identifier may come again, a number never does.
/// </param>
/// <param name="Begun">Both clients were found fit for it; what becomes of it they say themselves.</param>
public sealed record DuplicateMerge(
    string MergeId,
    string SurvivorId,
    string DuplicateId,
    MergeGrounds Grounds,
    DateOnly DecidedOn,
    MergeOutcome Outcome = MergeOutcome.UnderWay,
    MergeRefusal? Refusal = null,
    long Number = 0,
    bool Begun = false);

internal static class Merges
{
    public static Decision Decide(MunicipalityState municipality, MergeDuplicate command)
    {
        var refused = Require.Id(command.MergeId, "mergeId")
            ?? Require.Id(command.SurvivorId, "survivorId")
            ?? Require.Id(command.DuplicateId, "duplicateId")
            ?? Require.Member(command.Grounds, "grounds")
            ?? (command.SurvivorId == command.DuplicateId
                ? Refuse.Field(MergeWithItself, "duplicateId", "A client cannot be merged into itself.")
                : null);
        if (refused is not null)
        {
            return refused;
        }
        string[] both = [command.SurvivorId, command.DuplicateId];
        return municipality.Merges.FirstOrDefault(merge => merge.MergeId == command.MergeId) switch
        {
            { } known when (known.SurvivorId, known.DuplicateId, known.Grounds)
                == (command.SurvivorId, command.DuplicateId, command.Grounds) => Decision.Nothing,
            { } => Refuse.Step(MergeIdTaken, "mergeId", "Another merge of this municipality has this identifier."),
            null when municipality.Merges.Any(merge => merge.Outcome is MergeOutcome.UnderWay
                && (both.Contains(merge.SurvivorId) || both.Contains(merge.DuplicateId))) =>
                Refuse.Step(MergeUnderWay, "duplicateId", "One of them is being merged at this moment."),
            null => Decision.Happened(new DuplicateMergeDecided(
                command.MergeId, command.SurvivorId, command.DuplicateId, command.Grounds)),
        };
    }

    /// <summary>One that has ended never begins: who judged it late must not set about it.</summary>
    public static Decision Begin(MunicipalityState municipality, BeginMerge command) =>
        Open(municipality, command.MergeId) switch
        {
            null => Refuse.Step(MergeEnded, "mergeId", "This merge has ended."),
            { Begun: true } => Decision.Nothing,
            _ => Decision.Happened(new DuplicateMergeBegun(command.MergeId)),
        };

    public static Decision End(MunicipalityState municipality, EndMerge command) =>
        Require.OptionalMember(command.Refusal, "refusal") is { } refused ? refused
        : Open(municipality, command.MergeId) is not { } merge ? Decision.Nothing
        : merge.Begun && !command.Begun
            ? Refuse.Step(MergeUnderWay, "mergeId", "This merge has begun; its clients say what becomes of it.")
        : Decision.Happened(command.Refusal is { } why
            ? new DuplicateMergeRefused(command.MergeId, why)
            : new DuplicateMerged(command.MergeId));

    /// <summary>The newest are kept, and those under way; the others are in the history.</summary>
    public static MunicipalityState Evolve(
        MunicipalityState municipality, DuplicateMergeDecided happened, DateOnly on)
    {
        var number = municipality.Decisions + 1;
        var merges = municipality.Merges.Append(new DuplicateMerge(
            happened.MergeId, happened.SurvivorId, happened.DuplicateId, happened.Grounds, on, Number: number))
            .ToList();
        if (merges.Count > Limits.MergesKept
            && merges.FindIndex(merge => merge.Outcome is not MergeOutcome.UnderWay) is var oldest and >= 0)
        {
            merges.RemoveAt(oldest);
        }
        return municipality with { Merges = merges, Decisions = number };
    }

    public static MunicipalityState Begun(MunicipalityState municipality, string mergeId) =>
        Changed(municipality, mergeId, merge => merge with { Begun = true });

    public static MunicipalityState Ended(
        MunicipalityState municipality, string mergeId, MergeOutcome outcome, MergeRefusal? refusal = null) =>
        Changed(municipality, mergeId, merge => merge with { Outcome = outcome, Refusal = refusal });

    private static DuplicateMerge? Open(MunicipalityState municipality, string mergeId) =>
        municipality.Merges.FirstOrDefault(
            merge => merge.MergeId == mergeId && merge.Outcome is MergeOutcome.UnderWay);

    private static MunicipalityState Changed(
        MunicipalityState municipality, string mergeId, Func<DuplicateMerge, DuplicateMerge> change) =>
        municipality with
        {
            Merges = [.. municipality.Merges.Select(merge => merge.MergeId == mergeId ? change(merge) : merge)],
        };
}
