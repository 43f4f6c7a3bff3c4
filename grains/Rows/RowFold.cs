using OsstOrleans.Grains.Client;

namespace OsstOrleans.Grains.Rows;

/// <summary>Folds a client's events into the caseload's row.</summary>
internal static class RowFold
{
    /// <summary>Methods beyond this many distinct ones share the last bit.</summary>
    private const int LastMethodBit = 63;

    public static CaseloadRow After(CaseloadRow row, IEvent happened, int day, CaseloadNames names)
    {
        switch (happened)
        {
            case ClientRegistered e:
                (row.BirthYear, row.MattersApart) = (e.BirthYear, e.MattersApart is true);
                break;
            case ClientDetailsChanged e:
                row.BirthYear = e.BirthYear;
                break;
            case ReferralReceived e:
                if (!IsOlder(e, day, row.Chain))
                {
                    row.Chain = new ReferralChain(e.ReferralId, e.Reason, day, 0, 0, 0, 0);
                    row.NotInvestigated = false;
                }
                row = e.IsFlagged ? Owes(row, e.ReferralId, day) : row;
                row.OpenReferrals = row.OpenReferrals.Add(new OpenReferral(e.ReferralId, day));
                break;
            case ReferralNotInvestigated e:
                row.NotInvestigated |= e.ReferralId == row.Chain.ReferralId;
                row.OwedStarts = row.OwedStarts.RemoveAll(owed => owed.ReferralId == e.ReferralId);
                row.OpenReferrals = row.OpenReferrals.RemoveAll(open => open.ReferralId == e.ReferralId);
                row.LeftOn = Math.Max(row.LeftOn, day);
                break;
            case ReferralRegistered { IsFlagged: true } e:
                row = Owes(row, e.ReferralId, e.ReceivedOn.DayNumber);
                break;
            case AssessmentStarted:
                row = Starts(row, day);
                break;
            case DiscussionRequested when row.MetOn < day:
                row.DiscussionAskedOn = row.DiscussionAskedOn == 0 ? day : Math.Min(row.DiscussionAskedOn, day);
                break;
            case ContactAttempted e:
                row.Chain = Step(row.Chain, e.ReferralId, ReferralStep.Contacted, day);
                row = Heard(row, e.Reached, day);
                break;
            case NeedAssessed e:
                row.Chain = Step(row.Chain, e.ReferralId, ReferralStep.Assessed, day);
                if (day >= row.AssessedOn)
                {
                    (row.AssessedOn, row.Clientship, row.Duration) = (day, e.Clientship, e.Duration ?? 0);
                }
                row = Starts(row, day);
                row.OpenReferrals = row.OpenReferrals.RemoveAll(open => open.Day <= day);
                break;
            case DuplicateAbsorbed e:
                row = e.Referrals.Aggregate(row, AfterAbsorbing);
                (row.MattersApart, row.IsMatterEnded, row.EarlierClosedOn) = (false, false, 0);
                break;
            case MatterClosed or MatterReopened or MattersEnded:
                return AfterMatter(row, happened, day);
            default:
                return AfterMeeting(
                    AfterPlan(AfterWorker(row, happened, day, names), happened, day, names), happened, day);
        }
        return row;
    }

    /// <summary>
    /// True for a referral recorded late, after a more recent one: it is counted, but the client is worked on for the
    /// more recent one.
    /// </summary>
    public static bool IsOlder(ReferralReceived referral, int day, in ReferralChain current) =>
        current.IsOpen && current.ReferralId != referral.ReferralId && day < current.ReceivedOn;

