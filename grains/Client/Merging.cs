using OsstOrleans.Grains.Municipality;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Ends a client who is the same person as another one. Only for who has nothing beyond referrals, contacts and what
/// registers told: what was planned, assessed or met stays where it is. The municipality decided it
/// (<c>MergeDuplicate</c>).
/// </summary>
/// <remarks>What it cannot do is an event, too: it is decided once, whichever run of the merge asks.</remarks>
/// <param name="MergeId">The municipality's merge.</param>
/// <param name="SurvivorId">The key of the client that stays.</param>
/// <param name="Number">Which of the municipality's decisions the merge is.</param>
/// <param name="Municipality">The municipality; a client of another one by now is not ended. Null: not looked at.
/// </param>
public sealed record RetireDuplicate(
    string MergeId, string SurvivorId, long Number = 0, string? Municipality = null) : IClientCommand, ICarriedOut;

/// <summary>
/// Takes over the referrals and contacts of a client that was ended as a duplicate, and what registers told of it.
/// What it cannot do is an event, too.
/// </summary>
/// <param name="MergeId">The municipality's merge.</param>
/// <param name="DuplicateId">The key of the client that was ended.</param>
/// <param name="Contacts">How often the person was approached under that key.</param>
/// <param name="Number">Which of the municipality's decisions the merge is.</param>
public sealed record AbsorbDuplicate(string MergeId, string DuplicateId, ContactTally Contacts, long Number = 0)
    : IClientCommand, ICarriedOut
{
    /// <summary>The person's referrals under that key.</summary>
    public IReadOnlyList<Referral> Referrals { get; init => field = value ?? []; } = [];

    /// <summary>The person's months on social assistance under that key.</summary>
    public IReadOnlyList<BenefitMonth> BenefitMonths { get; init => field = value ?? []; } = [];

    /// <summary>The person's periods in the register of the employment services under that key.</summary>
    public IReadOnlyList<EmploymentServicePeriod> EmploymentServicePeriods { get; init => field = value ?? []; } = [];
}

/// <summary>The client was found to be the same person as another; nothing happens to this one any more.</summary>
[StoredAs("client.merged-into-survivor", TimelineKind.Registration)]
public sealed record MergedIntoSurvivor(string MergeId, string SurvivorId, long Number = 0)
    : IClientEvent, INamesClients
{
    /// <inheritdoc/>
    public IReadOnlyList<string> NamedClients() => [SurvivorId];
}

