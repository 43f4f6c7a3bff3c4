using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>Reminders of meetings: by the client's consent alone, once for each meeting.</summary>
public sealed class ReminderTests
{
    private static readonly RecordContactDetails Details = new(Words("040 123 4567"), Language: Words("sv"));

    private static readonly RemindOfMeetings Round = new(Day("2018-02-21"));

    private static readonly MeetingReminderDue Due =
        new("m1", Day("2018-02-20"), null, Words("+358401234567"), Words("sv"));

    private static Step[] Agreed =>
        [.. Booked, On("2018-02-11", Details), On("2018-02-11", new AgreeToReminders())];

    [Fact]
    public void A_reminder_is_due_once_for_each_meeting_ahead_of_a_client_who_agrees()
    {
        var later = Booking with { MeetingId = "later", MeetingOn = Day("2018-03-20") };
        var client = GivenClient([.. Agreed, On("2018-02-12", later)]);
        client.When("2018-02-19", Round).Then(Due).When("2018-02-19", Round).ThenNothing();
        Assert.Equal(
            [Day("2018-02-19"), null], client.State.Meetings.Select(meeting => meeting.ReminderDueOn));
    }

    [Fact]
    public void Who_does_not_agree_or_has_no_number_is_not_reminded()
    {
        GivenClient([.. Booked, On("2018-02-11", Details)]).When("2018-02-19", Round).ThenNothing();
        GivenClient([.. Booked, On("2018-02-11", new AgreeToReminders())]).When("2018-02-19", Round).ThenNothing();
        GivenClient([.. Agreed, On("2018-02-12", new EndReminders())]).When("2018-02-19", Round).ThenNothing();
    }

    [Fact]
    public void Of_whom_receivers_get_nothing_no_reminder_is_due()
    {
        ICommand[] holding =
        [
            new SetSecurityBan(), new ProhibitDisclosure(Words("Ei muille")),
            new RequestRestriction(RestrictionGround.AccuracyContested), new CloseMatter(ClosingReason.NoNeed),
        ];
        foreach (var command in holding)
        {
            GivenClient([.. Agreed, On("2018-02-12", command)]).When("2018-02-19", Round).ThenNothing();
        }
    }

    [Fact]
    public void A_meeting_that_is_over_or_beyond_the_days_before_is_not_reminded_of()
    {
        GivenClient(Agreed).When("2018-02-20", Round).ThenNothing();
        GivenClient(Agreed).When("2018-02-12", new RemindOfMeetings(Day("2018-02-19"))).ThenNothing();
        GivenClient([.. Agreed, On("2018-02-13", new CancelMeeting("m1", CancellationCause.Client))])
            .When("2018-02-19", Round).ThenNothing();
    }

    [Fact]
    public void A_move_to_another_register_ends_the_consent_and_one_within_it_does_not()
    {
        var client = GivenClient(Agreed).And("2018-02-12", new MoveToMunicipality("837"));
        Assert.Null(client.State.RemindersAgreedSince);
        client.When("2018-02-13", new AgreeToReminders()).Then(new RemindersAgreed())
            .When("2018-02-13", new AgreeToReminders()).ThenNothing();
    }

    [Fact]
    public void A_new_matter_ends_the_consent_and_the_same_matter_goes_on_with_it()
    {
        var closed = GivenClient([.. Agreed, On("2018-02-12", new CloseMatter(ClosingReason.NoNeed))]);
        Assert.NotNull(closed.And("2018-02-13", new ReopenMatter()).State.RemindersAgreedSince);
        closed = GivenClient([.. Agreed, On("2018-02-12", new CloseMatter(ClosingReason.NoNeed))]);
        Assert.Null(closed.And("2018-02-13", new ReopenMatter(NewMatter: true)).State.RemindersAgreedSince);
    }

    [Fact]
    public void What_became_of_a_reminder_is_recorded_of_a_meeting_that_had_one()
    {
        var client = GivenClient(Agreed);
        client.When("2018-02-19", new RecordReminderOutcome("m1", ReminderOutcome.Delivered))
            .ThenRefused(RejectionCodes.ReminderNotDue, "meetingId");
        client.And("2018-02-19", Round)
            .When("2018-02-19", new RecordReminderOutcome("m1", (ReminderOutcome)9))
            .ThenRefused(RejectionCodes.UnknownValue, "outcome");
        client.When("2018-02-19", new RecordReminderOutcome("m1", ReminderOutcome.NotDelivered))
            .Then(new ReminderOutcomeRecorded("m1", Day("2018-02-20"), ReminderOutcome.NotDelivered))
            .When("2018-02-19", new RecordReminderOutcome("m1", ReminderOutcome.Delivered))
            .Then(new ReminderOutcomeRecorded("m1", Day("2018-02-20"), ReminderOutcome.Delivered))
            .When("2018-02-19", new RecordReminderOutcome("m1", ReminderOutcome.NotDelivered)).ThenNothing();
        Assert.Equal(ReminderOutcome.Delivered, client.State.Meetings[0].Reminder);
    }

    [Fact]
    public void The_caseload_finds_who_is_to_be_reminded()
    {
        var register = new Register();
        register.With("agrees", Agreed);
        register.With("does not", Booked);
        Assert.Equal(["agrees"], ToRemind(register, "2018-02-19"));
        Assert.Empty(ToRemind(register, "2018-02-17"));
        Assert.Empty(ToRemind(register, "2018-02-20"));
        register.With("agrees", On("2018-02-19", Round));
        Assert.Empty(ToRemind(register, "2018-02-19"));
    }

    [Fact]
    public void A_register_says_when_its_clients_are_reminded()
    {
        var register = GivenMunicipality(On("2018-01-01", Kemijarvi));
        register.When("2018-01-02", new SetMeetingReminders(1, "16:00")).Then(new MeetingRemindersSet(1, "16:00"))
            .When("2018-01-02", new SetMeetingReminders(1, "16:00")).ThenNothing();
        Assert.False(register.State.MeetingReminders!.HasComeBy(new TimeOnly(15, 59)));
        Assert.True(register.State.MeetingReminders!.HasComeBy(new TimeOnly(16, 0)));
        register.When("2018-01-02", new SetMeetingReminders(0, "16:00"))
            .ThenRefused(RejectionCodes.OutOfRange, "daysBefore");
        register.When("2018-01-02", new SetMeetingReminders(15, "16:00"))
            .ThenRefused(RejectionCodes.OutOfRange, "daysBefore");
        register.When("2018-01-02", new SetMeetingReminders(1, "4 pm")).ThenRefused(RejectionCodes.TimeInvalid, "at");
        register.When("2018-01-02", new SetMeetingReminders(1)).ThenRefused(RejectionCodes.FieldRequired, "at");
        register.When("2018-01-02", new SetMeetingReminders(null, "16:00"))
            .ThenRefused(RejectionCodes.FieldRequired, "daysBefore");
        register.When("2018-01-02", new SetMeetingReminders()).Then(new MeetingRemindersSet(null, null));
    }

    private static IReadOnlyList<string> ToRemind(Register register, string today) =>
        register.Caseload.ToRemind(Day(today), Day(today).AddDays(2));
}
