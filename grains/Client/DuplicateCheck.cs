using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Grains.Client;

/// <summary>Whether two clients can be merged.</summary>
public static class DuplicateCheck
{
    /// <summary>
    /// Why the duplicate cannot be merged into the survivor; null when it can. Whether they are one person is for
    /// people to say: only two different <em>henkilötunnus</em> say that they are not.
    /// </summary>
    /// <param name="survivor">Null when there is no such client.</param>
    /// <param name="duplicate">Null when there is no such client.</param>
    /// <param name="municipality">The municipality that merges.</param>
    /// <param name="merge">Its merge; one that was carried out halfway goes on.</param>
    public static MergeRefusal? Refusal(
        ClientState? survivor, ClientState? duplicate, string municipality, DuplicateMerge merge) =>
        // First of all: after the duplicate was ended there is no way back, whatever became of the survivor.
        HasEnded(duplicate, merge) ? null
        // Decided once: had the survivor room again by now, nothing would end the duplicate a second time.
        : duplicate?.UndoneMerge is { } undone && IsOf(merge, undone.MergeId, undone.SurvivorId) ? undone.Refusal
        : survivor?.Registered is null || duplicate?.Registered is null ? MergeRefusal.ClientUnknown
        : survivor.ErasedOn is not null || duplicate.ErasedOn is not null ? MergeRefusal.ClientErased
        : survivor.Municipality != municipality || duplicate.Municipality != municipality
            ? MergeRefusal.OtherMunicipality
        : survivor.MergedInto is not null || duplicate.MergedInto is not null ? MergeRefusal.AlreadyMerged
        : Differ(survivor.Registered, duplicate.Registered) ? MergeRefusal.DifferentIdentityCodes
        : Merging.HasCasework(duplicate) ? MergeRefusal.DuplicateHasCasework
        : survivor.Referrals.Count + duplicate.Referrals.Count > Limits.Referrals ? MergeRefusal.TooManyReferrals
        : null;

    /// <summary>
    /// True when this merge has ended the duplicate. An id alone does not say so: a municipality forgets its oldest
    /// merges, and may take an id again for other clients.
    /// </summary>
    public static bool HasEnded(ClientState? duplicate, DuplicateMerge merge) =>
        duplicate?.MergedInto is { } done && IsOf(merge, done.MergeId, done.SurvivorId);

    private static bool IsOf(DuplicateMerge merge, string mergeId, string survivorId) =>
        (merge.MergeId, merge.SurvivorId) == (mergeId, survivorId);

    private static bool Differ(ClientRegistered one, ClientRegistered other) =>
        one.PersonalIdentityCode?.Reveal() is { } code && other.PersonalIdentityCode?.Reveal() is { } another
        && code != another;
}
