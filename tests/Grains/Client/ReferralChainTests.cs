using OsstOrleans.Grains.Client;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Client;

/// <summary>A referral's way from Kela's notification to a plan, step by step.</summary>
public sealed class ReferralChainTests
{
    private static readonly RegisterReferral Intake = new("r1", ReferralMeasure.ProcessBegins, 2, Words("Debts"));
    private static readonly RecordContactAttempt Letter = new(ContactChannel.Letter, Reached: false, "r1");
    private static readonly RecordContactAttempt Call = new(ContactChannel.Phone, Reached: true, "r1");
    private static readonly RecordUnreached GivenUp = new("r1", Words("Three letters, no answer"));

    [Fact]
    public void The_municipality_registers_a_notification_once()
    {
        var client = GivenClient(Referred)
            .When("2018-02-02", Intake)
            .Then(new ReferralRegistered(
                "r1", Day("2018-02-01"), ReferralMeasure.ProcessBegins, 2, Words("Debts"), false, false, false));

        client.When("2018-02-02", Intake).ThenNothing();
        client.When("2018-02-03", Intake).ThenRefused(RejectionCodes.ReferralAlreadyRegistered, "referralId");
    }

    [Fact]
    public void The_urgency_of_the_vulnerable_is_one_or_two_also_in_the_municipalitys_own_assessment()
    {
        GivenClient(Referred).When("2018-02-02", Intake with { Urgency = 3, ChildWithSpecialSupport = true })
            .ThenRefused(RejectionCodes.UrgencyNotAllowed, "urgency");
        GivenClient(Registered).And("2018-02-01", FromKela with { Over75 = true, Urgency = 1 })
            .When("2018-02-02", Intake with { Urgency = 3 })
            .ThenRefused(RejectionCodes.UrgencyNotAllowed, "urgency");
    }

    [Fact]
    public void A_client_is_unreached_only_after_somebody_tried()
    {
        GivenClient(Referred).When("2018-03-01", GivenUp).ThenRefused(RejectionCodes.NotContacted, "referralId");
        GivenClient(Referred).And("2018-02-05", Call)
            .When("2018-03-01", GivenUp).ThenRefused(RejectionCodes.AlreadyReached, "referralId");
        GivenClient(Referred).And("2018-02-05", Letter)
            .When("2018-03-01", GivenUp).Then(new ReferralUnreached("r1", GivenUp.Grounds))
            .When("2018-03-02", GivenUp).ThenNothing();
    }

    [Fact]
    public void One_assessment_is_under_way_at_a_time()
    {
        var client = GivenClient(Referred)
            .When("2018-02-20", new StartAssessment("r1")).Then(new AssessmentStarted("r1"))
            .When("2018-02-21", new StartAssessment("r1")).ThenNothing();

        client.When("2018-02-21", new StartAssessment())
            .ThenRefused(RejectionCodes.AssessmentAlreadyStarted, "referralId");
    }

    [Fact]
    public void A_finished_assessment_began_when_it_was_started()
    {
        var client = GivenClient(Referred).And("2018-02-20", new StartAssessment("r1")).And("2018-03-01", Assessing);

        Assert.Equal(Day("2018-02-20"), client.State.Assessment!.Assessed.StartedOn);
        Assert.Null(client.State.AssessmentUnderWay);
    }

    [Fact]
    public void What_has_an_assessment_under_way_cannot_be_left_without_investigation() => GivenClient(Referred)
        .And("2018-02-20", new StartAssessment("r1"))
        .When("2018-02-21", new RecordReferralNotInvestigated("r1", Words("No staff")))
        .ThenRefused(RejectionCodes.ReferralActedOn, "referralId");

    [Fact]
    public void A_referral_goes_through_its_stages()
    {
        var client = GivenClient(Referred);
        Assert.Equal(ReferralStage.Received, Stage(client));
        Assert.Equal(ReferralStage.Registered, Stage(client.And("2018-02-02", Intake)));
        Assert.Equal(ReferralStage.Contacting, Stage(client.And("2018-02-05", Letter)));
        Assert.Equal(ReferralStage.Unreached, Stage(client.And("2018-02-09", GivenUp)));
        Assert.Equal(ReferralStage.Reached, Stage(client.And("2018-02-10", Call)));
        Assert.Equal(ReferralStage.AppointmentBooked, Stage(client.And("2018-02-10", Booking)));
        client.And("2018-02-11", new CancelMeeting("m1", CancellationCause.Client));
        Assert.Equal(ReferralStage.Cancelled, Stage(client));
        client.And("2018-02-11", Booking with { MeetingId = "m2" });
        Assert.Equal(ReferralStage.NoShow, Stage(client.And("2018-02-20", new MissMeeting("m2"))));
        client.And("2018-02-20", Booking with { MeetingId = "m3", MeetingOn = Day("2018-02-22") });
        Assert.Equal(ReferralStage.Attended, Stage(client.And("2018-02-22", new AttendMeeting("m3"))));
        Assert.Equal(ReferralStage.AssessmentStarted, Stage(client.And("2018-02-23", new StartAssessment("r1"))));
        Assert.Equal(ReferralStage.Clientship, Stage(client.And("2018-03-01", Assessing)));
        Assert.Equal(ReferralStage.Planned, Stage(client.And("2018-03-10", Planning)));
    }

    [Fact]
    public void A_referral_may_end_without_a_clientship_or_without_an_investigation()
    {
        Assert.Equal(ReferralStage.NoClientship, Stage(
            GivenClient(Referred).And("2018-03-01", new AssessNeed(Clientship: false, ReferralId: "r1"))));
        Assert.Equal(ReferralStage.NotInvestigated, Stage(
            GivenClient(Referred).And("2018-03-01", new RecordReferralNotInvestigated("r1", Words("No staff")))));
    }

    [Fact]
    public void A_step_without_a_referrals_name_belongs_to_the_latest_referral_by_then()
    {
        var client = GivenClient(Referred)
            .And("2018-06-01", FromKela with { ReferralId = "r2" })
            .And("2018-06-10", Booking with { MeetingId = "m1", MeetingOn = Day("2018-06-20") });

        Assert.Equal(ReferralStage.Received, Stage(client));
        Assert.Equal(ReferralStage.AppointmentBooked, ReferralStages.Of(client.State, client.State.Referrals[1]));
    }

    [Fact]
    public void The_kind_of_a_notification_is_kept() => Assert.Equal(
        NotificationKind.ReductionDecision,
        GivenClient(Registered).And("2018-02-01", FromKela with { Kind = NotificationKind.ReductionDecision })
            .State.Referrals[0].Received.Kind);

    private static ReferralStage Stage(Given<ClientState> client) =>
        ReferralStages.Of(client.State, client.State.Referrals[0]);
}
