using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Marks an entry of the client's history as recorded in error (<em>virheellinen merkintä</em>): the wrong client, the
/// wrong day, a meeting that never was. The entry stays in the history, beside who marked it, when and why; it counts
/// no more in the client's state, on worklists or in figures (703/2023 22 §; the right to rectification, GDPR 16
/// art.). What is right is recorded as an entry of its own, before or after.
/// </summary>
/// <param name="Entry">The entry's version in the client's history.</param>
/// <param name="Reason">Why, in the worker's words; required.</param>
/// <param name="CorrectedBy">The version of the entry that says it right, where it was recorded first.</param>
public sealed record MarkRecordedInError(long Entry, PersonalText Reason, long? CorrectedBy = null)
    : IClientCommand, IRevision, IMakesItLast;

/// <summary>An earlier entry was recorded in error and counts no more.</summary>
/// <param name="Entry">The entry's version.</param>
/// <param name="EntryType">The stored name of what it recorded, for readers of the log.</param>
/// <param name="Reason">Why.</param>
/// <param name="CorrectedBy">The version of the entry that says it right.</param>
[StoredAs("client.entry-recorded-in-error", TimelineKind.Correction, Words = WordClass.Matter)]
public sealed record EntryRecordedInError(long Entry, string EntryType, PersonalText Reason, long? CorrectedBy)
    : IClientEvent, IRevisesHistory;

/// <summary>Which entries can be marked, and what must not build on them.</summary>
internal static class Corrections
{
    public static Decision Mark(IReadOnlyList<PastEvent> past, MarkRecordedInError command, Moment moment)
    {
        var standing = History.Standing(past);
        if ((NotYet(standing, moment) ?? Require.Words(command.Reason, "reason")) is { } refused)
        {
            return refused;
        }
        if (Find(past, command.Entry) is not { } entry)
        {
            return Refuse.Step(EntryUnknown, "entry", "This client's history has no such entry.");
        }
        if (past.Select(e => e.Happened).OfType<EntryRecordedInError>().FirstOrDefault(m => m.Entry == entry.Version)
            is { } marked)
        {
            return marked.CorrectedBy == command.CorrectedBy
                ? Decision.Nothing
                : Refuse.Step(EntryAlreadyInError, "entry", "This entry was marked already, with another correction.");
        }
        return !EventCatalogue.IsCorrectable(entry.Happened)
            ? Refuse.Step(EntryNotCorrectable, "entry", "Entries of this kind are put right by another command.")
            : IsBuiltOn(standing, entry)
            ? Refuse.Step(EntryBuiltOn, "entry", "Later entries build on this one; mark them first.")
            : command.CorrectedBy is { } by && !Corrects(standing, by, entry)
            ? Refuse.Field(
                CorrectionUnfit, "correctedBy", "A correction is a later entry of the same kind that stands.")
            : Decision.Happened(new EntryRecordedInError(
                entry.Version, EventCatalogue.NameOf(entry.Happened!), command.Reason, command.CorrectedBy));
    }

    /// <summary>The gate of commands that are decided on the history.</summary>
    internal static Rejection? NotYet(IReadOnlyList<PastEvent> standing, Moment moment) =>
        Require.Past(moment.OccurredOn, moment, "occurredOn")
        ?? standing.FirstOrDefault(entry => entry.Happened is ClientRegistered) switch
        {
            { Happened: null } => Refuse.NotRegistered("client"),
            { OccurredOn: var since } when moment.OccurredOn < since =>
                Refuse.Field(BeforeRegistration, "occurredOn", "The client was registered after this day."),
            _ when standing.Any(entry => entry.Happened is ClientErased or RetentionConfirmed or ErasureDecided) =>
                Refuse.Step(RejectionCodes.ClientErased, "id", "This client was erased; nothing more is recorded."),
            _ when standing.LastOrDefault(entry => entry.Happened is MergedIntoSurvivor or MergeUndone)
                .Happened is MergedIntoSurvivor =>
                Refuse.Step(ClientMerged, "id", "This client was merged into another one."),
            _ => null,
        };

    private static PastEvent? Find(IReadOnlyList<PastEvent> past, long version) =>
        version > 0 && version <= past.Count && past[(int)version - 1].Version == version
            ? past[(int)version - 1]
            : null;

    private static bool Corrects(IReadOnlyList<PastEvent> standing, long by, in PastEvent wrong) =>
        by > wrong.Version && Find(standing, by)?.Happened?.GetType() == wrong.Happened!.GetType();

    /// <summary>
    /// An entry that names the same referral, meeting or plan builds on the one that brought it; a plan builds on the
    /// assessment that found the client relationship.
    /// </summary>
    private static bool IsBuiltOn(IReadOnlyList<PastEvent> standing, PastEvent entry) => entry.Happened switch
    {
        ReferralReceived e => IsNamed(standing, entry, nameof(e.ReferralId), e.ReferralId),
        MeetingBooked e => IsNamed(standing, entry, nameof(e.MeetingId), e.MeetingId),
        EmploymentPlanMade e => IsDecidedOn(standing, entry, e.PlanId),
        PlanMade e => IsNamed(standing, entry, nameof(e.PlanId), e.PlanId),
        NeedAssessed { Clientship: true } => PlansWouldStandAlone(standing, entry),
        _ => false,
    };

    private static bool IsNamed(IReadOnlyList<PastEvent> standing, PastEvent entry, string property, string id) =>
        standing.Any(later => later.Version > entry.Version
            && later.Happened is not (EmploymentPlanMade or EmploymentDecisionMade)
            && later.Happened?.GetType().GetProperty(property)?.GetValue(later.Happened) is string named
            && named == id);

    private static bool IsDecidedOn(IReadOnlyList<PastEvent> standing, PastEvent entry, string planId) => standing.Any(
        later => later.Version > entry.Version && later.Happened is EmploymentDecisionMade e && e.PlanId == planId);

    private static bool PlansWouldStandAlone(IReadOnlyList<PastEvent> standing, PastEvent entry)
    {
        PastEvent[] without = [.. standing.Where(other => other.Version != entry.Version)];
        return standing.Any(plan => plan.Version > entry.Version && plan.Happened is PlanMade
            && History.Fold<ClientState, ClientDecider>([.. without.Where(e => e.Version < plan.Version)])
                .Assessment is not { Assessed.Clientship: true });
    }
}
