using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>Books a meeting with the client. The day it occurred is the day of booking.</summary>
/// <param name="MeetingId">The caller's identifier, unique within the client.</param>
/// <param name="MeetingOn">The agreed day in Finland, not before the day of booking.</param>
/// <param name="StartTime">The agreed time of day in Finland, <c>HH:mm</c>.</param>
/// <param name="Setting">Where, as a coded kind of place.</param>
/// <param name="Place">Where, in words.</param>
/// <param name="ReferralId">The referral that led to it, when one did.</param>
/// <param name="WorkerId">
/// With whom, where it is not the client's worker. That worker may read the client from 30 days before the meeting
/// until its outcome is recorded, or 14 days after it, in this register; unless it is who books the meeting.
/// </param>
public sealed record BookMeeting(
    string MeetingId,
    DateOnly MeetingOn,
    string? StartTime = null,
    MeetingSetting Setting = MeetingSetting.Office,
    PersonalText? Place = null,
    string? ReferralId = null,
    string? WorkerId = null) : IClientCommand, IMakesItLast
{
    bool IMakesItLast.MakesItLast => WorkerId is not null;
}

/// <summary>Records that the client came (<em>merkintä tapaamisesta</em>, Sosmeta 19005).</summary>
/// <param name="MeetingId">A booked meeting.</param>
/// <param name="Participants">Who else took part.</param>
/// <param name="AgreedMatters">What was agreed (<em>sovitut asiat</em>).</param>
/// <param name="Minutes">How long it took, 1-1440.</param>
/// <param name="Setting">Where it took place, where that is not where it had been booked for.</param>
/// <param name="Method"><em>Menetelmä</em>, a code of list 1293 or its local placeholder.</param>
public sealed record AttendMeeting(
    string MeetingId,
    PersonalText? Participants = null,
    PersonalText? AgreedMatters = null,
    int? Minutes = null,
    MeetingSetting? Setting = null,
    CodedValue? Method = null) : IClientCommand;

/// <summary>
/// Records a no-show: the client did not come and had not cancelled. A state of its own, not a cancellation.
/// </summary>
/// <param name="MeetingId">A booked meeting whose day has come.</param>
/// <param name="Note">The worker's words.</param>
public sealed record MissMeeting(string MeetingId, PersonalText? Note = null) : IClientCommand;

/// <summary>
/// Cancels a booked meeting, on its day at the latest (<em>merkintä peruuntumisesta</em>, Sosmeta 19006).
/// </summary>
/// <param name="MeetingId">A booked meeting.</param>
/// <param name="Cause">Whose doing it was (Y30 or Y32).</param>
/// <param name="Note">The worker's words.</param>
/// <param name="Declined">Why the client declined to come; only where the client cancelled (Y30).</param>
public sealed record CancelMeeting(
    string MeetingId,
    CancellationCause Cause,
    PersonalText? Note = null,
    DeclineReason? Declined = null) : IClientCommand;

/// <summary>A meeting was agreed.</summary>
/// <param name="ForSelf">The worker with whom it is booked it, or who stood in for that worker.</param>
[StoredAs("client.meeting-booked", TimelineKind.Meeting, Correctable = true, Words = WordClass.Matter)]
public sealed record MeetingBooked(
    string MeetingId,
    DateOnly MeetingOn,
    string? StartTime,
    MeetingSetting Setting,
    PersonalText? Place,
    string? ReferralId,
    string? WorkerId = null,
    bool ForSelf = false) : IClientEvent;

/// <summary>The client came. <paramref name="MeetingOn"/> is the meeting's day, which statistics count.</summary>
[StoredAs("client.meeting-attended", TimelineKind.Meeting, Correctable = true, Words = WordClass.Matter)]
public sealed record MeetingAttended(
    string MeetingId,
    DateOnly MeetingOn,
    PersonalText? Participants,
    PersonalText? AgreedMatters,
    int? Minutes = null,
    MeetingSetting? Setting = null,
    CodedValue? Method = null) : IClientEvent;

