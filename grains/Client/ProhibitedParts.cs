using System.Collections.Frozen;
using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Records that the client prohibits the disclosure of a part of own data (703/2023 59 §): of one document, which is
/// an entry of the client's history, or of a service task. The rest may go on leaving. Say one of both.
/// </summary>
/// <param name="Entry">The entry's version in the client's history: a plan, an assessment, a review, a meeting. What
/// later entries say of that plan, referral or meeting is held back, too.</param>
/// <param name="ServiceTask"><em>Palvelutehtävä</em>, list 1221: plans with a service of that task, and what
/// later entries say of them. All other data here are of the register's own task: for that one prohibit the
/// disclosure of all.</param>
/// <param name="Words">What the client said; optional.</param>
public sealed record ProhibitPartDisclosure(
    long? Entry = null, CodedValue? ServiceTask = null, PersonalText? Words = null) : IClientCommand, IRevision;

/// <summary>Records that the client withdraws the prohibition of a part.</summary>
/// <param name="Entry">The entry whose disclosure was prohibited.</param>
/// <param name="ServiceTask">The service task of which it was.</param>
public sealed record WithdrawPartProhibition(long? Entry = null, CodedValue? ServiceTask = null) : IMakesItLast;

/// <summary>The client prohibited the disclosure of a part of own data.</summary>
/// <param name="Entry">The entry's version; null for a service task.</param>
/// <param name="ServiceTask">The service task; null for an entry.</param>
/// <param name="Words">What the client said.</param>
[StoredAs("client.part-disclosure-prohibited", TimelineKind.Registration, StaysInside = true, Words = WordClass.Basic)]
public sealed record DisclosureOfPartProhibited(long? Entry, CodedValue? ServiceTask, PersonalText? Words)
    : IClientEvent
{
    /// <summary>The plans, referrals and meetings that are the part, as later entries name them.</summary>
    public IReadOnlyList<string> Documents { get; init => field = value ?? []; } = [];
}

/// <summary>The client withdrew the prohibition of a part.</summary>
/// <param name="Entry">The entry's version; null for a service task.</param>
/// <param name="ServiceTask">The service task; null for an entry.</param>
[StoredAs("client.part-prohibition-withdrawn", TimelineKind.Registration, StaysInside = true)]
public sealed record PartProhibitionWithdrawn(long? Entry, CodedValue? ServiceTask) : IClientEvent;

/// <summary>A part of a client's data whose disclosure the client prohibits.</summary>
/// <param name="Entry">The entry's version; null for a service task.</param>
/// <param name="ServiceTask">The service task; null for an entry.</param>
/// <param name="Since">The day since which.</param>
public sealed record ProhibitedPart(long? Entry, CodedValue? ServiceTask, DateOnly Since)
{
    /// <summary>The plans, referrals and meetings that are the part, as entries name them.</summary>
    public IReadOnlyList<string> Documents { get; init => field = value ?? []; } = [];

    /// <summary>
    /// True for what is about the part: the entry, its mark, and what says more of the same document. A mark does not
    /// name the document of what it marks, so one of any entry that may be of it is held, too.
    /// </summary>
    internal bool Has(long version, IEvent? happened) =>
        (Entry is { } entry && (version == entry
            || (happened is EntryRecordedInError own && (own.Entry == entry || own.CorrectedBy == entry))))
        || (happened is EntryRecordedInError mark && MayBeMarkedBy(mark))
        || ProhibitedParts.IsOfTask(happened, ServiceTask)
        || (DocumentNames.Of(happened) is { } name && Documents.Contains(name))
        || (DocumentNames.ReferralOf(happened) is { } referral && Documents.Contains(referral));

    private bool MayBeMarkedBy(EntryRecordedInError mark) =>
        (ServiceTask is not null && DocumentNames.AreOf(mark.EntryType, DocumentNames.Plan))
        || Documents.Any(document => DocumentNames.AreOf(mark.EntryType, document[..document.IndexOf(' ')]));
}

internal static class ProhibitedParts
{
    public static Decision Prohibit(IReadOnlyList<PastEvent> past, ProhibitPartDisclosure command, Moment moment)
    {
        var standing = History.Standing(past);
        var refused = Corrections.NotYet(standing, moment)
            ?? OneOf(command.Entry, command.ServiceTask, moment) ?? Require.Text(command.Words, "words");
        if (refused is not null)
        {
            return refused;
        }
        var known = History.Fold<ClientState, ClientDecider>(past).Disclosure.Parts;
        var entry = command.Entry is { } version ? past.FirstOrDefault(e => e.Version == version) : default;
        return command.Entry is not null && entry.Version == 0
            ? Refuse.Step(EntryUnknown, "entry", "This client's history has no such entry.")
            : known.Any(part => IsOf(part, command.Entry, command.ServiceTask)) ? Decision.Nothing
            : known.Count >= Limits.DisclosureChoices
                ? Refuse.Limit(command.Entry is null ? "serviceTask" : "entry", Limits.DisclosureChoices)
            : Decision.Happened(
                new DisclosureOfPartProhibited(command.Entry, command.ServiceTask, command.Words)
                {
                    Documents = command.ServiceTask is { } task
                        ? [.. standing.Where(e => IsOfTask(e.Happened, task))
                            .Select(e => DocumentNames.Of(e.Happened)!)]
                        : DocumentNames.BroughtBy(entry.Happened) is { } name ? [name] : [],
                });
    }

