using System.Collections.Immutable;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// What the client's events say of reminders that were due and have not left yet: one of a meeting that is over, that
/// was settled, or of a client who agrees no more, is sent to no one, however late a receiver takes it.
/// </summary>
/// <param name="IsAgreed">The client agrees to be reminded.</param>
/// <param name="Booked">Meetings of which nothing has become yet.</param>
internal sealed record ReminderSight(bool IsAgreed, ImmutableHashSet<string> Booked)
{
    /// <summary>Nothing was said.</summary>
    public static ReminderSight None { get; } = new(false, ImmutableHashSet.Create<string>(StringComparer.Ordinal));

    /// <summary>The names of the events that say something of this.</summary>
    public static IReadOnlyList<string> Said { get; } =
    [
        EventCatalogue.NameOf<RemindersAgreed>(), EventCatalogue.NameOf<RemindersEnded>(),
        EventCatalogue.NameOf<MeetingBooked>(), EventCatalogue.NameOf<MeetingAttended>(),
        EventCatalogue.NameOf<MeetingMissed>(), EventCatalogue.NameOf<MeetingCancelled>(),
        EventCatalogue.NameOf<ClientMoved>(), EventCatalogue.NameOf<MatterClosed>(),
        EventCatalogue.NameOf<MattersEnded>(),
    ];

    /// <summary>True for a reminder that may be sent no more.</summary>
    public bool Holds(in LeavingEvent leaving) => leaving.Happened is MeetingReminderDue due
        && (!IsAgreed || !Booked.Contains(due.MeetingId) || due.MeetingOn < leaving.Today);

    /// <summary>As it is after one more event of the client.</summary>
    public ReminderSight After(IEvent? happened) => happened switch
    {
        RemindersAgreed => this with { IsAgreed = true },
        RemindersEnded or ClientMoved { WithinRegister: false } or MattersEnded => this with { IsAgreed = false },
        MeetingBooked it => this with { Booked = Booked.Add(it.MeetingId) },
        MeetingAttended it => this with { Booked = Booked.Remove(it.MeetingId) },
        MeetingMissed it => this with { Booked = Booked.Remove(it.MeetingId) },
        MeetingCancelled it => this with { Booked = Booked.Remove(it.MeetingId) },
        MatterClosed => this with { Booked = Booked.Clear() },
        _ => this,
    };
}