/// <summary>
/// The client took over the referrals and contacts of a duplicate. A referral whose identifier was taken has another
/// one here.
/// </summary>
[StoredAs("client.duplicate-absorbed", TimelineKind.Registration, Words = WordClass.Matter)]
public sealed record DuplicateAbsorbed(string MergeId, string DuplicateId, ContactTally Contacts)
    : IClientEvent, INamesClients
{
    /// <summary>The referrals taken over, as they stood.</summary>
    public IReadOnlyList<Referral> Referrals { get; init => field = value ?? []; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<string> NamedClients() => [DuplicateId];
}

/// <summary>Into whom a client was merged.</summary>
public sealed record Survivor(string MergeId, string SurvivorId, DateOnly MergedOn, long Number = 0)
{
    /// <summary>Whose client it was until then, and is again should the merge be undone.</summary>
    public AssignedWorker? Worker { get; init; }
}

/// <summary>A client whose referrals and contacts were taken over.</summary>
public sealed record AbsorbedClient(string MergeId, string DuplicateId, DateOnly AbsorbedOn);

internal static class Merging
{
    /// <summary>A client that was merged into another takes no command but those of that merge.</summary>
    public static Rejection? NotMerged(ClientState client, IClientCommand command) =>
        client.MergedInto is null
        || command is RetireDuplicate or AbsorbDuplicate or UndoMerge
            || command is IErasesClient and not ConfirmRetention ? null
        : Refuse.Step(ClientMerged, "id", "This client was merged into another one.");

    public static Decision Retire(ClientState client, RetireDuplicate command, Moment moment)
    {
        var merge = new MergeStep(command.MergeId, command.SurvivorId, command.Number);
        return (Require.Id(command.MergeId, "mergeId") ?? Require.Id(command.SurvivorId, "survivorId")) is { } refused
            ? refused
            : client.MergedInto is { } into && merge.IsOf(into.MergeId, into.SurvivorId, into.Number)
                || DeclinedMerges.Find(client, merge) is not null ? Decision.Nothing
            : (client.MergedInto is not null ? MergeRefusal.AlreadyMerged
                : command.Municipality is { } code && !AreOfOne(code, client.Municipality)
                    ? MergeRefusal.OtherMunicipality
                : HasCasework(client) ? MergeRefusal.DuplicateHasCasework
                : default(MergeRefusal?)) is { } why ? DeclinedMerges.Decline(merge, why)
            : Decision.Happened(new MergedIntoSurvivor(command.MergeId, command.SurvivorId, command.Number));

        bool AreOfOne(string one, string other) =>
            moment.Registers.Of(one, moment.Today) == moment.Registers.Of(other, moment.Today);
    }

    public static Decision Absorb(ClientState client, AbsorbDuplicate command)
    {
        var refused = Require.Id(command.MergeId, "mergeId")
            ?? Require.Id(command.DuplicateId, "duplicateId")
            ?? Require.Within(command.Contacts.Most, 0, Limits.ContactAttempts, "contacts")
            ?? Require.Within(command.Contacts.Least, 0, Limits.ContactAttempts, "contacts")
            ?? (command.Referrals.All(referral => GrainName.IsValidKey(referral?.Received?.ReferralId))
                ? null
                : Refuse.Field(IdInvalid, "referrals", "A referral taken over has no identifier."))
            ?? command.Referrals.Select(referral => Require.Member(referral.Received.Source, "referrals")
                ?? Require.Member(referral.Received.Reason, "referrals")).FirstOrDefault(wrong => wrong is not null)
            ?? MergedFacts.Wrong(command);
        var merge = new MergeStep(command.MergeId, command.DuplicateId, command.Number);
        return refused is not null ? refused
            : client.Absorbed.Any(known => known.DuplicateId == command.DuplicateId)
                || DeclinedMerges.Find(client, merge) is not null ? Decision.Nothing
            : client.MergedInto is not null ? DeclinedMerges.Decline(merge, MergeRefusal.AlreadyMerged)
            : client.Referrals.Count + command.Referrals.Count > Limits.Referrals
                ? DeclinedMerges.Decline(merge, MergeRefusal.TooManyReferrals)
            : MergedFacts.AreTooMany(client.EmploymentServicePeriods, command.EmploymentServicePeriods)
                ? DeclinedMerges.Decline(merge, MergeRefusal.TooManyPeriods)
            : LeavesWork(client, command.Referrals, command.Contacts)
                ? DeclinedMerges.Decline(merge, MergeRefusal.SurvivorClosed)
            : Decision.Happened([
                new DuplicateAbsorbed(command.MergeId, command.DuplicateId, command.Contacts)
                {
                    Referrals = Renamed(client, command.Referrals),
                },
                .. MergedFacts.Of(client, command)]);
    }

    public static ClientState Evolve(ClientState client, MergedIntoSurvivor happened, DateOnly on) => client with
    {
        MergedInto = new Survivor(happened.MergeId, happened.SurvivorId, on, happened.Number)
        {
            Worker = client.Worker,
        },
        Worker = null,
    };

    public static ClientState Evolve(ClientState client, DuplicateAbsorbed happened, DateOnly on) => client with
    {
        Absorbed = [.. client.Absorbed, new AbsorbedClient(happened.MergeId, happened.DuplicateId, on)],
        Referrals =
        [
            .. client.Referrals,
            .. happened.Referrals.Where(referral => referral?.Received is not null)
                .Select(referral => AssessmentStarts.Late(client, referral)),
        ],
        Contacts = happened.Contacts is { } more ? client.Contacts.And(more) : client.Contacts,
    };

    /// <summary>
    /// True when more is recorded than referrals, attempts to reach the client and what registers told, or what
    /// protects the client.
    /// </summary>
    public static bool HasCasework(ClientState client) =>
        client.Meetings.Count > 0 || client.Assessment is not null || client.AssessmentUnderWay is not null
        || client.Plans.Count > 0 || client.EmploymentOutcomes.Count > 0
        || client.EmploymentPlans.Count > 0 || client.EmploymentDecisions.Count > 0
        || client.DropInConsentSince is not null || client.MeasureConsents > 0
        || client.Discussions.Count > 0 || client.Closed is not null
        || client.Absorbed.Count > 0
        || client.ContactDetails is not null || client.SecurityBanSince is not null
        || client.DisclosureProhibitedSince is not null || !client.Disclosure.AreNone
        || client.ArchivingSince is not null || client.Restriction is { IsOpen: true }
        || LogRequests.AnyWaits(client);

    /// <summary>
    /// True when a referral that waits would come to a client whose matter is closed, and so to no intake, or when
    /// something happened after that closing: the time of keeping counts from it.
    /// </summary>
    public static bool LeavesWork(ClientState survivor, IReadOnlyList<Referral> referrals, ContactTally contacts) =>
        survivor.Closed is { } closed && (contacts.LastOn > closed.ClosedOn
            || referrals.Any(referral => referral.Waits || Matter.LastStepOf(referral) > closed.ClosedOn));

    /// <summary>The referrals under identifiers of their own; one that is known already is one.</summary>
    private static IReadOnlyList<Referral> Renamed(ClientState client, IReadOnlyList<Referral> referrals)
    {
        var taken = client.Referrals.Select(known => known.Received.ReferralId).ToHashSet(StringComparer.Ordinal);
        var renamed = new List<Referral>(referrals.Count);
        foreach (var referral in referrals)
        {
            var id = referral.Received.ReferralId;
            if (client.Referrals.Any(known => known.ReceivedOn == referral.ReceivedOn
                && Referrals.Same(known.Received, referral.Received)))
            {
                continue;
            }
            for (var number = 2; !taken.Add(id); number++)
            {
                var suffix = $"-{number}";
                id = referral.Received.ReferralId[..Math.Min(
                    referral.Received.ReferralId.Length, Limits.IdLength - suffix.Length)] + suffix;
            }
            renamed.Add(referral with
            {
                Received = referral.Received with { ReferralId = id },
                Registration = referral.Registration is not { Registered: not null } registration ? null
                    : registration with { Registered = registration.Registered with { ReferralId = id } },
            });
        }
        return renamed;
    }
}