    public static Decision Withdraw(ClientState client, WithdrawPartProhibition command, Moment moment) =>
        OneOf(command.Entry, command.ServiceTask, moment) is { } refused ? refused
        : client.Disclosure.Parts.Any(part => IsOf(part, command.Entry, command.ServiceTask))
            ? Decision.Happened(new PartProhibitionWithdrawn(command.Entry, command.ServiceTask))
        : Decision.Nothing;

    public static IReadOnlyList<ProhibitedPart> With(
        IReadOnlyList<ProhibitedPart> known, DisclosureOfPartProhibited happened, DateOnly on) =>
    [
        .. known.Where(part => !IsOf(part, happened.Entry, happened.ServiceTask)),
        new ProhibitedPart(happened.Entry, happened.ServiceTask, on) { Documents = happened.Documents },
    ];

    public static IReadOnlyList<ProhibitedPart> Without(
        IReadOnlyList<ProhibitedPart> known, PartProhibitionWithdrawn happened) =>
        [.. known.Where(part => !IsOf(part, happened.Entry, happened.ServiceTask))];

    /// <summary>A later plan with a service of a prohibited task is of the part, and so is what is said of it.
    /// </summary>
    public static IReadOnlyList<ProhibitedPart> With(IReadOnlyList<ProhibitedPart> known, PlanMade happened) =>
        known.Any(part => IsOfTask(happened, part.ServiceTask))
            ?
            [
                .. known.Select(part => !IsOfTask(happened, part.ServiceTask) ? part
                    : part with { Documents = [.. part.Documents, DocumentNames.Of(happened)!] }),
            ]
            : known;

    public static bool IsOfTask(IEvent? happened, CodedValue? task) => task is { } asked
        && happened is PlanMade plan && plan.Services.Any(service => service?.ServiceTask == asked);

    private static bool IsOf(ProhibitedPart part, long? entry, CodedValue? task) =>
        part.Entry == entry && part.ServiceTask == task;

    private static Rejection? OneOf(long? entry, CodedValue? task, Moment moment) =>
        (entry is null) == (task is null)
            ? Refuse.Field(FieldRequired, "entry", "Say either an entry or a service task.")
            : Require.OptionalCode(task, CodedFields.ServiceTask, moment, "serviceTask");
}

/// <summary>What several entries of a client's history tell of together.</summary>
internal static class DocumentNames
{
    public const string Plan = "plan";
    private const string EmploymentPlan = "employment-plan";
    private const string Referral = "referral";
    private const string Meeting = "meeting";

    private static readonly FrozenDictionary<string, string[]> Kinds = new Dictionary<string, string[]>
    {
        [Plan] = Named(typeof(PlanMade), typeof(PlanReviewed)),
        [EmploymentPlan] = Named(typeof(EmploymentPlanMade), typeof(EmploymentDecisionMade)),
        [Referral] = Named(
            typeof(ReferralReceived), typeof(ReferralNotInvestigated), typeof(ReferralRegistered),
            typeof(ReferralUnreached), typeof(ContactAttempted), typeof(AssessmentStarted), typeof(NeedAssessed),
            typeof(MeetingBooked)),
        [Meeting] = Named(
            typeof(MeetingBooked), typeof(MeetingAttended), typeof(MeetingMissed), typeof(MeetingCancelled)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>By what an entry names the plan, referral or meeting that it is about; null for all others.</summary>
    public static string? Of(IEvent? happened) => happened switch
    {
        PlanMade it => $"{Plan} {it.PlanId}",
        PlanReviewed it => $"{Plan} {it.PlanId}",
        EmploymentPlanMade it => $"{EmploymentPlan} {it.PlanId}",
        EmploymentDecisionMade { PlanId: { } id } => $"{EmploymentPlan} {id}",
        ReferralReceived it => $"{Referral} {it.ReferralId}",
        ReferralNotInvestigated it => $"{Referral} {it.ReferralId}",
        ReferralRegistered it => $"{Referral} {it.ReferralId}",
        ReferralUnreached it => $"{Referral} {it.ReferralId}",
        MeetingBooked it => $"{Meeting} {it.MeetingId}",
        MeetingAttended it => $"{Meeting} {it.MeetingId}",
        MeetingMissed it => $"{Meeting} {it.MeetingId}",
        MeetingCancelled it => $"{Meeting} {it.MeetingId}",
        _ => null,
    };

    /// <summary>The referral that an entry names beside what it is about; null for none.</summary>
    public static string? ReferralOf(IEvent? happened) => happened switch
    {
        ContactAttempted { ReferralId: { } id } => $"{Referral} {id}",
        AssessmentStarted { ReferralId: { } id } => $"{Referral} {id}",
        NeedAssessed { ReferralId: { } id } => $"{Referral} {id}",
        MeetingBooked { ReferralId: { } id } => $"{Referral} {id}",
        _ => null,
    };

    /// <summary>True when entries of a stored name are about documents of a kind.</summary>
    public static bool AreOf(string storedName, string kind) => Kinds[kind].Contains(storedName);

    /// <summary>The same for an entry that brought what it names; null for one that only says more of it.</summary>
    public static string? BroughtBy(IEvent? happened) =>
        happened is PlanMade or EmploymentPlanMade or ReferralReceived or MeetingBooked ? Of(happened) : null;

    private static string[] Named(params Type[] types) => [.. types.Select(EventCatalogue.NameOf)];
}
