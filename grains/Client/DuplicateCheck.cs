using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Grains.Client;

/// <summary>Whether two clients can be merged.</summary>
public static class DuplicateCheck
{
    /// <summary>
    /// Why the duplicate cannot be merged into the survivor; null when it can. Whether they are one person is for
    /// people to say: only two different <em>henkilötunnus</em>, neither of them artificial, say that they are not.
    /// </summary>
    /// <param name="survivor">Null when there is no such client.</param>
    /// <param name="duplicate">Null when there is no such client.</param>
    /// <param name="isOwn">True for municipalities of the register that merges.</param>
    /// <param name="merge">Its merge; one that was carried out halfway goes on.</param>
    public static MergeRefusal? Refusal(
        ClientState? survivor, ClientState? duplicate, Func<string, bool> isOwn, DuplicateMerge merge) =>
        // First of all: an earlier version ended the duplicate before the merge was said to have begun.
        HasEnded(duplicate, merge) ? null
        : Declined(duplicate, merge, merge.SurvivorId) is { } declined ? declined
        // One answer for who is not there and who is another register's: it must not tell whom that one knows.
        : survivor?.Registered is null || duplicate?.Registered is null
            || !isOwn(survivor.Municipality) || !isOwn(duplicate.Municipality)
            ? MergeRefusal.ClientUnknown
        : survivor.IsGone || duplicate.IsGone ? MergeRefusal.ClientErased
        : survivor.MergedInto is not null || duplicate.MergedInto is not null ? MergeRefusal.AlreadyMerged
        : Differ(survivor.Registered, duplicate.Registered) ? MergeRefusal.DifferentIdentityCodes
        : Merging.HasCasework(duplicate) ? MergeRefusal.DuplicateHasCasework
        : survivor.Referrals.Count + duplicate.Referrals.Count > Limits.Referrals ? MergeRefusal.TooManyReferrals
        : MergedFacts.AreTooMany(survivor.EmploymentServicePeriods, duplicate.EmploymentServicePeriods)
            ? MergeRefusal.TooManyPeriods
        : Merging.LeavesWork(survivor, duplicate.Referrals, duplicate.Contacts) ? MergeRefusal.SurvivorClosed
        : null;

    /// <summary>True when this merge has ended the duplicate.</summary>
    public static bool HasEnded(ClientState? duplicate, DuplicateMerge merge) => duplicate?.MergedInto is { } done
        && new MergeStep(merge.MergeId, merge.SurvivorId, merge.Number)
            .IsOf(done.MergeId, done.SurvivorId, done.Number);

    /// <summary>Why one of the two takes no part in this merge, as its own history says; null while it may.</summary>
    public static MergeRefusal? Declined(ClientState? client, DuplicateMerge merge, string otherId) =>
        client is null ? null
        : DeclinedMerges.Find(client, new MergeStep(merge.MergeId, otherId, merge.Number))?.Refusal;

    private static bool Differ(ClientRegistered one, ClientRegistered other) =>
        one.PersonalIdentityCode?.Reveal() is { } code && other.PersonalIdentityCode?.Reveal() is { } another
        && code != another
        && !PersonalIdentityCode.IsArtificial(code) && !PersonalIdentityCode.IsArtificial(another);
}
