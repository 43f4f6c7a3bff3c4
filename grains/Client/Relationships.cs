namespace OsstOrleans.Grains.Client;

/// <summary>Who has to do with a client, as the client's own state shows it.</summary>
internal static class Relationships
{
    /// <summary>So many days before its day a meeting begins to be a relationship: what it needs is read up.</summary>
    private const int DaysBeforeMeeting = 30;

    /// <summary>So many days after its day a meeting ends to be one, should its outcome not be recorded.</summary>
    private const int DaysAfterMeeting = 14;

    public static Ties Of(ClientState client, Moment moment)
    {
        var (today, since) = (moment.Today, moment.Registers.SinceOf(client.Municipality, moment.Today));
        var isRestricted = Restrictions.IsInForce(client);
        var isOver = isRestricted || MatterEnds.IsOver(MatterEnds.Of(client), today);
        return new Ties(
            isOver || client.Worker is not { } worker || worker.Since < since
                ? null
                : (worker.WorkerId, worker.OwnWorker),
            IsInIntake(client) && !isRestricted,
            isOver ? [] : Meets(client, today, since),
            client.Openings.Where(opening => opening.Register == client.Municipality
                    && (isRestricted
                        ? Restrictions.Lets(opening, IsProtected(client))
                        : !IsProtected(client)))
                .Select(opening => (opening.OpenedBy, opening.Until)),
            IsProtected(client), isRestricted);
    }

    /// <summary>
    /// Who booked a meeting for himself has made no relationship; nor does a meeting go along into another register,
    /// where the same identifier is another person, be it by a move or by a day.
    /// </summary>
    private static IEnumerable<string> Meets(ClientState client, DateOnly today, DateOnly since) => client.Meetings
        .Where(meeting => meeting is { Status: MeetingStatus.Booked, Booked.ForSelf: false }
            && meeting.Register == client.Municipality && meeting.BookedOn >= since
            && meeting.Booked.MeetingOn.DayNumber - DaysBeforeMeeting <= today.DayNumber
            && today.DayNumber <= meeting.Booked.MeetingOn.DayNumber + DaysAfterMeeting)
        .Select(meeting => meeting.Booked.WorkerId).OfType<string>();

    /// <summary>
    /// It is still open who gets the client: what arrived is a referral that is looked into, a request for a
    /// discussion, or a clientship without a worker. A move is an arrival, too: the new register has no worker yet.
    /// </summary>
    private static bool IsInIntake(ClientState client) =>
        client is { Worker: null, Closed: null, MergedInto: null } && !IsProtected(client)
        && MatterEnds.IsOpen(client);

    /// <summary>Then only a coordinator says who gets the client.</summary>
    private static bool IsProtected(ClientState client) => client.SecurityBanSince is not null;
}

/// <summary>
/// When a client's matter ended: it was closed, or nothing that arrived led to a client relationship. Then the
/// relationships of workers end, too, after a time for finishing the records.
/// </summary>
public static class MatterEnds
{
    /// <summary>So many days a worker goes on reading a client whose matter has ended. The project's own choice.
    /// </summary>
    public const int DaysForRecords = 90;

    /// <summary>True when a matter that ended on a day is a worker's no more.</summary>
    public static bool IsOver(DateOnly? endedOn, DateOnly today) =>
        endedOn is { } day && IsOver(day.DayNumber, today.DayNumber);

    /// <summary>The same by day numbers; 0 for a matter that has not ended.</summary>
    public static bool IsOver(int endedOn, int today) => endedOn > 0 && today > endedOn + DaysForRecords;

    /// <summary>The day on which the matter ended; null while it goes on, and before anything has arrived.</summary>
    internal static DateOnly? Of(ClientState client) =>
        client.Closed is { } closed ? closed.ClosedOn
        : IsOpen(client) ? null
        : client.Referrals.Select(referral => referral.NotInvestigatedOn).Append(client.Assessment?.AssessedOn).Max();

    /// <summary>Something that arrived waits, or there is a client relationship.</summary>
    internal static bool IsOpen(ClientState client) => client.Assessment is { Assessed.Clientship: true }
        || client.Discussions.Any(request => request.AnsweredOn is null)
        || client.Referrals.Any(referral => referral.Waits);
}
