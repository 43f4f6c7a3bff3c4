namespace OsstOrleans.Grains.Client;

/// <summary>Who has to do with a client, as the client's own state shows it.</summary>
internal static class Relationships
{
    public static Ties Of(ClientState client) => new(
        client.Worker?.WorkerId,
        IsInIntake(client),
        client.Meetings.Where(meeting => meeting.Status is MeetingStatus.Booked)
            .Select(meeting => meeting.Booked.WorkerId).OfType<string>(),
        client.Openings.Select(opening => (opening.OpenedBy, opening.Until)));

    /// <summary>
    /// It is still open who gets the client: what arrived is a referral that is looked into, a request for a
    /// discussion, or a clientship without a worker.
    /// </summary>
    private static bool IsInIntake(ClientState client) =>
        client is { Worker: null, Closed: null, MergedInto: null }
        && (client.Discussions.Any(request => request.AnsweredOn is null)
            || (client.Assessment is { } assessment
                ? assessment.Assessed.Clientship
                : client.Referrals.Any(referral => referral.NotInvestigatedOn is null)));
}