    private static CaseloadRow AfterMatter(CaseloadRow row, IEvent happened, int day)
    {
        switch (happened)
        {
            case MatterClosed e:
                (row.ClosedOn, row.HasDied) = (day, e.Reason is ClosingReason.Died);
                break;
            case MatterReopened e:
                if (e.Begins is not null && row is { MattersApart: true, IsMatterEnded: false, EarlierClosedOn: 0 })
                {
                    row.EarlierClosedOn = row.ClosedOn;
                }
                (row.ClosedOn, row.IsMatterEnded, row.HasDied) = (0, false, false);
                row.AgreesToReminders &= e.Begins is null;
                break;
            case MattersEnded e:
                row.EarlierClosedOn = e.NextClosedOn?.DayNumber ?? 0;
                (row.MattersEnded, row.IsMatterEnded) = (checked((byte)e.Through), e.IsLatest);
                row.AgreesToReminders &= !e.IsLatest;
                break;
        }
        return row;
    }

    /// <summary>Who has to do with the client.</summary>
    private static CaseloadRow AfterWorker(CaseloadRow row, IEvent happened, int day, CaseloadNames names)
    {
        switch (happened)
        {
            case WorkerAssigned e:
                (row.Worker, row.OwnWorker, row.WorkerSince) =
                    (names.Workers.NumberOf(e.WorkerId), e.OwnWorker, day);
                break;
            case ClientHandedOver e:
                (row.Worker, row.OwnWorker, row.WorkerSince) =
                    (names.Workers.NumberOf(e.ToWorkerId), e.OwnWorker, day);
                break;
            case ClientMoved e when !e.Takes(DateOnly.FromDayNumber(row.WorkerSince)):
                (row.Worker, row.OwnWorker, row.WorkerSince) = (-1, false, 0);
                break;
            case HeldForArchiving or ArchivingHoldEnded:
                row.IsHeld = happened is HeldForArchiving;
                break;
            case RetentionConfirmed or ErasureDecided or ClientErased:
                (row.IsErased, row.IsEnding) = (true, happened is not ClientErased);
                break;
            case RestrictionGranted or RestrictionEnded or RestrictionWithdrawn:
                row.IsRestricted = happened is RestrictionGranted;
                break;
            case SecurityBanSet or SecurityBanEnded:
                row.IsProtected = happened is SecurityBanSet;
                break;
        }
        return row;
    }

    private static CaseloadRow AfterMeeting(CaseloadRow row, IEvent happened, int day)
    {
        switch (happened)
        {
            case MeetingBooked e:
                row.Meetings = row.Meetings.Add(new OpenMeeting(e.MeetingId, e.MeetingOn.DayNumber));
                break;
            case MeetingAttended e:
                row.Meetings = row.Meetings.RemoveAll(m => m.MeetingId == e.MeetingId);
                row.Chain = row.Chain.After(ReferralStep.Met, e.MeetingOn.DayNumber);
                row.MetOn = Math.Max(row.MetOn, e.MeetingOn.DayNumber);
                row.DiscussionAskedOn = row.DiscussionAskedOn <= e.MeetingOn.DayNumber ? 0 : row.DiscussionAskedOn;
                row = Heard(row, true, e.MeetingOn.DayNumber);
                break;
            case MeetingMissed e:
                row.Meetings = row.Meetings.RemoveAll(m => m.MeetingId == e.MeetingId);
                break;
            case MeetingCancelled e:
                row.Meetings = row.Meetings.RemoveAll(m => m.MeetingId == e.MeetingId);
                break;
            case MeetingReminderDue e:
                row.Meetings =
                    [.. row.Meetings.Select(m => m.MeetingId == e.MeetingId ? m with { HadReminder = true } : m)];
                break;
            case RemindersAgreed or RemindersEnded:
                row.AgreesToReminders = happened is RemindersAgreed;
                break;
            case ClientMoved { WithinRegister: false }:
                row.AgreesToReminders = false;
                break;
        }
        return row;
    }

