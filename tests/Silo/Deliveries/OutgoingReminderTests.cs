using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Tests.Deliveries;

/// <content>Reminders of meetings, which lose their sense while they wait.</content>
public sealed partial class OutgoingEventTests
{
    /// <summary>A receiver that was away, or that begins anew, takes what was due long ago.</summary>
    [Fact]
    public async Task A_reminder_leaves_only_while_the_client_agrees_and_the_meeting_lies_ahead()
    {
        var tomorrow = Services.Clock().Today.AddDays(1);
        var due = Due("m1", tomorrow);
        await Do(new BookMeeting("m1", tomorrow));
        await Do(new BookMeeting("m2", tomorrow));
        Assert.Null(await Told(OfTampere, due));
        await Do(new AgreeToReminders());
        Assert.NotNull(await Told(OfTampere, due));
        Assert.Null(await Told(OfTampere, Due("m1", tomorrow.AddDays(-2))));
        await Do(new EndReminders());
        Assert.Null(await Told(OfTampere, due));
        await Do(new AgreeToReminders());
        await Do(new CancelMeeting("m1", CancellationCause.Client));
        Assert.Null(await Told(OfTampere, due));
        Assert.NotNull(await Told(OfTampere, Due("m2", tomorrow)));
        await Do(new CloseMatter(ClosingReason.NoNeed));
        Assert.Null(await Told(OfTampere, Due("m2", tomorrow)));

        static StoredEvent Due(string meeting, DateOnly on) => Stored(
            "client.meeting-reminder-due",
            new MeetingReminderDue(meeting, on, "09:00", new PersonalText("+358401234567"), null));
    }
}