/// <summary>The client did not come (<em>no-show</em>).</summary>
[StoredAs("client.meeting-missed", TimelineKind.Meeting, Correctable = true, Words = WordClass.Matter)]
public sealed record MeetingMissed(string MeetingId, DateOnly MeetingOn, PersonalText? Note) : IClientEvent;

/// <summary>A meeting was cancelled beforehand.</summary>
[StoredAs("client.meeting-cancelled", TimelineKind.Meeting, Correctable = true, Words = WordClass.Matter)]
public sealed record MeetingCancelled(
    string MeetingId,
    DateOnly MeetingOn,
    CancellationCause Cause,
    PersonalText? Note,
    DeclineReason? Declined = null) : IClientEvent;

/// <summary>A meeting and what became of it.</summary>
/// <param name="Booked">The meeting as agreed.</param>
/// <param name="BookedOn">The day of booking.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Cause">Whose doing the cancellation was; null unless cancelled.</param>
/// <param name="Register">The municipality in whose register it was booked.</param>
/// <param name="ReminderDueOn">The day on which a reminder was due; null while none was.</param>
/// <param name="Reminder">What became of the reminder; null while that is not known.</param>
/// <param name="Minutes">How long it took, where that was recorded.</param>
/// <param name="HeldIn">Where it took place, where that is not where it had been booked for.</param>
/// <param name="Method">The method used in it, where one was recorded.</param>
/// <param name="Declined">Why the client declined to come; null unless the client cancelled and said why.</param>
public sealed record Meeting(
    MeetingBooked Booked,
    DateOnly BookedOn,
    MeetingStatus Status = MeetingStatus.Booked,
    CancellationCause? Cause = null,
    string Register = "",
    DateOnly? ReminderDueOn = null,
    ReminderOutcome? Reminder = null,
    int? Minutes = null,
    MeetingSetting? HeldIn = null,
    CodedValue? Method = null,
    DeclineReason? Declined = null);

internal static class Meetings
{
    /// <summary>The latest day on which something is known to have been done about a meeting.</summary>
    public static DateOnly LastStepOf(Meeting meeting) =>
        meeting.Status is MeetingStatus.Attended or MeetingStatus.Missed && meeting.Booked.MeetingOn > meeting.BookedOn
            ? meeting.Booked.MeetingOn
            : meeting.BookedOn;

    public static Decision Book(ClientState client, BookMeeting command, Moment moment)
    {
        var refused = Require.Id(command.MeetingId, "meetingId")
            ?? Require.Planned(command.MeetingOn, moment, "meetingOn")
            ?? (command.MeetingOn < moment.OccurredOn
                ? Refuse.Field(MeetingBeforeBooking, "meetingOn", "The meeting lies before the day of booking.")
                : null)
            ?? Require.TimeOfDay(command.StartTime, "startTime")
            ?? Require.Member(command.Setting, "setting")
            ?? Require.OneLine(command.Place, "place")
            ?? Require.OptionalId(command.WorkerId, "workerId");
        if (refused is not null)
        {
            return refused;
        }
        var booked = new MeetingBooked(
            command.MeetingId,
            command.MeetingOn,
            command.StartTime,
            command.Setting,
            command.Place,
            command.ReferralId,
            command.WorkerId,
            ForSelf: command.WorkerId is { } worker && moment.ActsAs.Contains(worker));
        return Find(client, command.MeetingId) switch
        {
            { } known when known.Booked with { ForSelf = booked.ForSelf } == booked
                && known.BookedOn == moment.OccurredOn => Decision.Nothing,
            { } => Refuse.Step(MeetingIdTaken, "meetingId", "Another meeting of this client has this identifier."),
            null when Referrals.Followable(client, command.ReferralId, moment) is { } notFollowable => notFollowable,
            null when client.Meetings.Count >= Limits.Meetings => Refuse.Limit("meetingId", Limits.Meetings),
            null => Decision.Happened(booked),
        };
    }