    private static CaseloadRow AfterPlan(CaseloadRow row, IEvent happened, int day, CaseloadNames names)
    {
        switch (happened)
        {
            case PlanMade e:
                row.Chain = row.Chain.After(ReferralStep.Planned, day);
                row.ReviewedOn = day;
                row.ReviewDueOn = e.NextReviewOn?.DayNumber ?? 0;
                row.Methods = MethodsOf(e, names);
                row = Heard(row, e.FilledWithClient, day);
                break;
            case PlanReviewed e:
                row.ReviewedOn = day;
                row.ReviewDueOn = e.NextReviewOn?.DayNumber ?? 0;
                row = Heard(row, e.FilledWithClient, day);
                break;
        }
        return row;
    }

    /// <summary>A duplicate's referral is worked on here.</summary>
    private static CaseloadRow AfterAbsorbing(CaseloadRow row, Referral referral)
    {
        var received = referral.ReceivedOn.DayNumber;
        if (!IsOlder(referral.Received, received, row.Chain))
        {
            row.Chain = new ReferralChain(
                referral.Received.ReferralId, referral.Received.Reason, received,
                referral.FirstContactOn?.DayNumber ?? 0, 0, 0, 0);
            row.NotInvestigated = referral.NotInvestigatedOn is not null;
        }
        row.LeftOn = Math.Max(row.LeftOn, referral.NotInvestigatedOn?.DayNumber ?? 0);
        row.OpenReferrals = referral.Waits
            ? row.OpenReferrals.Add(new OpenReferral(referral.Received.ReferralId, received))
            : row.OpenReferrals;
        row = Heard(row, referral.FirstReachedOn is not null, referral.FirstReachedOn?.DayNumber ?? 0);
        return referral is { IsFlagged: true, NotInvestigatedOn: null, AssessmentStartedOn: null }
            ? Owes(row, referral.Received.ReferralId, received)
            : row;
    }

    /// <summary>A referral for which the law sets the day by which an assessment must start; unless one has since.
    /// </summary>
    private static CaseloadRow Owes(CaseloadRow row, string referralId, int receivedOn)
    {
        if (row.AssessmentStartedOn < receivedOn && row.OwedStarts.All(owed => owed.ReferralId != referralId))
        {
            row.OwedStarts = row.OwedStarts.Add(new OwedStart(referralId, receivedOn));
        }
        return row;
    }

    private static CaseloadRow Starts(CaseloadRow row, int day)
    {
        row.AssessmentStartedOn = Math.Max(row.AssessmentStartedOn, day);
        row.OwedStarts = row.OwedStarts.RemoveAll(owed => owed.Day <= day);
        return row;
    }

    private static CaseloadRow Heard(CaseloadRow row, bool heard, int day)
    {
        row.HeardOn = heard ? Math.Max(row.HeardOn, day) : row.HeardOn;
        return row;
    }

    /// <summary>A step that names another referral than the current one leaves the chain as it is.</summary>
    private static ReferralChain Step(ReferralChain chain, string? referralId, ReferralStep step, int day) =>
        referralId is null || referralId == chain.ReferralId ? chain.After(step, day) : chain;

    private static ulong MethodsOf(PlanMade plan, CaseloadNames names)
    {
        var methods = 0UL;
        foreach (var method in plan.Services.SelectMany(service => service.Methods))
        {
            methods |= 1UL << Math.Min(LastMethodBit, names.Methods.NumberOf(method));
        }
        return methods;
    }
}

/// <summary>The numbers that one caseload gave to workers and methods.</summary>
internal sealed class CaseloadNames
{
    public NumberedNames<string> Workers { get; } = new();

    public NumberedNames<CodedValue> Methods { get; } = new();

    public void Imprint(Image image)
    {
        Workers.Imprint(image, static (i, worker) =>
        {
            var name = worker ?? "";
            i.Name(ref name);
            return name;
        });
        Methods.Imprint(image, static (i, method) => ImprintOf(i, method));
    }

    /// <summary>One code with its system.</summary>
    internal static CodedValue ImprintOf(Image image, CodedValue value)
    {
        var (system, code) = (value.System, value.Code);
        image.Name(ref system);
        image.Name(ref code);
        return new CodedValue(system, code);
    }
}
