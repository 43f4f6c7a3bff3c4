using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Grains.Tests.Caseload;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Outcomes;

/// <summary>How long clients wait for the steps of their first Kela referral, and what ends it.</summary>
public sealed class ChainTimesTests
{
    private static readonly RecordContactAttempt Letter = new(ContactChannel.Letter, Reached: true);

    private readonly Register _register = new();

    [Fact]
    public void Each_step_is_waited_for_from_the_one_before_it_on()
    {
        _register.With("a", [.. Booked, On("2018-02-05", Letter), On("2018-02-20", new AttendMeeting("m1")),
            On("2018-03-01", Assessing)]);
        Assert.Equal(
        [
            (ReferralStep.Contacted, 0, 1, WaitEnd.Taken), (ReferralStep.Met, 1, 3, WaitEnd.Taken),
            (ReferralStep.Assessed, 3, 2, WaitEnd.Taken), (ReferralStep.Planned, 4, 0, WaitEnd.Open),
        ], Waits());
    }

    [Fact]
    public void A_referral_that_is_left_is_waited_for_no_more()
    {
        _register.With(
            "a", [.. Referred, On("2018-02-08", new RecordReferralNotInvestigated("r1", Words("No staff")))]);
        Assert.Equal([(ReferralStep.Contacted, 0, 2, WaitEnd.NotInvestigated)], Waits());
    }

    [Theory]
    [InlineData(ClosingReason.Died, WaitEnd.Died)]
    [InlineData(ClosingReason.MovedAway, WaitEnd.Moved)]
    [InlineData(ClosingReason.NotReached, WaitEnd.Closed)]
    public void A_closing_ends_the_waiting_for_its_reason(ClosingReason reason, WaitEnd end)
    {
        _register.With("a", [.. Referred, On("2018-02-05", Letter), On("2018-03-01", new CloseMatter(reason))]);
        Assert.Equal(
            [(ReferralStep.Contacted, 0, 1, WaitEnd.Taken), (ReferralStep.Met, 1, 4, end)], Waits());
    }

    [Fact]
    public void A_move_ends_the_waiting_and_what_happens_elsewhere_is_no_step()
    {
        _register.With("a", [.. Referred, On("2018-02-15", new MoveToMunicipality("837")), On("2018-02-20", Letter)]);
        Assert.Equal([(ReferralStep.Contacted, 0, 3, WaitEnd.Moved)], Waits());
    }

    [Fact]
    public void A_closing_that_was_taken_back_the_same_day_is_none_and_who_comes_back_later_did_not_die()
    {
        _register.With("a", [.. Referred, On("2018-02-10", new CloseMatter(ClosingReason.Died)),
            On("2018-02-10", new ReopenMatter())]);
        Assert.Equal([(ReferralStep.Contacted, 0, 0, WaitEnd.Open)], Waits());
        _register.With(
            "a", On("2018-03-10", new CloseMatter(ClosingReason.Died)), On("2018-04-10", new ReopenMatter()));
        Assert.Equal([(ReferralStep.Contacted, 0, 6, WaitEnd.Closed)], Waits());
    }

    private IEnumerable<(ReferralStep, int, int, WaitEnd)> Waits()
    {
        var waits = new Dictionary<WaitKey, int>();
        _register.Outcomes().AddTo(waits);
        Assert.All(waits.Values, count => Assert.Equal(1, count));
        return waits.Keys.OrderBy(it => it.Step).Select(it => (it.Step, (int)it.Began, (int)it.Weeks, it.End));
    }
}
