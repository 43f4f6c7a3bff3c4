using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Casework;

/// <summary>Reminders of meetings become due at the time of day that the register says, and once.</summary>
public sealed class ReminderRoundTests : SiloPlace
{
    /// <summary>The clock begins at 11 in Finland.</summary>
    private const string At = "16:00";

    private static readonly GrainName Register = GrainName.Municipality(Tampere);
    private static readonly GrainName Other = GrainName.Client("mikko");

    [Fact]
    public async Task A_reminder_is_due_at_the_time_that_the_register_says_and_not_before()
    {
        await Prepare();
        await Send(Register, new SetMeetingReminders(1, At));
        Time.Advance(TimeSpan.FromHours(4));
        await Send(Maija, new RecordContactAttempt(ContactChannel.Phone, Reached: true)); // Rounds have gone meanwhile.
        Assert.Empty(await Due());

        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([Maija], await DueOnce());
    }

    [Fact]
    public async Task What_was_missed_while_nothing_ran_is_due_after_the_next_start_and_nothing_is_due_twice()
    {
        await Prepare();
        await Send(Register, new SetMeetingReminders(1, At));
        await Silo.DisposeAsync();
        Time.Advance(TimeSpan.FromHours(6));
        await InitializeAsync();
        Assert.Equal([Maija], await DueOnce());

        await Restart();
        Time.Advance(TimeSpan.FromMinutes(2));
        await Send(Other, new AgreeToReminders());
        await Send(Register, new SetMeetingReminders(2, At)); // Another rule is another round.
        Time.Advance(TimeSpan.FromMinutes(1));
        await Reminded(Other);
        Assert.Equal([Maija, Other], await Due());
    }

    private async Task Prepare()
    {
        await Send(Register, new RegisterMunicipality("Tampere"));
        foreach (var client in new[] { Maija, Other })
        {
            await Send(client, Cases.Register with { TemporaryIdentifier = new PersonalText(client.Key) });
            await Send(client, new RecordContactDetails(new PersonalText("040 123 4567")));
            await Send(client, new BookMeeting("m1", Silo.Services.Clock().Today.AddDays(1)));
        }
        await Send(Maija, new AgreeToReminders());
    }

    private async Task<IReadOnlyList<GrainName>> DueOnce()
    {
        await Reminded(Maija);
        return await Due();
    }

    /// <summary>Waits until the caseload asks for no reminder of the client any more.</summary>
    private async Task Reminded(GrainName client)
    {
        using var watch = Silo.Signals.Watch(SignalKind.Caseload, [Tampere]);
        while (ToRemind().Contains(client.Key))
        {
            await watch.Next(Patience.Late);
        }
    }

    private IReadOnlyList<string> ToRemind()
    {
        var today = Silo.Services.Clock().Today;
        return Silo.Caseloads.Ask(Tampere, caseload => caseload.ToRemind(today, today.AddDays(2)))!;
    }

    /// <summary>The client of each reminder in the log.</summary>
    private async Task<IReadOnlyList<GrainName>> Due() =>
    [
        .. (await Requests.Feed(Silo.Store))
            .Where(stored => EventCodec.DecodeCoded(stored) is MeetingReminderDue).Select(stored => stored.Grain),
    ];
}
