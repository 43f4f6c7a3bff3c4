using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>Records that the client agrees to be reminded of meetings by text message (<em>tekstiviestimuistutus</em>).
/// It holds until the client ends it, or moves to another register.</summary>
public sealed record AgreeToReminders : IClientCommand;

/// <summary>Records that the client wants no more reminders of meetings.</summary>
public sealed record EndReminders : IClientCommand;

/// <summary>
/// Asks for a reminder of each meeting that lies ahead and has had none: of a client who agrees, who has a number, and
/// of whom nothing is held back from receivers.
/// </summary>
/// <param name="Through">The last day of the meetings.</param>
public sealed record RemindOfMeetings(DateOnly Through) : IClientCommand, ICarriedOut;

/// <summary>What became of a reminder.</summary>
public enum ReminderOutcome
{
    /// <summary>It was delivered to the client's telephone.</summary>
    Delivered = 1,

    /// <summary>It could not be delivered.</summary>
    NotDelivered = 2,
}

/// <summary>
/// Records what became of a reminder, as the service that sends it says. It is a contact with the client, and makes
/// statistics tell meetings that the client was reminded of from others.
/// </summary>
/// <param name="MeetingId">A meeting of which a reminder was due.</param>
/// <param name="Outcome">What became of it; one that was delivered stays so.</param>
public sealed record RecordReminderOutcome(string MeetingId, ReminderOutcome Outcome) : IClientCommand;

/// <summary>The client agreed to be reminded of meetings.</summary>
[StoredAs("client.reminders-agreed", TimelineKind.Registration, StaysInside = true)]
public sealed record RemindersAgreed : IClientEvent;

/// <summary>The client wants no more reminders of meetings: who has one to send sends it no more.</summary>
[StoredAs("client.reminders-ended", TimelineKind.Registration)]
public sealed record RemindersEnded : IClientEvent;

/// <summary>
/// A reminder of a meeting is due: who may send text messages for the register sends one. Place and worker are not in
/// it: who looks at another's telephone would read them.
/// </summary>
/// <param name="MeetingId">The meeting.</param>
/// <param name="MeetingOn">Its day.</param>
/// <param name="StartTime">The agreed time of day in Finland, <c>HH:mm</c>.</param>
/// <param name="Phone">The number, with its country's.</param>
/// <param name="Language">The language to write in, ISO 639; null where it is not known.</param>
[StoredAs("client.meeting-reminder-due", TimelineKind.Meeting, Words = WordClass.Matter)]
public sealed record MeetingReminderDue(
    string MeetingId, DateOnly MeetingOn, string? StartTime, PersonalText Phone, PersonalText? Language)
    : IClientEvent;

/// <summary>It became known what became of a reminder.</summary>
/// <param name="MeetingId">The meeting.</param>
/// <param name="MeetingOn">Its day, which statistics count.</param>
/// <param name="Outcome">What became of it.</param>
[StoredAs("client.reminder-outcome-recorded", TimelineKind.Contact)]
public sealed record ReminderOutcomeRecorded(string MeetingId, DateOnly MeetingOn, ReminderOutcome Outcome)
    : IClientEvent;

/// <summary>Reminders of meetings: the client's consent, when one is due, and what becomes of it.</summary>
internal static class Reminders
{
    public static Decision Agree(ClientState client) =>
        client.RemindersAgreedSince is null ? Decision.Happened(new RemindersAgreed()) : Decision.Nothing;

    public static Decision End(ClientState client) =>
        client.RemindersAgreedSince is null ? Decision.Nothing : Decision.Happened(new RemindersEnded());

    public static Decision Remind(ClientState client, RemindOfMeetings command, Moment moment) =>
        client.ContactDetails?.Recorded is { } details && NumberOf(details) is { } phone && MayBeReminded(client)
            // Given to another register, which had the clients of this municipality then.
            && !(client.RemindersAgreedSince < moment.Registers.SinceOf(client.Municipality, moment.Today))
            ? Decision.Happened(
            [
                .. client.Meetings
                    .Where(meeting => meeting is { Status: MeetingStatus.Booked, ReminderDueOn: null }
                        && meeting.Booked.MeetingOn > moment.OccurredOn && meeting.Booked.MeetingOn <= command.Through)
                    .Select(meeting => new MeetingReminderDue(
                        meeting.Booked.MeetingId, meeting.Booked.MeetingOn, meeting.Booked.StartTime, phone,
                        details.Language)),
            ])
            : Decision.Nothing;

    public static Decision Record(ClientState client, RecordReminderOutcome command) =>
        (Require.Id(command.MeetingId, "meetingId") ?? Require.Member(command.Outcome, "outcome")) is { } refused
            ? refused
        : Meetings.Find(client, command.MeetingId) is not { ReminderDueOn: not null } meeting
            ? Refuse.Step(ReminderNotDue, "meetingId", "No reminder of such a meeting was due.")
        : meeting.Reminder == command.Outcome || meeting.Reminder is ReminderOutcome.Delivered ? Decision.Nothing
        : Decision.Happened(new ReminderOutcomeRecorded(
            command.MeetingId, meeting.Booked.MeetingOn, command.Outcome));

    public static ClientState? Evolve(ClientState client, IEvent happened, DateOnly on) => happened switch
    {
        RemindersAgreed => client with { RemindersAgreedSince = on },
        RemindersEnded => client with { RemindersAgreedSince = null },
        MeetingReminderDue it => Meetings.Change(client, it.MeetingId, known => known with { ReminderDueOn = on }),
        ReminderOutcomeRecorded it =>
            Meetings.Change(client, it.MeetingId, known => known with { Reminder = it.Outcome }),
        _ => null,
    };

    /// <summary>Of whom receivers get nothing, a reminder would never be sent.</summary>
    private static bool MayBeReminded(ClientState client) => client is
    {
        RemindersAgreedSince: not null, SecurityBanSince: null, DisclosureProhibitedSince: null, Closed: null,
        IsGone: false, Restriction: not { IsOpen: true },
    };

    private static PersonalText? NumberOf(ContactDetailsRecorded details) =>
        details.Phone is { IsEmpty: false } phone ? phone
        : details.OtherPhone is { IsEmpty: false } other ? other
        : null;
}