    public static Decision Attend(ClientState client, AttendMeeting command, Moment moment)
    {
        var meeting = Find(client, command.MeetingId);
        var refused = Require.Text(command.Participants, "participants")
            ?? Require.Text(command.AgreedMatters, "agreedMatters")
            ?? Dose.Check(command.Minutes, command.Setting, command.Method, moment)
            ?? Due(meeting, moment);
        return refused is not null ? refused : Decision.Happened(new MeetingAttended(
            command.MeetingId, meeting!.Booked.MeetingOn, command.Participants, command.AgreedMatters,
            command.Minutes, command.Setting, command.Method));
    }

    public static Decision Miss(ClientState client, MissMeeting command, Moment moment)
    {
        var meeting = Find(client, command.MeetingId);
        var refused = Require.Text(command.Note, "note") ?? Due(meeting, moment);
        return refused is not null ? refused : Decision.Happened(
            new MeetingMissed(command.MeetingId, meeting!.Booked.MeetingOn, command.Note));
    }

    public static Decision Cancel(ClientState client, CancelMeeting command, Moment moment)
    {
        var meeting = Find(client, command.MeetingId);
        var refused = Require.Member(command.Cause, "cause")
            ?? Require.Text(command.Note, "note")
            ?? Dose.Declined(
                command.Declined, command.Cause is CancellationCause.Client, "declined", "The client did not cancel.")
            ?? Open(meeting)
            ?? (moment.OccurredOn < meeting!.BookedOn || moment.OccurredOn > meeting.Booked.MeetingOn
                ? Refuse.Field(
                    CancellationOutsideBooking, "occurredOn", "A meeting is cancelled from its booking to its day.")
                : null);
        return refused is not null ? refused : Decision.Happened(new MeetingCancelled(
            command.MeetingId, meeting!.Booked.MeetingOn, command.Cause, command.Note, command.Declined));
    }

    public static ClientState Evolve(ClientState client, MeetingBooked happened, DateOnly on) => client with
    {
        Meetings = [.. client.Meetings, new Meeting(happened, on, Register: client.Municipality)],
    };

    public static ClientState Evolve(ClientState client, MeetingAttended happened) => Discussions.Met(
        Change(client, happened.MeetingId, known => known with
        {
            Status = MeetingStatus.Attended,
            Minutes = happened.Minutes,
            HeldIn = happened.Setting,
            Method = happened.Method,
        }),
        happened.MeetingOn);

    public static ClientState Evolve(ClientState client, MeetingMissed happened) =>
        Change(client, happened.MeetingId, known => known with { Status = MeetingStatus.Missed });

    public static ClientState Evolve(ClientState client, MeetingCancelled happened) =>
        Change(client, happened.MeetingId, known => known with
        {
            Status = MeetingStatus.Cancelled,
            Cause = happened.Cause,
            Declined = happened.Declined,
        });

    /// <summary>The state with one meeting changed; the same state when there is no such meeting.</summary>
    public static ClientState Change(ClientState client, string meetingId, Func<Meeting, Meeting> change) =>
        client with
        {
            Meetings =
            [
                .. client.Meetings.Select(known => known.Booked.MeetingId == meetingId ? change(known) : known),
            ],
        };

    public static Meeting? Find(ClientState client, string meetingId) =>
        client.Meetings.FirstOrDefault(known => known.Booked.MeetingId == meetingId);

    /// <summary>A meeting that was booked and of which nothing has become yet.</summary>
    private static Rejection? Open(Meeting? meeting) => meeting switch
    {
        null => Refuse.Step(MeetingNotBooked, "meetingId", "This meeting was never booked."),
        { Status: not MeetingStatus.Booked } =>
            Refuse.Step(MeetingAlreadySettled, "meetingId", "This meeting was already held, missed or cancelled."),
        _ => null,
    };

    private static Rejection? Due(Meeting? meeting, Moment moment) =>
        Open(meeting)
        ?? (moment.OccurredOn < meeting!.Booked.MeetingOn
            ? Refuse.Field(MeetingNotYetDue, "occurredOn", "The meeting's day has not come.")
            : null);
}
