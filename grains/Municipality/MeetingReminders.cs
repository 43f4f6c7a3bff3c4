using System.Globalization;

namespace OsstOrleans.Grains.Municipality;

/// <summary>
/// Sets when clients who agree are reminded of meetings; without days they are not. No law gives a time: it belongs to
/// the register's model.
/// </summary>
/// <param name="DaysBefore">Calendar days before the meeting, 1-14; null for no reminders.</param>
/// <param name="At">The time of day in Finland, <c>HH:mm</c>; null without reminders.</param>
public sealed record SetMeetingReminders(int? DaysBefore = null, string? At = null) : IRegisterCommand;

/// <summary>It changed when clients are reminded of meetings; both are null where they are not.</summary>
[StoredAs("municipality.meeting-reminders-set", TellsOfNoPerson = true)]
public sealed record MeetingRemindersSet(int? DaysBefore, string? At) : IMunicipalityEvent;

/// <summary>When clients who agree are reminded of meetings.</summary>
/// <param name="DaysBefore">Calendar days before the meeting.</param>
/// <param name="At">The time of day in Finland, <c>HH:mm</c>.</param>
public sealed record MeetingReminders(int DaysBefore, string At)
{
    private const int MostDays = 14;

    /// <summary>True from that time of a day on.</summary>
    public bool HasComeBy(TimeOnly now) => now >= TimeOnly.ParseExact(At, "HH:mm", CultureInfo.InvariantCulture);

    internal static Decision Set(MunicipalityState municipality, SetMeetingReminders command) =>
        Problem(command) is { } refused ? refused
        : municipality.MeetingReminders == Of(command.DaysBefore, command.At) ? Decision.Nothing
        : Decision.Happened(new MeetingRemindersSet(command.DaysBefore, command.At));

    internal static MeetingReminders? Of(int? daysBefore, string? at) =>
        daysBefore is { } days && at is not null ? new MeetingReminders(days, at) : null;

    private static Rejection? Problem(SetMeetingReminders command) => (command.DaysBefore, command.At) switch
    {
        (null, null) => null,
        ({ } days, { } at) =>
            Require.Within(days, 1, MostDays, "daysBefore") ?? Require.TimeOfDay(at, "at"),
        (null, _) => Missing("daysBefore"),
        _ => Missing("at"),
    };

    private static Rejection Missing(string field) => Refuse.Field(
        RejectionCodes.FieldRequired, field, "Both are given, or none for no reminders.");
}
