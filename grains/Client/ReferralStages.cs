namespace OsstOrleans.Grains.Client;

/// <summary>
/// Where a referral stands in its chain (<em>asiakasohjaus Kelasta kuntiin</em>). It is derived from what happened, so
/// it is never out of step with it; the furthest step wins, whatever was recorded late.
/// </summary>
public enum ReferralStage
{
    /// <summary>It arrived.</summary>
    Received = 1,

    /// <summary>The municipality has assessed the notification.</summary>
    Registered = 2,

    /// <summary>It was left without investigation, with grounds.</summary>
    NotInvestigated = 3,

    /// <summary>The client is being approached by letters, calls and visits.</summary>
    Contacting = 4,

    /// <summary>The client could not be reached.</summary>
    Unreached = 5,

    /// <summary>The client was reached.</summary>
    Reached = 6,

    /// <summary>A meeting is agreed.</summary>
    AppointmentBooked = 7,

    /// <summary>The client cancelled the latest meeting, or the organisation did (Y30, Y32).</summary>
    Cancelled = 8,

    /// <summary>The client did not come to the latest meeting.</summary>
    NoShow = 9,

    /// <summary>The client came.</summary>
    Attended = 10,

    /// <summary>The assessment of the need for services is under way.</summary>
    AssessmentStarted = 11,

    /// <summary>The assessment found no client relationship.</summary>
    NoClientship = 12,

    /// <summary>The assessment found a client relationship.</summary>
    Clientship = 13,

    /// <summary>There is a plan.</summary>
    Planned = 14,
}

/// <summary>Derives a referral's stage.</summary>
public static class ReferralStages
{
    /// <summary>
    /// The stage of one of the client's referrals. A step that names no referral belongs to the latest one that had
    /// arrived.
    /// </summary>
    public static ReferralStage Of(ClientState client, Referral referral) =>
        referral.NotInvestigatedOn is not null ? ReferralStage.NotInvestigated
        : Assessed(client, referral) is { } assessed ? assessed
        : IsAssessing(client, referral) ? ReferralStage.AssessmentStarted
        : Meeting(client, referral) is { } met ? met
        : referral switch
        {
            { FirstReachedOn: not null } => ReferralStage.Reached,
            { UnreachedOn: not null } => ReferralStage.Unreached,
            { ContactAttempts: > 0 } => ReferralStage.Contacting,
            { Registration: not null } => ReferralStage.Registered,
            _ => ReferralStage.Received,
        };

    private static ReferralStage? Assessed(ClientState client, Referral referral) =>
        client.Assessment is not { } assessment
            || !IsOf(client, referral, assessment.Assessed.ReferralId, assessment.AssessedOn) ? null
        : !assessment.Assessed.Clientship ? ReferralStage.NoClientship
        : client.CurrentPlan?.MadeOn >= referral.ReceivedOn ? ReferralStage.Planned
        : ReferralStage.Clientship;

    private static bool IsAssessing(ClientState client, Referral referral) =>
        client.AssessmentUnderWay is { } started && IsOf(client, referral, started.ReferralId, started.StartedOn);

    /// <summary>A meeting attended counts for ever; else what became of the latest.</summary>
    private static ReferralStage? Meeting(ClientState client, Referral referral)
    {
        var meetings = client.Meetings
            .Where(meeting => IsOf(client, referral, meeting.Booked.ReferralId, meeting.Booked.MeetingOn))
            .OrderBy(meeting => meeting.Booked.MeetingOn)
            .ToArray();
        return meetings.Length == 0 ? null
            : meetings.Any(meeting => meeting.Status is MeetingStatus.Attended) ? ReferralStage.Attended
            : meetings[^1].Status switch
            {
                MeetingStatus.Missed => ReferralStage.NoShow,
                MeetingStatus.Cancelled => ReferralStage.Cancelled,
                _ => ReferralStage.AppointmentBooked,
            };
    }

    private static bool IsOf(ClientState client, Referral referral, string? named, DateOnly day) => named is null
        ? LatestBy(client, day) == referral
        : named == referral.Received.ReferralId;

    private static Referral? LatestBy(ClientState client, DateOnly day) => client.Referrals
        .Where(known => known.ReceivedOn <= day && known.NotInvestigatedOn is null)
        .MaxBy(known => known.ReceivedOn);
}
