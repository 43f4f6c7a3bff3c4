using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Grains.Client;

/// <summary>Time limits of a client's case: the law's, and the municipality's own.</summary>
public enum DeadlineKind
{
    /// <summary>
    /// A personal discussion by the 7th working day after the client's request (toimeentulotukilaki 14 e §).
    /// </summary>
    Discussion = 1,

    /// <summary>
    /// The assessment starts by the 7th working day after the notification: only for a client over 75, with
    /// <em>ylin hoitotuki</em>, or where a child needs special support (SHL 36 §). For all others it starts
    /// "viipymättä", without a number.
    /// </summary>
    AssessmentStart = 2,

    /// <summary>
    /// The assessment of a child needing special support is finished within three months (SHL 36 §), counted here from
    /// the day the notification arrived.
    /// </summary>
    AssessmentEnd = 3,

    /// <summary>The municipality's own target for the first contact, in calendar days; no law.</summary>
    FirstContact = 4,

    /// <summary>The review of the current plan: agreed, or by the municipality's model.</summary>
    Review = 5,
}

/// <summary>A time limit.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Since">The day it began.</param>
/// <param name="DueOn">Its last day.</param>
/// <param name="MetOn">The day on which what it asks for was done; null while it was not.</param>
/// <param name="ReferralId">The referral that it belongs to.</param>
public sealed record Deadline(
    DeadlineKind Kind, DateOnly Since, DateOnly DueOn, DateOnly? MetOn = null, string? ReferralId = null);

/// <summary>Computes a client's time limits from the calendar and the targets of the client's municipality.</summary>
public static class Deadlines
{
    /// <summary>Working days of the law's limits (toimeentulotukilaki 14 e §, SHL 36 §).</summary>
    public const int WorkingDaysOfLaw = 7;

    /// <summary>Months within which the assessment of a child needing special support is finished (SHL 36 §).</summary>
    public const int MonthsOfAssessment = 3;

    /// <summary>All of them, met or not, by the day each is due.</summary>
    public static IReadOnlyList<Deadline> Of(ClientState client, MunicipalityState municipality) =>
    [
        .. client.Discussions.Select(asked => ByWorkingDay(
                municipality, DeadlineKind.Discussion, asked.RequestedOn, asked.AnsweredOn))
            .Concat(client.Referrals
                .Where(referral => referral.NotInvestigatedOn is null)
                .SelectMany(referral => OfReferral(client, referral, municipality)))
            .Concat(OfReview(client, municipality))
            .OrderBy(deadline => deadline.DueOn),
    ];

    private static IEnumerable<Deadline> OfReferral(
        ClientState client, Referral referral, MunicipalityState municipality)
    {
        var (id, since) = (referral.Received.ReferralId, referral.ReceivedOn);
        if (referral.IsFlagged)
        {
            yield return ByWorkingDay(
                municipality, DeadlineKind.AssessmentStart, since, referral.AssessmentStartedOn, id);
        }
        if (referral.ConcernsChild)
        {
            var ended = client.Assessment?.AssessedOn is { } day && day >= since ? day : default(DateOnly?);
            yield return new Deadline(
                DeadlineKind.AssessmentEnd, since, since.AddMonths(MonthsOfAssessment), ended, id);
        }
        yield return new Deadline(
            DeadlineKind.FirstContact,
            since,
            since.AddDays(municipality.FirstContactTargetDays),
            FirstContact(client, referral),
            id);
    }

    /// <summary>A client who came without being approached was contacted that day.</summary>
    private static DateOnly? FirstContact(ClientState client, Referral referral)
    {
        var days = client.Meetings
            .Where(meeting => meeting.Status is MeetingStatus.Attended)
            .Select(meeting => meeting.Booked.MeetingOn)
            .Where(day => day >= referral.ReceivedOn)
            .Cast<DateOnly?>()
            .Append(referral.FirstContactOn)
            .Append(referral.AssessmentStartedOn)
            .Where(day => day is not null);
        return days.Min();
    }

    private static IEnumerable<Deadline> OfReview(ClientState client, MunicipalityState municipality)
    {
        if (client.Closed is null && client.CurrentPlan is { } plan)
        {
            var latest = plan.Reviews.Count == 0 ? null : plan.Reviews[^1];
            var since = latest?.ReviewedOn ?? plan.MadeOn;
            var agreed = latest is null ? plan.Made.NextReviewOn : latest.Reviewed.NextReviewOn;
            yield return new Deadline(
                DeadlineKind.Review, since, agreed ?? since.AddDays(municipality.ReviewIntervalDays));
        }
    }

    private static Deadline ByWorkingDay(
        MunicipalityState municipality,
        DeadlineKind kind,
        DateOnly since,
        DateOnly? metOn,
        string? referralId = null) =>
        new(kind, since, municipality.WorkingDays.After(since, WorkingDaysOfLaw), metOn, referralId);
}
