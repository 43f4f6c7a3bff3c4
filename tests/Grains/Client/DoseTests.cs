using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Timeline;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>How much was done with a client and how, and why a client declined.</summary>
public sealed class DoseTests
{
    private static readonly AttendMeeting Hour =
        new("m1", Minutes: 60, Setting: MeetingSetting.DropInCentre, Method: IntensiveWork);

    private static readonly RecordContactAttempt Peer = new(
        ContactChannel.PeerExpert, true, "r1", Minutes: 20, Setting: MeetingSetting.Elsewhere, Method: IntensiveWork,
        Declined: DeclineReason.NoTrust);

    [Fact]
    public void A_meeting_says_how_long_it_took_where_and_by_which_method()
    {
        var client = GivenClient(Booked).When("2018-02-20", Hour).Then(new MeetingAttended(
            "m1", Day("2018-02-20"), null, null, 60, MeetingSetting.DropInCentre, IntensiveWork));
        var meeting = client.State.Meetings[0];
        Assert.Equal(
            (60, MeetingSetting.DropInCentre, IntensiveWork),
            (meeting.Minutes!.Value, meeting.HeldIn!.Value, meeting.Method!.Value));
        Assert.Equal(
            "The client came to the meeting of 20 Feb 2018; 60 minutes; place: drop-in centre; method: "
            + CodeSystems.Display(IntensiveWork)!.En,
            PlainWords.In("en")!.Of(client.Past[^1].Happened));
    }

    [Fact]
    public void What_was_not_recorded_is_not_known()
    {
        var meeting = GivenClient(Booked).And("2018-02-20", new AttendMeeting("m1")).State.Meetings[0];
        Assert.Equal((null, null, null), (meeting.Minutes, meeting.HeldIn, meeting.Method));
    }

    [Fact]
    public void An_hour_recorded_in_error_counts_no_more()
    {
        var client = GivenClient(Booked).And("2018-02-20", Hour);
        var corrected = client.And("2018-02-21", new MarkRecordedInError(client.Past.Count, Words("Another client")));
        Assert.Equal((MeetingStatus.Booked, null), (
            corrected.State.Meetings[0].Status, corrected.State.Meetings[0].Minutes));
    }

    [Fact]
    public void Outreach_by_peer_expert_youth_work_and_drop_in_centre_is_told_apart_and_counted_together()
    {
        var client = GivenClient(Referred)
            .And("2018-02-04", new RecordContactAttempt(ContactChannel.YouthWork, false, "r1"))
            .And("2018-02-05", new RecordContactAttempt(ContactChannel.DropInCentre, false, "r1"))
            .When("2018-02-06", Peer)
            .Then(new ContactAttempted(
                ContactChannel.PeerExpert, true, "r1", null, 20, MeetingSetting.Elsewhere, IntensiveWork,
                DeclineReason.NoTrust));
        Assert.Equal((0, 3, 1), (
            client.State.Contacts.Letters, client.State.Contacts.Outreach, client.State.Contacts.Reached));
    }

    [Fact]
    public void A_drop_in_centre_leads_clients_to_social_work() => Assert.Equal(
        ReferralSource.DropInCentre,
        GivenClient(Registered).And("2018-02-01", FromKela with { Source = ReferralSource.DropInCentre })
            .State.Referrals[0].Received.Source);

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(Limits.MinutesOfDay + 1)]
    public void Minutes_are_those_of_a_day(int minutes)
    {
        GivenClient(Booked).When("2018-02-20", Hour with { Minutes = minutes })
            .ThenRefused(RejectionCodes.OutOfRange, "minutes");
        GivenClient(Referred).When("2018-02-03", Peer with { Minutes = minutes })
            .ThenRefused(RejectionCodes.OutOfRange, "minutes");
    }

    [Fact]
    public void Setting_and_method_are_of_their_lists()
    {
        GivenClient(Booked).When("2018-02-20", Hour with { Setting = (MeetingSetting)9 })
            .ThenRefused(RejectionCodes.UnknownValue, "setting");
        GivenClient(Booked).When("2018-02-20", Hour with { Method = Housing })
            .ThenRefused(RejectionCodes.UnknownCode, "method");
        GivenClient(Referred).When("2018-02-03", Peer with { Method = Housing })
            .ThenRefused(RejectionCodes.UnknownCode, "method");
    }

    [Fact]
    public void Minutes_are_with_a_client_who_was_reached() => GivenClient(Referred)
        .When("2018-02-03", new RecordContactAttempt(ContactChannel.Visit, false, "r1", Minutes: 30))
        .ThenRefused(RejectionCodes.MinutesUnreached, "minutes");

    [Fact]
    public void Why_a_client_declined_is_given_only_where_the_client_declined()
    {
        GivenClient(Referred)
            .When("2018-02-03", new RecordContactAttempt(
                ContactChannel.Phone, false, "r1", Declined: DeclineReason.NoTime))
            .ThenRefused(RejectionCodes.NotDeclined, "declined");
        GivenClient(Booked)
            .When("2018-02-19", new CancelMeeting(
                "m1", CancellationCause.Organisation, Declined: DeclineReason.Health))
            .ThenRefused(RejectionCodes.NotDeclined, "declined");
        GivenClient(Registered).When("2018-03-01", Assessing with { Declined = DeclineReason.NoNeed })
            .ThenRefused(RejectionCodes.NotDeclined, "declined");
        GivenClient(Planned).When("2018-06-10", Reviewing with
        {
            Services = [new(AnySocialService, Usage.Used, SocialWork, Declined: DeclineReason.Distance)],
        }).ThenRefused(RejectionCodes.NotDeclined, "services[0].declined");
        GivenClient(Planned)
            .When("2018-06-10", new CloseMatter(ClosingReason.GoalsReached, Declined: DeclineReason.NoNeed))
            .ThenRefused(RejectionCodes.NotDeclined, "declined");
        GivenClient(Planned)
            .When("2018-06-10", new CloseMatter(ClosingReason.ClientsWish, Declined: (DeclineReason)99))
            .ThenRefused(RejectionCodes.UnknownValue, "declined");
    }

    [Fact]
    public void A_client_declines_a_meeting_help_a_service_and_to_go_on()
    {
        var cancelled = GivenClient(Booked)
            .When("2018-02-19", new CancelMeeting("m1", CancellationCause.Client, Declined: DeclineReason.Health))
            .Then(new MeetingCancelled(
                "m1", Day("2018-02-20"), CancellationCause.Client, null, DeclineReason.Health));
        Assert.Equal(DeclineReason.Health, cancelled.State.Meetings[0].Declined);
        Assert.Equal(DeclineReason.HelpElsewhere, GivenClient(Registered).And(
            "2018-03-01", new AssessNeed(false, Declined: DeclineReason.HelpElsewhere))
            .State.Assessment!.Assessed.Declined);
        Assert.Equal(DeclineReason.OfferUnsuitable, GivenClient(Planned).And("2018-06-10", Reviewing with
        {
            Services = [new(EmploymentServices, Usage.NotUsed, Declined: DeclineReason.OfferUnsuitable)],
        }).State.CurrentPlan!.Reviews[0].Reviewed.Services[0].Declined);
        GivenClient(Planned)
            .When("2018-06-10", new CloseMatter(ClosingReason.ClientsWish, Declined: DeclineReason.NotGiven))
            .Then(new MatterClosed(ClosingReason.ClientsWish, null, DeclineReason.NotGiven));
    }
}
