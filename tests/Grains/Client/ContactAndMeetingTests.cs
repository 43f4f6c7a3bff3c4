using OsstOrleans.Grains.Client;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

public sealed class ContactAndMeetingTests
{
    [Fact]
    public void Attempts_are_counted_and_the_first_day_is_found_also_when_recorded_late()
    {
        var client = GivenClient(Referred)
            .And("2018-02-08", new RecordContactAttempt(ContactChannel.Phone, true, "r1"))
            .When("2018-02-03", new RecordContactAttempt(ContactChannel.Letter, false, "r1", Words("Came back")))
            .Then(new ContactAttempted(ContactChannel.Letter, false, "r1", Words("Came back")));

        var referral = client.State.Referrals[0];
        Assert.Equal((Day("2018-02-03"), Day("2018-02-08"), 2),
            (referral.FirstContactOn, referral.FirstReachedOn, referral.ContactAttempts));
        Assert.Equal(
            new ContactTally(1, 1, 0, 0, 1, Day("2018-02-03"), Day("2018-02-08"), Day("2018-02-08")),
            client.State.Contacts);
    }

    [Fact]
    public void An_attempt_names_a_referral_that_exists() => GivenClient(Referred)
        .When("2018-02-03", new RecordContactAttempt(ContactChannel.Visit, true, "r2"))
        .ThenRefused(RejectionCodes.ReferralUnknown, "referralId");

    [Fact]
    public void An_attempt_follows_the_referral_it_names() => GivenClient(Referred)
        .When("2018-01-31", new RecordContactAttempt(ContactChannel.Outreach, true, "r1"))
        .ThenRefused(RejectionCodes.BeforeReferral, "occurredOn");

    [Fact]
    public void A_note_has_its_limit() => GivenClient(Referred)
        .When("2018-02-03", new RecordContactAttempt(ContactChannel.Visit, true, Note: TooLong))
        .ThenRefused(RejectionCodes.TextTooLong, "note");

    [Fact]
    public void A_meeting_is_booked() => GivenClient(Referred)
        .When("2018-02-10", Booking with { StartTime = "09:30", ReferralId = "r1" })
        .Then(new MeetingBooked("m1", Day("2018-02-20"), "09:30", MeetingSetting.Office, null, "r1"));

    [Fact]
    public void The_same_booking_twice_is_one() => GivenClient(Booked).When("2018-02-10", Booking).ThenNothing();

    [Fact]
    public void Another_meeting_cannot_take_the_identifier() => GivenClient(Booked)
        .When("2018-02-10", Booking with { MeetingOn = Day("2018-02-21") })
        .ThenRefused(RejectionCodes.MeetingIdTaken, "meetingId");

    [Fact]
    public void A_meeting_follows_its_booking() => GivenClient(Referred)
        .When("2018-02-21", Booking)
        .ThenRefused(RejectionCodes.MeetingBeforeBooking, "meetingOn");

    [Fact]
    public void A_meeting_is_not_agreed_for_the_next_generation() => GivenClient(Referred)
        .When("2018-02-10", Booking with { MeetingOn = DateOnly.MaxValue })
        .ThenRefused(RejectionCodes.OutOfRange, "meetingOn");

    [Theory]
    [InlineData("9.30")]
    [InlineData("25:00")]
    public void A_time_of_day_has_its_form(string startTime) => GivenClient(Referred)
        .When("2018-02-10", Booking with { StartTime = startTime })
        .ThenRefused(RejectionCodes.TimeInvalid, "startTime");

    [Fact]
    public void The_client_comes() => GivenClient(Booked)
        .When("2018-02-20", new AttendMeeting("m1", AgreedMatters: Words("Plan next time")))
        .Then(new MeetingAttended("m1", Day("2018-02-20"), null, Words("Plan next time")));

    [Fact]
    public void The_client_does_not_come()
    {
        var client = GivenClient(Booked)
            .When("2018-02-20", new MissMeeting("m1"))
            .Then(new MeetingMissed("m1", Day("2018-02-20"), null));

        Assert.Equal(MeetingStatus.Missed, client.State.Meetings[0].Status);
    }

    [Fact]
    public void Nobody_misses_what_was_never_booked() => GivenClient(Referred)
        .When("2018-02-20", new MissMeeting("m1"))
        .ThenRefused(RejectionCodes.MeetingNotBooked, "meetingId");

    [Fact]
    public void A_meeting_is_neither_held_nor_missed_before_its_day()
    {
        GivenClient(Booked).When("2018-02-19", new AttendMeeting("m1"))
            .ThenRefused(RejectionCodes.MeetingNotYetDue, "occurredOn");
        GivenClient(Booked).When("2018-02-19", new MissMeeting("m1"))
            .ThenRefused(RejectionCodes.MeetingNotYetDue, "occurredOn");
    }

    [Fact]
    public void A_meeting_is_settled_once() => GivenClient(Booked)
        .And("2018-02-20", new MissMeeting("m1"))
        .When("2018-02-20", new AttendMeeting("m1"))
        .ThenRefused(RejectionCodes.MeetingAlreadySettled, "meetingId");

    [Fact]
    public void A_meeting_is_cancelled_and_whose_doing_it_was_is_kept()
    {
        var client = GivenClient(Booked)
            .When("2018-02-19", new CancelMeeting("m1", CancellationCause.Organisation))
            .Then(new MeetingCancelled("m1", Day("2018-02-20"), CancellationCause.Organisation, null));

        Assert.Equal(CancellationCause.Organisation, client.State.Meetings[0].Cause);
    }

    [Theory]
    [InlineData("2018-02-09")]
    [InlineData("2018-02-21")]
    public void A_meeting_is_cancelled_between_its_booking_and_its_day(string day) => GivenClient(Booked)
        .When(day, new CancelMeeting("m1", CancellationCause.Client))
        .ThenRefused(RejectionCodes.CancellationOutsideBooking, "occurredOn");
}
