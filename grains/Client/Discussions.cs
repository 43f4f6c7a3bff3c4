namespace OsstOrleans.Grains.Client;

/// <summary>
/// Records that the client asked for a personal discussion with a social worker or <em>sosionomi</em>. The client has
/// the right to it by the 7th working day after asking (toimeentulotukilaki 1412/1997 14 e §). Asking again before a
/// meeting makes no new request: the time limit runs from the first day.
/// </summary>
/// <param name="Note">The worker's words.</param>
public sealed record RequestDiscussion(PersonalText? Note = null) : IClientCommand, IMakesItLast;

/// <summary>The client asked for a personal discussion.</summary>
[StoredAs("client.discussion-requested", TimelineKind.Contact, Correctable = true, Words = WordClass.Matter)]
public sealed record DiscussionRequested(PersonalText? Note) : IClientEvent;

/// <summary>A client's request for a personal discussion.</summary>
/// <param name="RequestedOn">The day the client asked.</param>
/// <param name="AnsweredOn">The day of the first meeting that the client attended since; null while there is none.
/// </param>
public sealed record DiscussionRequest(DateOnly RequestedOn, DateOnly? AnsweredOn = null);

internal static class Discussions
{
    public static Decision Request(ClientState client, RequestDiscussion command, Moment moment) =>
        Require.Text(command.Note, "note") is { } refused ? refused
        : client.Discussions.Any(known => IsSame(known, moment.OccurredOn)) ? Decision.Nothing
        : client.Discussions.Count >= Limits.Discussions ? Refuse.Limit("note", Limits.Discussions)
        : Decision.Happened(new DiscussionRequested(command.Note));

    public static ClientState Requested(ClientState client, DateOnly on)
    {
        var met = client.Meetings
            .Where(meeting => meeting.Status is MeetingStatus.Attended && meeting.Booked.MeetingOn >= on)
            .Select(meeting => meeting.Booked.MeetingOn)
            .Order()
            .Cast<DateOnly?>()
            .FirstOrDefault();
        // At most one request is open; one that was recorded late begins the time limit earlier.
        var others = client.Discussions.Where(known => met is not null || known.AnsweredOn is not null);
        return client with { Discussions = [.. others, new DiscussionRequest(on, met)] };
    }

    /// <summary>A meeting that the client attended answers what was asked by then.</summary>
    public static ClientState Met(ClientState client, DateOnly meetingOn) => client with
    {
        Discussions =
        [
            .. client.Discussions.Select(known =>
                known.RequestedOn <= meetingOn && !(known.AnsweredOn <= meetingOn)
                    ? known with { AnsweredOn = meetingOn }
                    : known),
        ],
    };

    private static bool IsSame(DiscussionRequest known, DateOnly on) =>
        known.RequestedOn == on || (known.AnsweredOn is null && known.RequestedOn < on);
}
