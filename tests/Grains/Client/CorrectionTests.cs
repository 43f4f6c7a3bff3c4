using OsstOrleans.Grains.Client;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>Entries recorded in error stay in the history and count no more.</summary>
public sealed class CorrectionTests
{
    private static readonly RecordContactAttempt Call = new(ContactChannel.Phone, Reached: true, "r1");

    [Fact]
    public void A_call_to_the_wrong_client_counts_no_more()
    {
        var client = GivenClient(Referred).And("2018-02-05", Call).And("2018-02-08", Call)
            .When("2018-02-09", Wrong(3))
            .Then(new EntryRecordedInError(3, "client.contact-attempted", Words("Wrong client"), null));

        Assert.Equal((1, Day("2018-02-08")), (client.State.Contacts.PhoneCalls, client.State.Contacts.FirstOn));
        Assert.Equal(Day("2018-02-08"), client.State.Referrals[0].FirstReachedOn);
        Assert.Equal(5, client.Past.Count);
    }

    [Fact]
    public void A_meeting_marked_as_attended_in_error_waits_for_its_outcome_again()
    {
        var client = GivenClient(Booked).And("2018-02-20", new AttendMeeting("m1"))
            .And("2018-02-21", Wrong(4))
            .And("2018-02-21", new MissMeeting("m1"));

        Assert.Equal(MeetingStatus.Missed, client.State.Meetings[0].Status);
    }

    [Fact]
    public void The_entry_that_says_it_right_is_named() => GivenClient(Referred)
        .And("2018-02-05", Call).And("2018-02-06", Call)
        .When("2018-02-09", Wrong(3) with { CorrectedBy = 4 })
        .Then(new EntryRecordedInError(3, "client.contact-attempted", Words("Wrong client"), 4));

    [Fact]
    public void Marking_twice_is_marking_once() =>
        GivenClient(Referred).And("2018-02-05", Call).And("2018-02-09", Wrong(3))
            .When("2018-02-10", Wrong(3)).ThenNothing();

    [Fact]
    public void A_mark_is_not_given_another_correction() =>
        GivenClient(Referred).And("2018-02-05", Call).And("2018-02-06", Call).And("2018-02-09", Wrong(3))
            .When("2018-02-10", Wrong(3) with { CorrectedBy = 4 })
            .ThenRefused(RejectionCodes.EntryAlreadyInError, "entry");

    [Theory]
    [InlineData(3, null)]
    [InlineData(3, 2L)]
    [InlineData(3, 3L)]
    [InlineData(3, 99L)]
    public void A_correction_is_a_later_standing_entry_of_the_same_kind(long entry, long? by)
    {
        var client = GivenClient(Referred).And("2018-02-05", Call)
            .When("2018-02-09", Wrong(entry) with { CorrectedBy = by });
        if (by is not null)
        {
            client.ThenRefused(RejectionCodes.CorrectionUnfit, "correctedBy");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(long.MaxValue)]
    public void An_entry_that_is_not_there_is_not_marked(long entry) => GivenClient(Referred)
        .When("2018-02-09", Wrong(entry)).ThenRefused(RejectionCodes.EntryUnknown, "entry");

    [Fact]
    public void A_registration_is_not_marked() => GivenClient(Referred)
        .When("2018-02-09", Wrong(1)).ThenRefused(RejectionCodes.EntryNotCorrectable, "entry");

    [Fact]
    public void A_mark_is_not_marked() => GivenClient(Referred).And("2018-02-05", Call).And("2018-02-09", Wrong(3))
        .When("2018-02-09", Wrong(4)).ThenRefused(RejectionCodes.EntryNotCorrectable, "entry");

    [Fact]
    public void A_referral_that_was_answered_is_not_marked_before_its_answer()
    {
        var client = GivenClient(Referred).And("2018-02-05", Call);
        client.When("2018-02-09", Wrong(2)).ThenRefused(RejectionCodes.EntryBuiltOn, "entry");
        client.And("2018-02-09", Wrong(3)).And("2018-02-09", Wrong(2));
        Assert.Empty(client.State.Referrals);
    }

    [Fact]
    public void An_assessment_is_not_marked_while_a_plan_needs_it()
    {
        var client = GivenClient(Planned);
        client.When("2018-04-01", Wrong(2)).ThenRefused(RejectionCodes.EntryBuiltOn, "entry");
        client.And("2018-04-01", Wrong(3)).And("2018-04-01", Wrong(2));
        Assert.Null(client.State.Assessment);
        Assert.Empty(client.State.Plans);
    }

    [Fact]
    public void The_plan_before_is_current_again() => Assert.Equal(
        "p1",
        GivenClient(Planned).And("2018-05-01", Planning with { PlanId = "p2" }).And("2018-05-02", Wrong(4))
            .State.CurrentPlan!.Made.PlanId);

    [Fact]
    public void A_mark_says_why() => GivenClient(Referred).And("2018-02-05", Call)
        .When("2018-02-09", Wrong(3) with { Reason = default }).ThenRefused(RejectionCodes.FieldRequired, "reason");

    [Fact]
    public void What_is_not_registered_has_no_entries() => GivenClient()
        .When("2018-02-09", Wrong(1)).ThenRefused(RejectionCodes.NotRegistered, "id");

    [Fact]
    public void A_closed_matter_can_be_put_right() => GivenClient(Closed).And("2019-02-09", Wrong(3));

    [Fact]
    public void The_past_is_asked_by_what_was_known_and_by_what_had_happened()
    {
        var client = GivenClient(Referred).And("2018-03-05", Call).And("2018-02-06", Call).And("2018-03-09", Wrong(3));
        Assert.Equal(1, ClientPast.On(client.Past, null).State.Contacts.PhoneCalls);
        Assert.Equal(2, ClientPast.On([.. client.Past.Take(4)], null).State.Contacts.PhoneCalls);
        Assert.Equal(0, ClientPast.On(client.Past, Day("2018-02-05")).State.Contacts.PhoneCalls);
        Assert.Equal((1, 4), (
            ClientPast.On(client.Past, Day("2018-02-06")).State.Contacts.PhoneCalls,
            ClientPast.On(client.Past, Day("2018-02-06")).Version));
        Assert.Null(ClientPast.On(client.Past, Day("2018-01-14")).State.Registered);
    }

    private static MarkRecordedInError Wrong(long entry) => new(entry, Words("Wrong client"));
}
